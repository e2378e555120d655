"""Hours and dates on which an agent may work."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Breach, Opening, Roster, Shift
from wfm.domain.quantity import duration_text
from wfm.domain.time import instant, local
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges


class Availability(ChargeRule):
    """A shift starts on a day of employment and lies inside the agent's hours of availability; a breach is minutes outside.

    On the last day of employment a night shift may run on past midnight; on a day without employment the whole shift is outside.
    """

    kind: Literal["availability"] = "availability"
    unit: ClassVar[str] = "minutes outside availability"
    source: ClassVar[str] = "the agent's contract and stated availability"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift that is not wholly inside."""
        found = []
        for agent in self.agents(problem):
            for shift in roster.shifts_of(agent.id):
                outside = _minutes_outside(agent, shift, problem.grid.zone)
                if outside > 0:
                    why = "available" if agent.employed_on(shift.day) else "employed"
                    words = (
                        f"{agent.id} works {duration_text(60 * outside)} of the shift of {shift.day} while not {why}"
                    )
                    found.append(self.breach(outside, words, agent=agent.id, first=shift.day))
        return found

    def like(self, problem: RosterProblem, agent: Agent) -> Hashable:  # noqa: ARG002 - the same in every problem
        """The agent's hours and employment."""
        return agent.availability, agent.employed_from, agent.employed_until

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """Minutes outside for each duty, from a count of available minutes up to every minute of the horizon and the day after."""
        charges: Charges = {}
        up_to = None if agent.availability.is_always else _available_up_to(problem, agent.availability)
        for day, duties in enumerate(problem.duties):
            employed = agent.employed_on(problem.days[day])
            for duty in duties if up_to is not None or not employed else ():
                inside = int(up_to[duty.end] - up_to[duty.start]) if up_to is not None and employed else 0
                if inside < duty.template.minutes:
                    charges[day, duty.slot] = duty.template.minutes - inside
        return charges


def _minutes_outside(agent: Agent, shift: Shift, zone: str) -> float:
    if not agent.employed_on(shift.day):
        return shift.interval.minutes
    inside, reached = timedelta(), shift.start
    for begin, end in _spans(agent.availability, shift, zone):
        inside += max(timedelta(), min(end, shift.end) - max(begin, reached))
        reached = max(reached, end)
    return (shift.end - shift.start - inside).total_seconds() / 60


def _spans(availability: Opening, shift: Shift, zone: str) -> list[tuple[datetime, datetime]]:
    """Windows of the local dates that a shift meets, by start; they may overlap."""
    first, last = local(shift.start, zone).date(), local(shift.end, zone).date()
    dates = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return sorted(
        (instant(day, window.start, zone), instant(day, window.end, zone))
        for day in dates
        for window in availability.windows_on(day)
    )


def _available_up_to(problem: RosterProblem, availability: Opening) -> NDArray[np.int64]:
    """Available minutes before each elapsed minute of the horizon and the two days after it, into which duties may reach."""
    zone = problem.grid.zone
    horizon = range(len(problem.days) + 2)
    available = np.zeros(problem.elapsed(instant(problem.date(len(horizon)), 0, zone)), dtype=np.int64)
    for day in map(problem.date, horizon):
        for window in availability.windows_on(day):
            begin, end = (problem.elapsed(instant(day, edge, zone)) for edge in (window.start, window.end))
            available[begin:end] = 1
    return np.concatenate(([0], np.cumsum(available)))
