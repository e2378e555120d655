"""Weekends on which an agent works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.domain.quantity import count_text
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Counter
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._weekends import SATURDAY, SUNDAY, weekends_of, weekends_worked

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class MaxWeekends(LookRule):
    """Nobody works on more than ``at_most`` weekends of the horizon; a breach is the weekends beyond.

    A weekend is worked on where a shift starts on its Saturday or Sunday.
    """

    kind: Literal["max_weekends"] = "max_weekends"
    at_most: Annotated[int, Field(ge=0)]
    unit: ClassVar[str] = "weekends beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"at_most": "less"}
    source: ClassVar[str] = "common practice"

    @property
    def name(self) -> str:
        """Named by its limit, as ``max_weekends:2``."""
        return f"{self.kind}:{self.at_most}"

    @property
    def places(self) -> str:
        """Agents, each over the horizon."""
        return "periods"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The weekends of every agent."""
        first, last = problem.days[0], problem.days[-1]
        for agent in self.agents(problem):
            inside = (shift for shift in roster.shifts_of(agent.id) if first <= shift.day <= last)
            yield Look(len(weekends_of(inside)), self.at_most, False, first, last, agent.id)

    def amount_text(self, amount: float) -> str:
        """As ``2 weekends``."""
        return count_text(int(amount), "weekend")

    def said(self, look: Look) -> str:
        """How many, and how many are allowed."""
        return f"{look.agent} works on {self.amount_text(look.found)}; at most {look.asked:g} are allowed"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each agent: the weekends worked are at most the limit plus slack."""
        for agent in self.agents(problem):
            weekends = weekends_worked(x, agent.id)
            upper = len(weekends) - self.at_most
            if upper > 0:
                slack = ledger.slack(self, upper, agent=agent.id, first=problem.days[0], last=problem.days[-1])
                x.model.add(sum(weekends) <= self.at_most + slack)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:  # noqa: ARG002 - the same for everybody
        """Remembers the weekends so far, up to the limit, and over Sunday whether Saturday was worked."""
        weekdays = [day.weekday() for day in problem.days]

        def step(state: tuple[int, bool], day: int, duty: Duty | None) -> tuple[tuple[int, bool], int]:
            weekends, saturday = state
            begins = duty is not None and weekdays[day] >= SATURDAY and not (weekdays[day] == SUNDAY and saturday)
            over = int(begins and weekends == self.at_most)
            return (weekends + begins - over, begins and weekdays[day] == SATURDAY), over

        return Automaton(start=(0, False), step=step, sees=lambda _: None, alike=True)

    def counter(self, problem: RosterProblem, agent: Agent) -> tuple[Counter]:  # noqa: ARG002 - the same for everybody
        """The weekends of the horizon; over Sunday it remembers whether Saturday was worked."""
        weekdays = [day.weekday() for day in problem.days]

        def step(saturday: bool, day: int, duty: Duty | None) -> tuple[bool, int]:
            begins = duty is not None and weekdays[day] >= SATURDAY and not (weekdays[day] == SUNDAY and saturday)
            return begins and weekdays[day] == SATURDAY, int(begins)

        return (Counter(Automaton(start=False, step=step, sees=lambda _: None, alike="weekends"), high=self.at_most),)
