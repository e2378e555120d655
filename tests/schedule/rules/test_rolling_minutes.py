"""Any so many days in a row hold no more paid time than allowed, wherever a week begins."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import RollingMinutes


def test_seven_days_across_two_weeks_are_one_window() -> None:
    problem = fortnight.problem()
    roster = worked(problem, ann="--eeeeeee-----")
    (breach,) = RollingMinutes().breaches(problem, roster)
    assert (breach.amount, str(breach.first), str(breach.last)) == (480, "2026-11-04", "2026-11-10")
    assert breach.words == "ann works 56h in the 7 days from 2026-11-04 to 2026-11-10; at most 48h are allowed"


def test_what_is_beyond_is_told_once() -> None:
    problem = fortnight.problem()
    # Eight days: the seventh and the eighth are each beyond what the six before them leave.
    found = RollingMinutes().breaches(problem, worked(problem, ann="eeeeeeee------"))
    assert [row.amount for row in found] == [480, 480]


def test_shifts_before_the_horizon_count(weekend: RosterProblem) -> None:
    # Ann worked the nights of Thursday and Friday, 16 h: a third shift in three days is beyond 20 h by four.
    (breach,) = RollingMinutes(days=3, at_most_minutes=1200).breaches(weekend, worked(weekend, ann="n--"))
    assert breach.amount == 240
