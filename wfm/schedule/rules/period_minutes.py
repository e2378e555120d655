"""Paid minutes of the whole horizon."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._contract_minutes import ContractMinutes, absent_days
from wfm.schedule.rules._spans import Period, Span, calendar_weeks


class PeriodMinutes(ContractMinutes):
    """Paid time over the whole horizon keeps to the contract; a breach is minutes above or below.

    A week's contract counts a seventh for each day of the horizon. Each day of time off or without employment takes a fifth of the
    contract off the lower bound, in no week more than the week's share.
    """

    kind: Literal["period_minutes"] = "period_minutes"
    source: ClassVar[str] = "the agent's contract; averages over a period as in Directive 2003/88/EC art. 16"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """The horizon, in exact fractions of the contract."""
        contract = problem.workforce.contract_of(agent.id).week_minutes
        weeks = calendar_weeks(problem.days)
        due = sum(max(Fraction(0), Fraction(len(w), 7) - Fraction(absent_days(problem, agent, w), 5)) for w in weeks)
        low = 0 if self.under_minutes is None else max(0, floor(contract * due) - self.under_minutes)
        high = None
        if self.over_minutes is not None:
            high = ceil(contract * Fraction(len(problem.days), 7)) + self.over_minutes
        yield Period(problem.days, low, high)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """The horizon, in whole minutes; the contract is cut into 35 parts, 5 a day and 7 a day of absence."""
        contract, low, high = problem.workforce.contract_of(agent.id).week_minutes, 0, None
        if self.under_minutes is not None:
            parts = sum(
                max(0, 5 * len(week) - 7 * absent_days(problem, agent, map(problem.date, week)))
                for week in problem.weeks
            )
            low = max(0, contract * parts // 35 - self.under_minutes)
        if self.over_minutes is not None:
            high = self.over_minutes - (contract * len(problem.days) // -7)
        return [Span(range(len(problem.days)), low, high)]
