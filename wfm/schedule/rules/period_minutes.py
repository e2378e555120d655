"""Paid minutes of the whole horizon."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from wfm.domain import Agent
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._contract_minutes import ContractMinutes, absent_days
from wfm.schedule.rules._spans import Period, Span, calendar_weeks


class PeriodMinutes(ContractMinutes):
    """Paid time over the whole horizon keeps to the contract; a breach is minutes above or below.

    A week's contract counts a seventh for each day of the horizon. Each day of time off or without employment takes a fifth of the
    contract off the lower bound, in no week more than the week's share. With ``at_least_minutes`` or ``at_most_minutes`` these are the
    bounds, whatever the contract and absence.
    """

    kind: Literal["period_minutes"] = "period_minutes"
    at_least_minutes: Minutes | None = None
    at_most_minutes: Minutes | None = None
    source: ClassVar[str] = "the agent's contract; averages over a period as in Directive 2003/88/EC art. 16"

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        least, most = self.at_least_minutes or 0, self.at_most_minutes
        if self._absolute and (self.over_minutes or self.under_minutes):
            raise ValueError("expected over and under, or at_least and at_most in period_minutes, came both")
        if most is not None and most < least:
            raise ValueError(f"expected at_most of at least {hours_text(least)}, came {hours_text(most)}")
        return self

    @property
    def _absolute(self) -> bool:
        return self.at_least_minutes is not None or self.at_most_minutes is not None

    @property
    def name(self) -> str:
        """Named by its bounds where they are its own, as ``period_minutes:56h-72h``."""
        if not self._absolute:
            return super().name
        bounds = (self.at_least_minutes, self.at_most_minutes)
        return f"{self.kind}:{'-'.join('' if bound is None else self.amount_text(bound) for bound in bounds)}"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """The horizon, in exact fractions of the contract."""
        if self._absolute:
            yield Period(problem.days, self.at_least_minutes or 0, self.at_most_minutes)
            return
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
        if self._absolute:
            return [Span(range(len(problem.days)), self.at_least_minutes or 0, self.at_most_minutes)]
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
