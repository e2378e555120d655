"""Shifts of the whole horizon, all or those of some kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from wfm.domain import Agent, Shift
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._named import NamedShiftsRule
from wfm.schedule.rules._spans import Period, Span, SpanRule


class PeriodShifts(NamedShiftsRule, SpanRule):
    """Everybody works between ``at_least`` and ``at_most`` shifts over the whole horizon; a breach is the shifts missing or beyond.

    With ``shifts`` only those of these names count; without, all but those on call.
    """

    kind: Literal["period_shifts"] = "period_shifts"
    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=0)] | None = None
    noun: ClassVar[str] = "shift"
    unit: ClassVar[str] = "shifts missing or beyond the limit"
    source: ClassVar[str] = "common practice"

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"expected at_most of at least {self.at_least}, came {self.at_most}")
        if self.at_most is None and not self.at_least:
            raise ValueError(f"expected at_least or at_most in {self.kind}, came neither: it would ask for nothing")
        return self

    @property
    def name(self) -> str:
        """Named by its shifts and numbers, as ``period_shifts:night:0-14``."""
        return f"{self.kind}{self.suffix}:{self.at_least}-{'' if self.at_most is None else self.at_most}"

    def periods(self, problem: RosterProblem, agent: Agent) -> Iterator[Period]:  # noqa: ARG002 - the same for everybody
        """The horizon."""
        yield Period(problem.days, self.at_least, self.at_most)

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - it does not depend on the zone
        """Shifts that count."""
        return sum(self.names(shift.template) and not (shift.on_call and self.shifts is None) for shift in shifts)

    def spans(self, problem: RosterProblem, agent: Agent) -> list[Span]:  # noqa: ARG002 - the same for everybody
        """The horizon."""
        return [Span(range(len(problem.days)), self.at_least, self.at_most)]

    def weight(self, duty: Duty) -> int:
        """One for a duty that counts."""
        return int(self.names(duty.template.name) and not (duty.template.on_call and self.shifts is None))
