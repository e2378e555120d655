"""Night shifts of an agent in a week or in the whole horizon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Shift
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import Period, Span, SpanRule, calendar_weeks


class MaxNights(SpanRule):
    """Nobody works more than ``at_most`` night shifts a ``per``; a breach is the nights beyond.

    With ``per: period`` the limit is for the whole horizon; a part of a calendar week at its edge has the whole limit.
    """

    kind: Literal["max_nights"] = "max_nights"
    at_most: Annotated[int, Field(ge=0)]
    per: Literal["week", "period"] = "week"
    noun: ClassVar[str] = "night shift"
    unit: ClassVar[str] = "nights beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"at_most": "less"}
    source: ClassVar[str] = "common practice; night shift as in Directive 2003/88/EC art. 2"

    @property
    def name(self) -> str:
        """Named by its limit, as ``max_nights:3-a-week``."""
        return f"{self.kind}:{self.at_most}-a-{self.per}"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:  # noqa: ARG002 - the same for everybody
        """Calendar weeks, or the horizon."""
        for dates in calendar_weeks(problem.days) if self.per == "week" else [problem.days]:
            yield Period(dates, high=self.at_most)

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:
        """Night shifts."""
        return sum(shift.is_night(zone) for shift in shifts)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:  # noqa: ARG002 - the same for everybody
        """Calendar weeks, or the horizon."""
        days = problem.weeks if self.per == "week" else [range(len(problem.days))]
        return [Span(span, high=self.at_most) for span in days]

    def weight(self, duty: Duty) -> int:
        """One for a night."""
        return int(duty.night)
