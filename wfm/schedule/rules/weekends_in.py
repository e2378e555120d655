"""Weekends in any so many in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._weekends import SATURDAY, SUNDAY, weekends_of

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExpr

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Recent = tuple[bool, ...]
"""Which of the last weekends were worked, the latest first."""


class WeekendsIn(LookRule):
    """Of any ``weekends`` weekends in a row nobody works on more than ``at_most``; a breach is the weekends beyond.

    A weekend is worked on where a shift starts on its Saturday or Sunday, and those before the horizon count. What is beyond is told
    once, with the weekend that brings it. 1 in 2 is alternate weekends.
    """

    kind: Literal["weekends_in"] = "weekends_in"
    at_most: Annotated[int, Field(ge=0, le=25)] = 1
    weekends: Annotated[int, Field(ge=2, le=26)] = 2
    unit: ClassVar[str] = "weekends beyond the limit"
    source: ClassVar[str] = "common practice: every other weekend off"

    @property
    def name(self) -> str:
        """Named by its limit, as ``weekends_in:1-in-2``."""
        return f"{self.kind}:{self.at_most}-in-{self.weekends}"

    @property
    def places(self) -> str:
        """Rows of weekends."""
        return f"{self.weekends} weekends in a row"

    def amount_text(self, amount: float) -> str:
        """Weekends."""
        return f"{amount:g} weekend{'' if amount == 1 else 's'}"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The weekends up to each of the horizon; where those before are too many already, only one more is too much."""
        for agent in self.agents(problem):
            worked = weekends_of([*problem.history_of(agent.id), *roster.shifts_of(agent.id)])
            for saturday in sorted({_saturday(day) for day in problem.days if day.weekday() >= SATURDAY}):
                before = sum(saturday - timedelta(weeks=k) in worked for k in range(1, self.weekends))
                known = saturday < problem.days[0] and self._worked_before(problem, agent)
                asked = max(self.at_most, before + known)
                first = saturday - timedelta(weeks=self.weekends - 1)
                yield Look(before + (saturday in worked), asked, False, first, saturday + timedelta(days=1), agent.id)

    def said(self, look: Look) -> str:
        """How many there are, and may be."""
        return (
            f"{look.agent} works on {self.amount_text(look.found)} of {self.weekends} in a row, {look.first} to {look.last}; "
            f"at most {self.at_most} are allowed"
        )

    def _worked_before(self, problem: RosterProblem, agent: Agent) -> bool:
        """Whether the horizon begins on a Sunday whose Saturday was worked: that weekend is worked already."""
        eve = problem.date(-1)
        return eve.weekday() == SATURDAY and any(shift.day == eve for shift in problem.history_of(agent.id))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """What a weekend adds is at most what those before it leave of the limit, plus slack."""
        for agent in self.agents(problem):
            recent: list[LinearExpr | int] = [int(worked) for worked in self._recent(problem, agent)]
            for week in problem.weeks:
                days = [day for day in week if problem.days[day].weekday() >= SATURDAY]
                if days:
                    worked = self._post_weekend(x, ledger, agent, days, recent[: self.weekends - 1])
                    recent.insert(0, worked)

    def _post_weekend(
        self, x: Variables, ledger: Ledger, agent: Agent, days: list[int], recent: list[LinearExpr | int]
    ) -> LinearExpr | int:
        if days[0] == 0 and self._worked_before(x.problem, agent):
            return 1
        worked = x.model.new_bool_var(f"weekend {self.id} {agent.id} {days[0]}")
        x.model.add_max_equality(worked, [x.works(agent.id, day) for day in days])
        if len(recent) >= self.at_most:
            first, last = x.problem.date(days[0]), x.problem.date(days[-1])
            slack = ledger.slack(self, 1, agent=agent.id, first=first, last=last)
            full = x.model.new_bool_var(f"full {self.id} {agent.id} {days[0]}")
            x.model.add(sum(recent) <= self.at_most - 1).only_enforce_if(~full)
            x.model.add(sum(recent) >= self.at_most).only_enforce_if(full)
            x.model.add(worked + full <= 1 + slack)
        return worked

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers the last weekends, up to where they fill the limit, and over Sunday whether Saturday was worked."""
        weekdays = [day.weekday() for day in problem.days]

        def step(state: tuple[Recent, bool], day: int, duty: Duty | None) -> tuple[tuple[Recent, bool], int]:
            recent, now = state
            if weekdays[day] < SATURDAY:
                return state, 0
            beyond = duty is not None and not now and sum(recent) >= self.at_most
            now = now or duty is not None
            after = (self._remembered((now, *recent)), False) if weekdays[day] == SUNDAY else (recent, now)
            return after, int(beyond)

        start = self._remembered(self._recent(problem, agent)), self._worked_before(problem, agent)
        return Automaton(start=start, step=step, sees=lambda _: None, alike=True)

    def _recent(self, problem: RosterProblem, agent: Agent) -> Recent:
        """Which of the weekends before the first one of the horizon were worked, the latest first."""
        worked = weekends_of(problem.history_of(agent.id))
        first = _saturday(problem.days[0] + timedelta(days=max(0, SATURDAY - problem.days[0].weekday())))
        return tuple(first - timedelta(weeks=k) in worked for k in range(1, self.weekends))

    def _remembered(self, recent: Recent) -> Recent:
        """As far as it can matter: no longer ago than the rule looks, nor than where the limit is full."""
        kept: list[bool] = []
        for worked in recent[: self.weekends - 1]:
            if sum(kept) < self.at_most:
                kept.append(worked)
        while kept and not kept[-1]:
            kept.pop()
        return tuple(kept)


def _saturday(day: date) -> date:
    """The Saturday of a day of a weekend."""
    return day - timedelta(days=day.weekday() - SATURDAY)
