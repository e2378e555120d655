"""Days in a row on which an agent works."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._named import NamedShiftsRule
from wfm.schedule.rules._runs import RunRule


class MaxConsecutiveDays(NamedShiftsRule, RunRule):
    """Nobody works on more than ``days`` days in a row; a breach is the days beyond.

    With ``shifts`` only days with one of these shifts count, and any other day ends a run. A day on call ends a run, unless ``on_call``
    says that it is work too.
    """

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: Annotated[int, Field(ge=1, le=366)] = 6
    on_call: bool = False
    unit: ClassVar[str] = "days worked beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "less"}
    source: ClassVar[str] = "Directive 2003/88/EC art. 5 (24 h of rest in each seven days); common practice 5 or 6"
    counted: ClassVar[str] = "days"

    @property
    def name(self) -> str:
        """Named by its limit and shifts, as ``max_consecutive_days:5:late``."""
        return f"{super().name}{self.suffix}"

    def counts(self, duty: Duty | None) -> bool:
        """Every day on which a shift at work starts, one of those that are named."""
        return duty is not None and self._counts(duty.template.name, duty.template.on_call)

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:  # noqa: ARG002 - the same in every zone
        """Every day on which a shift at work starts, one of those that are named."""
        return any(self._counts(shift.template, shift.on_call) for shift in shifts)

    def _counts(self, shift: str, on_call: bool) -> bool:
        return self.names(shift) and (self.on_call or not on_call)
