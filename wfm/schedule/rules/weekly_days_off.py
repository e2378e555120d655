"""Days off in a calendar week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Shift
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import Period, Span, SpanRule, calendar_weeks


class WeeklyDaysOff(SpanRule):
    """In each calendar week the days on which no shift starts are at least ``days``; a breach is the days off that are missing.

    The part of a week at an edge of the horizon owes its share, rounded down. A day on call is a day off, unless ``on_call`` says that
    it is work too.
    """

    kind: Literal["weekly_days_off"] = "weekly_days_off"
    days: Annotated[int, Field(ge=1, le=7)] = 2
    on_call: bool = False
    noun: ClassVar[str] = "day"
    unit: ClassVar[str] = "days off missing"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "more"}
    source: ClassVar[str] = (
        "Directive 2003/88/EC art. 5 (one day); Estatuto de los Trabajadores art. 37.1 (a day and a half)"
    )

    @property
    def name(self) -> str:
        """Named by its days, as ``weekly_days_off:2``."""
        return f"{self.kind}:{self.days}"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:  # noqa: ARG002 - the same for everybody
        """Calendar weeks."""
        for week in calendar_weeks(problem.days):
            yield Period(week, high=len(week) - int(self.days * len(week) / 7))

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - a shift belongs to its local day already
        """Days on which a shift starts."""
        return len({shift.day for shift in shifts if self.on_call or not shift.on_call})

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:  # noqa: ARG002 - the same for everybody
        """Calendar weeks."""
        return [Span(week, high=len(week) - self.days * len(week) // 7) for week in problem.weeks]

    def weight(self, duty: Duty) -> int:
        """One for each duty that counts: there is at most one a day."""
        return int(self.on_call or not duty.template.on_call)
