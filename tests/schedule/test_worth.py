"""Duty worths: the sum over minutes, with every break where it costs least."""

from itertools import product

import numpy as np
import pytest

from tests.schedule.centre import centre
from wfm.schedule.draft import Tour, minutes_on_queue
from wfm.schedule.worth import DutyWorth


def test_a_duty_is_worth_its_minutes_with_the_best_breaks() -> None:
    problem = centre(agents=1)
    serving = np.random.default_rng(3).normal(0.5, 1.0, problem.grid.count)
    worth = DutyWorth(problem)
    table = worth.on_queue(serving)
    for duties in problem.duties:
        for duty in duties:
            best = max(
                float(serving @ minutes_on_queue(problem, Tour((duty,), (pauses,))))
                for pauses in product(*(problem.offsets(pause) for pause in duty.template.breaks))
            )
            assert table[duty.day, 1 + duty.slot] == pytest.approx(best)
            tour, minutes = worth.placed((0,) * duty.day + (1 + duty.slot,), serving)
            assert np.array_equal(minutes, minutes_on_queue(problem, tour))
            assert float(serving @ minutes_on_queue(problem, tour)) == pytest.approx(best)


def test_on_shift_counts_breaks_too() -> None:
    problem = centre(agents=1)
    table = DutyWorth(problem).on_shift(np.ones(problem.grid.count))
    last = problem.grid.count * problem.grid.step_minutes
    for duties in problem.duties:
        for duty in duties:
            assert table[duty.day, 1 + duty.slot] == min(duty.end, last) - duty.start
