"""Paid minutes on average over a reference period of many weeks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Balance
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._contract_minutes import ContractMinutes, absent_days
from wfm.schedule.rules._spans import Period, Span


class ReferenceMinutes(ContractMinutes):
    """Paid time over ``weeks`` weeks is on average the week's; a breach is minutes above or below.

    The week's time is ``week_minutes``, or the contract's where that is left out. What was worked in the weeks of the period before
    the horizon is carried over: the longest of the agent's balances that is shorter than the period tells it, and without such a one
    the period begins with the horizon. The average is held
    to date at the horizon's end: stricter than the law inside a period, and the same at its end. Where the period ends inside the
    horizon another begins, with nothing carried. Days of time off or without employment count neither as worked nor in the average.
    """

    kind: Literal["reference_minutes"] = "reference_minutes"
    weeks: Annotated[int, Field(ge=1, le=104)] = 17
    week_minutes: Annotated[Minutes, Field(gt=0)] | None = None
    source: ClassVar[str] = (
        "Directive 2003/88/EC art. 6 and 16 (48 h over 4 months); Estatuto de los Trabajadores art. 34.1 (40 h over the year)"
    )

    @property
    def name(self) -> str:
        """Named by its week and period, as ``reference_minutes:48h-in-17-weeks:max``."""
        week = "contract" if self.week_minutes is None else hours_text(self.week_minutes)
        return super().name.replace(self.kind, f"{self.kind}:{week}-in-{self.weeks}-weeks", 1)

    @property
    def words(self) -> str:
        """The sentence with the week's time, and on which side it bounds."""
        side = "at most " if self.under_minutes is None else "at least " if self.over_minutes is None else ""
        week = "the contract's week" if self.week_minutes is None else f"{hours_text(self.week_minutes)} a week"
        return super().words.replace("the week's", f"{side}{week}", 1)

    def _week(self, problem: RosterProblem, agent: Agent) -> int:
        return self.week_minutes or problem.workforce.contract_of(agent.id).week_minutes

    def _carried(self, problem: RosterProblem, agent: Agent) -> Balance:
        """What the running period has seen; nothing where it begins with the horizon."""
        found = [row for row in problem.workforce.balances if row.agent == agent.id and row.weeks < self.weeks]
        nothing = Balance(agent=agent.id, weeks=0, minutes=0)
        return max(found, key=lambda row: row.weeks, default=nothing)

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """The running period and those after it, in exact fractions of the week."""
        carried, days = self._carried(problem, agent), problem.days
        seen, before = 7 * carried.weeks, carried.minutes
        while days:
            part, days = days[: 7 * self.weeks - seen], days[7 * self.weeks - seen :]
            counted = seen + len(part) - absent_days(problem, agent, part)
            due = self._week(problem, agent) * Fraction(counted, 7)
            low = 0 if self.under_minutes is None else max(0, floor(due) - self.under_minutes)
            high = None if self.over_minutes is None else ceil(due) + self.over_minutes
            yield Period(part, low, high, before)
            seen = before = 0

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """The same in whole minutes."""
        carried, week, length = self._carried(problem, agent), self._week(problem, agent), 7 * self.weeks
        edges = [0, *range(length - 7 * carried.weeks, len(problem.days), length), len(problem.days)]
        spans = []
        for first, end in pairwise(edges):
            seen, before = (7 * carried.weeks, carried.minutes) if first == 0 else (0, 0)
            counted = seen + end - first - absent_days(problem, agent, map(problem.date, range(first, end)))
            low = 0 if self.under_minutes is None else max(0, week * counted // 7 - self.under_minutes)
            high = None if self.over_minutes is None else self.over_minutes - (-week * counted // 7)
            spans.append(Span(range(first, end), low, high, before))
        return spans
