"""Days off are days of a calendar week on which no shift starts."""

from tests.schedule.tiny import worked
from wfm.domain import Assignment, Roster
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import WeeklyDaysOff


def test_missing_days_off_are_counted(week: RosterProblem) -> None:
    assert not WeeklyDaysOff().breaches(week, worked(week, ann="ddddn--"))
    assert [row.amount for row in WeeklyDaysOff().breaches(week, worked(week, ann="ddddnnn"))] == [2]


def test_a_part_of_a_week_owes_its_share_rounded_down(weekend: RosterProblem) -> None:
    worked_through = worked(weekend, ann="eee")
    assert not WeeklyDaysOff(days=3).breaches(weekend, worked_through)  # two sevenths of 3 are less than a day
    assert [row.amount for row in WeeklyDaysOff(days=4).breaches(weekend, worked_through)] == [1]


def test_two_shifts_on_one_day_take_one_day(week: RosterProblem) -> None:
    once = worked(week, ann="ddddn--")
    evening = week.templates[1].placed(week.days[0], 1350, (), week.grid.zone)
    twice = Roster.of(week.grid, [*once.assignments, Assignment(agent="ann", shift=evening)])
    assert not WeeklyDaysOff().breaches(week, twice)


def test_a_day_on_call_is_off_unless_it_is_said_to_be_work(desk: RosterProblem) -> None:
    roster = worked(desk, cas="es")
    assert not WeeklyDaysOff(days=4).breaches(desk, roster)  # one of two days
    assert [row.amount for row in WeeklyDaysOff(days=4, on_call=True).breaches(desk, roster)] == [1]
