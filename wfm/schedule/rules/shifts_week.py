"""Shifts of a calendar week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import ClassVar, Literal

from wfm.domain import Agent, Shift
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import Period, Span, SpanRule, calendar_weeks


class ShiftsWeek(SpanRule):
    """Nobody works more shifts in a calendar week than the contract says; a breach is the shifts beyond.

    The part of a week at an edge of the horizon has its share of the limit, rounded up. A contract without a number has no limit.
    Shifts on call do not count.
    """

    kind: Literal["shifts_week"] = "shifts_week"
    noun: ClassVar[str] = "shift"
    unit: ClassVar[str] = "shifts beyond the contract"
    source: ClassVar[str] = "the agent's contract"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """Calendar weeks."""
        limit = problem.workforce.contract_of(agent.id).shifts_week
        if limit is not None:
            yield from (Period(week, high=ceil(limit * len(week) / 7)) for week in calendar_weeks(problem.days))

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - it does not depend on the zone
        """Shifts at work."""
        return sum(not shift.on_call for shift in shifts)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """Calendar weeks."""
        limit = problem.workforce.contract_of(agent.id).shifts_week
        return [] if limit is None else [Span(week, high=-(limit * len(week) // -7)) for week in problem.weeks]

    def weight(self, duty: Duty) -> int:
        """One for each duty at work."""
        return int(not duty.template.on_call)
