"""Weekends are counted in any so many in a row, those before the horizon included."""

from datetime import date

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import MADRID, worked
from wfm.domain import Assignment
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import WeekendsIn

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(
    ("pattern", "amounts"), [("-----ee-----e-", [1]), ("------e-------", []), ("------------ee", [])]
)
def test_every_other_weekend_is_one_in_two(pattern: str, amounts: list[int]) -> None:
    assert [row.amount for row in WeekendsIn().breaches(PROBLEM, worked(PROBLEM, ann=pattern))] == amounts


def test_weekends_before_the_horizon_count() -> None:
    sunday = fortnight.TEMPLATES["E"].placed(date(2026, 11, 1), 360, (60, 180), MADRID)
    problem: RosterProblem = PROBLEM.varied(before=(Assignment(agent="ann", shift=sunday),))
    (breach,) = WeekendsIn().breaches(problem, worked(problem, ann="-----e--------", bea="-----e--------"))
    assert breach.words == "ann works on 2 weekends of 2 in a row, 2026-10-31 to 2026-11-08; at most 1 are allowed"


def test_a_weekend_too_many_is_told_once() -> None:
    problem = PROBLEM
    found = WeekendsIn(at_most=0, weekends=3).breaches(problem, worked(problem, ann="-----ee-------"))
    assert [row.amount for row in found] == [1]
