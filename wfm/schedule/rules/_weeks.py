"""Calendar weeks and longer windows, with the part of the first one that lies before the horizon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from wfm.domain import Roster, Shift
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._spans import calendar_weeks


def earlier_in_week(problem: RosterProblem, agent: str) -> list[Shift]:
    """An agent's shifts of the calendar week in which the horizon begins, on the days before it."""
    monday = problem.days[0] - timedelta(days=problem.days[0].weekday())
    return [shift for shift in problem.history_of(agent) if shift.day >= monday]


def weeks_worked(
    problem: RosterProblem, roster: Roster, agent: str
) -> Iterator[tuple[Sequence[date], list[Shift], list[Shift]]]:
    """For witnesses: the dates of each calendar week in the horizon, its shifts before the horizon, and those of the roster."""
    shifts, earlier = roster.shifts_of(agent), earlier_in_week(problem, agent)
    for week in calendar_weeks(problem.days):
        yield week, earlier, [shift for shift in shifts if week[0] <= shift.day <= week[-1]]
        earlier = []


def whole_windows(problem: RosterProblem, days: int) -> list[tuple[date, date]]:
    """First and last dates of the windows of so many days that end in the horizon or the day before it.

    They follow each other from Monday 0001-01-01 on, so that every horizon has the same ones; windows of 7 days are calendar weeks.
    """
    eve = problem.days[0] - timedelta(days=1)
    first = eve - timedelta(days=(eve.toordinal() - 1) % days)
    starts = (first + timedelta(days=k * days) for k in range(len(problem.days) // days + 2))
    whole = ((start, start + timedelta(days=days - 1)) for start in starts)
    return [(start, last) for start, last in whole if last <= problem.days[-1]]
