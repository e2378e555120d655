"""Calendar weeks with the part of the first one that lies before the horizon."""

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
