"""Long shifts have a break that is long enough, whatever their template says."""

from __future__ import annotations

from tests.schedule.tiny import roster_of, tours_of, worked
from wfm.domain import Assignment, Roster
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import BreakAfter


def test_a_long_shift_without_a_break_misses_all_of_it(week: RosterProblem) -> None:
    (breach,) = BreakAfter().breaches(week, worked(week, ann="----n--"))
    assert breach.amount == 15
    assert breach.words == "ann has no break in the shift of 2026-11-06; 15m are needed"


def test_a_shorter_break_misses_the_rest(week: RosterProblem) -> None:
    (breach,) = BreakAfter(break_minutes=20).breaches(week, worked(week, ann="d------"))
    assert breach.amount == 5
    assert breach.words == "ann has no break longer than 15m in the shift of 2026-11-02; 20m are needed"


def test_a_shift_of_just_the_length_needs_none(week: RosterProblem) -> None:
    assert BreakAfter(over_minutes=600).breaches(week, worked(week, ann="----n--")) == []
    assert len(BreakAfter(over_minutes=599).breaches(week, worked(week, ann="----n--"))) == 1


def test_a_break_that_somebody_worked_through_is_missed(week: RosterProblem) -> None:
    roster = worked(week, ann="d------")
    through = [Assignment(agent=row.agent, shift=row.shift.varied(activities=())) for row in roster.assignments]
    assert BreakAfter().breaches(week, roster) == []
    assert len(BreakAfter().breaches(week, Roster.of(roster.grid, through))) == 1


def test_a_time_on_call_needs_none(week: RosterProblem) -> None:
    at_home = week.templates[1].varied(on_call=True)
    problem = week.varied(templates=(week.templates[0], at_home))
    rosters = (roster_of(problem, {"ann": tour}) for tour in tours_of(problem))
    assert not any(BreakAfter().breaches(problem, roster) for roster in rosters)
    assert BreakAfter().charges(problem, problem.workforce.agents[0]) == {}


def test_the_closest_call_is_the_shortest_break(week: RosterProblem) -> None:
    looks = list(BreakAfter().looks(week, worked(week, ann="d---n--")))
    assert [(look.found, look.asked) for look in looks] == [(15, 15), (0, 15)]
