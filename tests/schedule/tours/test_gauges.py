"""Sums as gauges and prices: a tour search that keeps them as numbers finds what one finds that remembers them as states."""

import numpy as np
import pytest

from tests.schedule.test_tours import charged, choices_of
from tests.schedule.tiny import desk, tours_of, week, weekend
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import (
    MaxConsecutiveDays,
    MaxNights,
    MaxWeekends,
    MinRest,
    PeriodMinutes,
    ShiftsWeek,
    Wishes,
)

PROBLEMS = {"weekend": weekend(), "week": week(), "desk": desk()}
FORBIDDEN: tuple[Rule, ...] = (
    MinRest(rest_minutes=12 * 60, price=0.01),
    MaxNights(at_most=1, per="period"),
    PeriodMinutes(over_minutes=300, under_minutes=None),
    ShiftsWeek(),
    MaxConsecutiveDays(days=2, price=0.3),
)
PRICED: tuple[Rule, ...] = (
    MinRest(rest_minutes=12 * 60),
    PeriodMinutes(over_minutes=0, under_minutes=120, price=0.01),
    MaxWeekends(at_most=0, price=1.3),
    Wishes(price=0.7),
)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every sum is a gauge, however few values it has and however short its span."""
    monkeypatch.setattr("wfm.schedule.agents.FEW", 0)
    monkeypatch.setattr("wfm.schedule.agents.SUMS", 0)
    monkeypatch.setattr("wfm.schedule.rules._spans.LONG_SPAN", 1)
    return monkeypatch


def drawn(problem: RosterProblem, seed: int) -> np.ndarray:
    worth = np.random.default_rng(seed).normal(1.0, 2.0, (len(problem.days), 1 + len(problem.slots)))
    worth[:, 0] = 0.0
    return worth


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("rules", [FORBIDDEN, PRICED], ids=["forbidden", "priced"])
@pytest.mark.parametrize("gauges", [0, 1, 2])
def test_the_best_tour_with_gauges_is_the_best_of_all_tours(
    name: str, rules: tuple[Rule, ...], gauges: int, always: pytest.MonkeyPatch
) -> None:
    problem = PROBLEMS[name]
    always.setattr("wfm.schedule.tours.joint.GAUGES", gauges)
    workshop = Workshop(problem, rules, Scale.of(rules))
    for agent in problem.workforce.agents:
        choice = workshop.choice(agent)
        held = [rule for rule in rules if rule.id not in workshop.left_out]
        tours = {choices_of(tour): charged(problem, held, agent, tour) for tour in tours_of(problem)}
        assert len(choice.gauges) <= gauges
        for tour, cost in tours.items():
            assert choice.cost(tour) == pytest.approx(cost, abs=1e-9)
        for seed in range(5):
            worth = drawn(problem, seed)
            gains = {tour: sum(worth[d, c] for d, c in enumerate(tour)) - cost for tour, cost in tours.items()}
            (value, best), most = choice.best(worth), max(gains.values())
            assert value == pytest.approx(gains[best], abs=1e-9)
            assert choice.relaxed(worth)[0] >= most - 1e-9
            if not choice.loose:
                assert value == pytest.approx(most, abs=1e-9)
