"""The length of a shift is what is paid, or from start to end."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import DayMinutes


def test_paid_time_leaves_unpaid_breaks_out(weekend: RosterProblem) -> None:
    roster = worked(weekend, ann="e--")  # nine hours with one of unpaid break
    assert not DayMinutes(at_most_minutes=480).breaches(weekend, roster)
    (breach,) = DayMinutes(at_most_minutes=480, of="present").breaches(weekend, roster)
    assert (breach.amount, breach.agent) == (60, "ann")
    assert breach.words == "ann is there for 9h on 2026-10-24; at most 8h are allowed"


def test_time_on_call_is_no_work() -> None:
    problem = fortnight.problem()
    assert not DayMinutes(at_most_minutes=60, of="present").breaches(problem, worked(problem, ann="s-------------"))


def test_a_shorter_day_is_for_some_only(weekend: RosterProblem) -> None:
    rule = DayMinutes(at_most_minutes=420, only=Only(agents=("ben",)))
    assert [row.agent for row in rule.breaches(weekend, worked(weekend, ann="eee", ben="e--"))] == ["ben"]
    assert rule.id == "day_minutes:7h:ben"
