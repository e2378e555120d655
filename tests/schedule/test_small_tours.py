"""An agent's best tour, over the whole horizon or a window of it, is the best of all legal tours, tried one by one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.schedule.small_instances import TIER, instance, legal_tours
from wfm.schedule.agents import Scale, Workshop


@pytest.mark.parametrize(("seed", "days", "shifts"), [(2, 5, 2), (3, 5, 2), (4, 10, 1), (6, 10, 1)])
def test_no_tour_is_better_than_the_best(seed: int, days: int, shifts: int) -> None:
    check(seed, days, shifts)


@pytest.mark.slow
def test_no_tour_of_many_instances_is_better_than_the_best() -> None:
    seen = [check(seed, *((5, 2) if seed % 2 else (10, 1))) for seed in range(10, 35)]
    assert sum(seen) >= 30


def check(seed: int, days: int, shifts: int) -> int:
    """Hold the choices of all agents against their legal tours; return how many agents have any."""
    problem, rules = instance(seed, days, shifts)
    workshop, random, seen = Workshop(problem, rules, Scale.of(rules)), np.random.default_rng(seed), 0
    for agent in problem.workforce.agents:
        tours, charge = legal_tours(problem, rules, agent)
        choice, cost = workshop.choice(agent), charge // TIER + charge % TIER / 1000
        for kept in tours[random.permutation(len(tours))[:4]]:
            worth = random.normal(0.0, 6.0, choice.fixed.shape)
            values = worth[np.arange(days), tours].sum(axis=1) - cost
            first, last = sorted(random.integers(0, days, 2).tolist())
            whole, best = choice.best(worth)
            part, near = choice.within(worth, tuple(kept.tolist()), first, last)
            assert choice.relaxed(worth)[0] >= values.max() - 1e-9
            assert_best(whole, best, tours, values)
            outside = np.r_[0:first, last + 1 : days]
            same = (tours[:, outside] == kept[outside]).all(axis=1)
            assert_best(part, near, tours[same], values[same])
        seen += bool(len(tours))
    assert not workshop.left_out
    return seen


def assert_best(value: float, choices: tuple[int, ...], tours: NDArray[np.int64], values: NDArray[np.float64]) -> None:
    assert value == pytest.approx(values.max(), abs=1e-6)
    assert choices in {tuple(row) for row in tours[np.isclose(values, value, atol=1e-6)].tolist()}
