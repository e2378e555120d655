"""A week has only so many kinds of shift."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import ShiftVariety

PROBLEM = fortnight.problem()


def test_kinds_are_counted_week_by_week() -> None:
    (breach,) = ShiftVariety(at_most=2).breaches(PROBLEM, worked(PROBLEM, ann="edl-e--eelll--"))
    assert breach.amount == 1
    assert breach.words == "ann works 3 kinds of shift from 2026-11-02 to 2026-11-08; 2 allowed"


def test_kinds_worked_before_the_horizon_count(weekend: RosterProblem) -> None:
    assert [row.amount for row in ShiftVariety().breaches(weekend, worked(weekend, ann="e-e", ben="e--"))] == [1]
    assert not ShiftVariety().breaches(weekend, worked(weekend, ann="n-e"))
