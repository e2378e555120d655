"""A machine of some days charges what the whole one charges, for tours that are as before on all other days."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.schedule.small_instances import instance
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.choice import Choice
from wfm.schedule.tours import Choices, Sum

DAYS = range(2, 5)


def choices_of(seed: int) -> list[tuple[Choice, Choices]]:
    """Return the choice of each agent of a small instance of a week, one with a loose sum, and a tour of each."""
    problem, rules = instance(seed, days=7)
    workshop, random = Workshop(problem, rules, Scale.of(rules)), np.random.default_rng(seed)
    found = []
    for agent in problem.workforce.agents:
        choice = workshop.choice(agent)
        kept = choice.best(random.normal(size=choice.fixed.shape))[1]
        if np.isfinite(choice.cost(kept)):
            found.append((choice, kept))
    return found


def whole(kept: Choices, part: Choices) -> Choices:
    return (*kept[: DAYS.start], *part, *kept[DAYS.stop :])


@pytest.mark.parametrize("gauged", [False, True])
def test_some_days_cost_what_they_cost_in_whole_tours(monkeypatch: pytest.MonkeyPatch, gauged: bool) -> None:
    monkeypatch.setattr("wfm.schedule.agents.SUMS", 0 if gauged else 4_000)
    monkeypatch.setattr("wfm.schedule.agents.FEW", 0 if gauged else 8)
    compared = gauges = 0
    for choice, kept in (pair for seed in range(12) for pair in choices_of(seed)):
        gauges += len(choice.gauges)
        part, now = choice.between(kept, DAYS), kept[DAYS.start : DAYS.stop]
        for other in product(range(choice.fixed.shape[1]), repeat=len(DAYS)):
            gain, known = part.cost(now) - part.cost(other), choice.cost(kept) - choice.cost(whole(kept, other))
            assert gain == pytest.approx(known) or (gauged and np.isinf(part.cost(other)))
            compared += bool(np.isfinite(gain))
        worth = np.random.default_rng(1).normal(size=part.fixed.shape)
        value, best = part.best(worth)
        assert value == pytest.approx(part.value(best, worth, {}))
    assert compared > 100
    assert bool(gauges) == gauged


def test_thrifty_days_use_no_more_of_any_sum_and_no_less_where_something_is_to_be_reached() -> None:
    for choice, kept in (pair for seed in range(6) for pair in choices_of(seed)):
        nights = np.zeros(choice.fixed.shape, dtype=np.int64)
        nights[:, 2] = 1
        used = sum(one == 2 for one in kept)
        for low in (0, used):
            loose = Choice(choice.fixed, choice.machine, choice.counts, choice.gauges, (Sum(nights, low, 9),))
            free, thrifty = (loose.between(kept, DAYS, thrifty=thrifty) for thrifty in (False, True))
            for other in product(range(choice.fixed.shape[1]), repeat=len(DAYS)):
                nights_then = sum(one == 2 for one in whole(kept, other))
                assert np.isfinite(free.cost(other)) == np.isfinite(loose.cost(whole(kept, other)))
                if np.isfinite(thrifty.cost(other)):
                    assert nights_then == used if low else nights_then <= used
