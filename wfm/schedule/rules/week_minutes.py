"""Paid minutes of a calendar week."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._contract_minutes import ContractMinutes, absent_days
from wfm.schedule.rules._spans import Period, Span, calendar_weeks


class WeekMinutes(ContractMinutes):
    """Paid time in each calendar week keeps to the contract; a breach is minutes above or below.

    Each day of time off or without employment takes a fifth of the contract off the lower bound. The part of a week at an edge
    of the horizon has its share of the upper bound, rounded up, and no lower bound.
    """

    kind: Literal["week_minutes"] = "week_minutes"
    source: ClassVar[str] = (
        "the agent's contract; above it Directive 2003/88/EC art. 6, Estatuto de los Trabajadores art. 34.1"
    )

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """Calendar weeks, in exact fractions of the contract."""
        contract = problem.workforce.contract_of(agent.id).week_minutes
        for week in calendar_weeks(problem.days):
            present = 1 - Fraction(absent_days(problem, agent, week), 5)
            low = 0 if self.under_minutes is None or len(week) < 7 else floor(contract * present) - self.under_minutes
            share = Fraction(len(week), 7)
            high = None if self.over_minutes is None else ceil(share * (contract + self.over_minutes))
            yield Period(week, max(0, low), high)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """Calendar weeks, in whole minutes."""
        return [self._span(problem, agent, week) for week in problem.weeks]

    def _span(self, problem: RosterProblem, agent: Agent, week: range) -> Span:
        contract, low, high = problem.workforce.contract_of(agent.id).week_minutes, 0, None
        if self.under_minutes is not None and len(week) == 7:
            absent = absent_days(problem, agent, map(problem.date, week))
            low = max(0, contract * (5 - absent) // 5 - self.under_minutes)
        if self.over_minutes is not None:
            high = -((contract + self.over_minutes) * len(week) // -7)
        return Span(week, low, high)
