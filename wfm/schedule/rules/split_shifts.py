"""Shifts in two parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Shift
from wfm.domain.quantity import Minutes
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import Period, Span, SpanRule, calendar_weeks
from wfm.schedule.rules._weeks import earlier_in_week


class SplitShifts(SpanRule):
    """Nobody works more than ``at_most`` split shifts in a calendar week; a breach is the shifts beyond.

    A split shift has an unpaid break of at least ``gap_minutes``. Of the first week the days before the horizon count; a week that
    the horizon cuts off has the whole limit.
    """

    kind: Literal["split_shifts"] = "split_shifts"
    at_most: Annotated[int, Field(ge=0, le=7)] = 2
    gap_minutes: Annotated[Minutes, Field(gt=0)] = 120
    noun: ClassVar[str] = "split shift"
    unit: ClassVar[str] = "split shifts beyond the limit"
    source: ClassVar[str] = "common practice"

    @property
    def name(self) -> str:
        """Named by its limit, as ``split_shifts:2``."""
        return f"{self.kind}:{self.at_most}"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:
        """Calendar weeks."""
        before = self.measure(earlier_in_week(problem, agent.id), problem.grid.zone)
        for dates in calendar_weeks(problem.days):
            yield Period(dates, high=self.at_most, before=before)
            before = 0

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - a split does not depend on the zone
        """Split shifts as worked."""
        breaks = ([row for row in shift.activities if row.kind == "break" and not row.paid] for shift in shifts)
        return sum(any(row.interval.minutes >= self.gap_minutes for row in rows) for rows in breaks)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:
        """Calendar weeks."""
        before = self.measure(earlier_in_week(problem, agent.id), problem.grid.zone)
        return [
            Span(week, high=self.at_most, before=0 if place else before) for place, week in enumerate(problem.weeks)
        ]

    def weight(self, duty: Duty) -> int:
        """One for a duty with such a break."""
        return int(any(pause.minutes >= self.gap_minutes and not pause.paid for pause in duty.template.breaks))
