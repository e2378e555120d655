"""Days of work in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._named import NamedShiftsRule
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveDays(NamedShiftsRule, ShortRunRule):
    """Whoever comes to work, comes on at least ``days`` days in a row; a breach is the days missing.

    With ``shifts`` only days with one of these shifts count: whoever works one of them, does so on so many days in a row.
    """

    kind: Literal["min_consecutive_days"] = "min_consecutive_days"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "days of work missing"
    source: ClassVar[str] = "common practice: no single days of work"
    counted: ClassVar[str] = "days of work"

    @property
    def name(self) -> str:
        """Named by its days and shifts, as ``min_consecutive_days:2:late``."""
        return f"{super().name}{self.suffix}"

    def counts(self, duty: Duty | None) -> bool:
        """Every duty, or those that are named."""
        return duty is not None and self.names(duty.template.name)

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:  # noqa: ARG002 - the same in every zone
        """Every shift, or those that are named."""
        return any(self.names(shift.template) for shift in shifts)
