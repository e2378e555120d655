"""Paid minutes beyond the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from wfm.domain import Agent, Shift
from wfm.domain.quantity import hours_text
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import Period, Span, SpanRule, calendar_weeks
from wfm.schedule.rules._weeks import earlier_in_week


class Overtime(SpanRule):
    """Paid time in a calendar week beyond the contract's is overtime; a breach is its minutes.

    Meant to be priced. Of the first week the days before the horizon count; a week that the horizon cuts off has the whole contract.
    """

    kind: Literal["overtime"] = "overtime"
    verb: ClassVar[str] = "is paid"
    unit: ClassVar[str] = "minutes of overtime"
    source: ClassVar[str] = "the agent's contract; Estatuto de los Trabajadores art. 35"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """Calendar weeks."""
        week = problem.workforce.contract_of(agent.id).week_minutes
        before = self.measure(earlier_in_week(problem, agent.id), problem.grid.zone)
        for dates in calendar_weeks(problem.days):
            yield Period(dates, high=week, before=before)
            before = 0

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - pay does not depend on the zone
        """Paid minutes as worked."""
        return sum(shift.paid_minutes for shift in shifts)

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return hours_text(amount)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """Calendar weeks."""
        high = problem.workforce.contract_of(agent.id).week_minutes
        before = self.measure(earlier_in_week(problem, agent.id), problem.grid.zone)
        return [Span(week, high=high, before=0 if place else before) for place, week in enumerate(problem.weeks)]

    def weight(self, duty: Duty) -> int:
        """Paid minutes of the duty."""
        return duty.paid_minutes
