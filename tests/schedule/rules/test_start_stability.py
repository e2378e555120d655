"""Starts of one week lie together by the clock."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import StartStability

PROBLEM = fortnight.problem()


def test_the_earliest_and_the_latest_start_of_a_week_are_compared() -> None:
    # Early starts at 06:00, late at 14:00: eight hours, of which two are allowed; the next week is by itself.
    (breach,) = StartStability().breaches(PROBLEM, worked(PROBLEM, ann="eee-l--lllll--"))
    assert breach.amount == 360
    assert breach.words == "ann starts up to 8h apart from 2026-11-02 to 2026-11-08; 2h are allowed"


def test_what_was_worked_of_the_week_before_the_horizon_counts(weekend: RosterProblem) -> None:
    # Ann's nights start at 22:00, sixteen hours after an early shift; Monday is another week.
    assert [row.amount for row in StartStability().breaches(weekend, worked(weekend, ann="e--"))] == [14 * 60]
    assert not StartStability().breaches(weekend, worked(weekend, ann="n-e"))
    assert not StartStability().breaches(weekend, worked(weekend, ben="e--"))
