"""What a weekend is to the rules that count them: a Saturday and its Sunday, as far as they lie in the horizon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wfm.domain import Shift

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from wfm.schedule.variables import Variables

SATURDAY, SUNDAY = 5, 6


def weekends_of(shifts: Iterable[Shift]) -> set[date]:
    """Saturdays of the weekends on which a shift starts, for witnesses."""
    starts = (shift.day for shift in shifts if shift.day.weekday() >= SATURDAY)
    return {day - timedelta(days=day.weekday() - SATURDAY) for day in starts}


def weekends_worked(x: Variables, agent: str) -> list[IntVar]:
    """For each weekend of the horizon the literal that the agent works on a day of it."""
    literals = []
    for week in x.problem.weeks:
        days = [day for day in week if x.problem.days[day].weekday() >= SATURDAY]
        if days:
            worked = x.model.new_bool_var(f"weekend {agent} {days[0]}")
            x.model.add_max_equality(worked, [x.works(agent, day) for day in days])
            literals.append(worked)
    return literals
