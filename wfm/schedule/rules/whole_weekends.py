"""Weekends worked in half."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from wfm.domain import Agent, Breach, Roster
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule
from wfm.schedule.rules._weekends import SATURDAY, SUNDAY, weekends_of

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class WholeWeekends(Rule):
    """Saturday and Sunday are both worked or both free; a breach is a weekend in half.

    A day is worked where a shift starts on it. A weekend is judged where its Sunday lies in the horizon; a Saturday before the
    horizon is as it was worked.
    """

    kind: Literal["whole_weekends"] = "whole_weekends"
    unit: ClassVar[str] = "weekends in half"
    source: ClassVar[str] = "common practice"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each weekend in half."""
        found = []
        for agent in self.agents(problem):
            shifts = [*problem.history_of(agent.id), *roster.shifts_of(agent.id)]
            worked = {shift.day for shift in shifts}
            for saturday in sorted(weekends_of(shifts)):
                days = (saturday, saturday + timedelta(days=1))
                if problem.days[0] <= days[1] <= problem.days[-1] and not worked.issuperset(days):
                    words = f"{agent.id} works one day of the weekend {days[0]} to {days[1]}"
                    found.append(self.breach(1, words, agent=agent.id, first=days[0], last=days[1]))
        return found

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each Sunday: what it has and its Saturday has not, or the other way round, is within the slack."""
        sundays = [day for day, date in enumerate(problem.days) if date.weekday() == SUNDAY]
        for agent in self.agents(problem):
            for day in sundays:
                slack = ledger.slack(self, 1, agent=agent.id, first=problem.date(day - 1), last=problem.date(day))
                sunday = x.works(agent.id, day)
                saturday = x.works(agent.id, day - 1) if day else int(self._saturday_before(problem, agent))
                x.model.add(sunday - saturday <= slack)
                x.model.add(saturday - sunday <= slack)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers over Sunday whether Saturday was worked."""
        weekdays = [day.weekday() for day in problem.days]

        def step(saturday: bool, day: int, duty: Duty | None) -> tuple[bool, int]:
            half = weekdays[day] == SUNDAY and saturday != (duty is not None)
            return weekdays[day] == SATURDAY and duty is not None, int(half)

        return Automaton(start=self._saturday_before(problem, agent), step=step, sees=lambda _: None, alike=True)

    def _saturday_before(self, problem: RosterProblem, agent: Agent) -> bool:
        """Whether the day before the horizon is a Saturday that was worked."""
        eve = problem.date(-1)
        return eve.weekday() == SATURDAY and any(shift.day == eve for shift in problem.history_of(agent.id))
