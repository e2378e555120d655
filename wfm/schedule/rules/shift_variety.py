"""Kinds of shifts of one week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._weeks import earlier_in_week, weeks_worked

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class ShiftVariety(LookRule):
    """In a calendar week nobody works more than ``at_most`` kinds of shift; a breach is the kinds beyond.

    The days of the week before the horizon count; where they had more kinds already, only one that is new is a breach.
    """

    kind: Literal["shift_variety"] = "shift_variety"
    at_most: Annotated[int, Field(ge=1)] = 1
    unit: ClassVar[str] = "kinds of shift beyond the limit"
    source: ClassVar[str] = "common practice: one kind of shift a week"

    @property
    def name(self) -> str:
        """Named by its limit, as ``shift_variety:1``."""
        return f"{self.kind}:{self.at_most}"

    @property
    def places(self) -> str:
        """Weeks."""
        return "weeks"

    def amount_text(self, amount: float) -> str:
        """As ``2 kinds of shift``."""
        return f"{amount:g} kind{'' if amount == 1 else 's'} of shift"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The kinds of shift of every week."""
        for agent in self.agents(problem):
            for week, earlier, shifts in weeks_worked(problem, roster, agent.id):
                kinds = {shift.template for shift in (*earlier, *shifts)}
                asked = max(self.at_most, len({shift.template for shift in earlier}))
                yield Look(len(kinds), asked, False, week[0], week[-1], agent.id)

    def said(self, look: Look) -> str:
        """How many there are, and may be."""
        return f"{look.agent} works {self.amount_text(look.found)} from {look.first} to {look.last}; {look.asked:g} allowed"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each week: the kinds worked, those of its days before the horizon included, are at most the limit plus slack."""
        for agent in self.agents(problem):
            earlier = self._earlier(problem, agent)
            for week in problem.weeks:
                limit = max(self.at_most, len(earlier))
                kinds = self._kinds(x, agent.id, week, earlier)
                upper = len(earlier) + len(kinds) - limit
                if upper > 0:
                    first, last = problem.date(week[0]), problem.date(week[-1])
                    slack = ledger.slack(self, upper, agent=agent.id, first=first, last=last)
                    x.model.add(len(earlier) + sum(kinds) <= limit + slack)
                earlier = frozenset()

    def _kinds(self, x: Variables, agent: str, week: range, earlier: frozenset[str]) -> list[IntVar]:
        """For each kind of shift that is new in the week the literal that it is worked."""
        literals: dict[str, list[IntVar]] = {}
        for day in week:
            for duty, literal in x.duties(agent, day):
                literals.setdefault(duty.template.name, []).append(literal)
        kinds = []
        for name, some in literals.items():
            if name not in earlier:
                kinds.append(x.model.new_bool_var(f"{name} {agent} {week[0]}"))
                x.model.add_max_equality(kinds[-1], some)
        return kinds

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the kinds of the week: with n kinds at most 2 ** n states."""
        earlier = self._earlier(problem, agent)
        ends = {week[-1] for week in problem.weeks}
        limits = dict.fromkeys(problem.weeks[0], max(self.at_most, len(earlier)))

        def step(before: frozenset[str], day: int, duty: Duty | None) -> tuple[frozenset[str], int]:
            after = before | {duty.template.name} if duty else before
            beyond = int(len(after) > max(len(before), limits.get(day, self.at_most)))
            return frozenset() if day in ends else after, beyond

        return Automaton(start=earlier, step=step, sees=lambda duty: duty.template.name, alike=True)

    def _earlier(self, problem: RosterProblem, agent: Agent) -> frozenset[str]:
        """The kinds of the first week before the horizon."""
        return frozenset(shift.template for shift in earlier_in_week(problem, agent.id))
