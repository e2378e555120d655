"""Rules that hold cells, the days of agents, to what is known of them: everything but which cells and to what."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import ClassVar

from wfm.domain import Agent, Breach, Roster, Shift
from wfm.domain.time import local
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges

Cells = dict[date, Shift | None]
"""What is known of some local dates of an agent: the shift, or None for a day off."""


class CellRule(ChargeRule):
    """A rule that wants some cells worked as they are known; a breach is a cell that differs.

    A shift is the same where its template, start and end are: breaks may move inside their windows.
    """

    verb: ClassVar[str]
    """What was done to the cells, as in ``was published``."""
    unit: ClassVar[str] = "changed cells"

    @abstractmethod
    def cells(self, problem: RosterProblem, agent: Agent) -> Cells:
        """The cells of an agent that the rule holds, days of the horizon only."""

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each cell in which something else is worked."""
        zone, found = problem.grid.zone, []
        for agent in self.agents(problem):
            for day, known in self.cells(problem, agent).items():
                was = _texts([known] if known else [], zone)
                now = _texts([shift for shift in roster.shifts_of(agent.id) if shift.day == day], zone)
                if now != was:
                    words = f"{agent.id} works {now} on {day}; {was} {self.verb}"
                    found.append(self.breach(1, words, agent=agent.id, first=day))
        return found

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """One for all that may be worked in a cell but what is known of it."""
        charges: Charges = {}
        for date_, known in self.cells(problem, agent).items():
            day = (date_ - problem.days[0]).days
            told = known and (known.template, problem.elapsed(known.start), problem.elapsed(known.end))
            for duty in problem.duties[day]:
                if told != (duty.template.name, duty.start, duty.end):
                    charges[day, duty.slot] = 1
            if known:
                charges[day, None] = 1
        return charges


def published_cells(problem: RosterProblem, agent: Agent) -> Cells:
    """The cells of an agent that the published roster tells: all days that it shares with the horizon."""
    if problem.published is None:
        return {}
    shifts = {shift.day: shift for shift in problem.published.shifts_of(agent.id)}
    return {day: shifts.get(day) for day in problem.days if day in problem.published.grid.dates}


def _texts(shifts: list[Shift], zone: str) -> str:
    """Shifts as ``early 06:00-14:30``, or ``nothing``."""
    rows = [f"{row.template} {local(row.start, zone):%H:%M}-{local(row.end, zone):%H:%M}" for row in shifts]
    return " and ".join(rows) or "nothing"
