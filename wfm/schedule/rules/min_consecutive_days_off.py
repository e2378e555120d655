"""Days off in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveDaysOff(ShortRunRule):
    """Days on which no shift starts come at least ``days`` in a row; a breach is the days missing."""

    kind: Literal["min_consecutive_days_off"] = "min_consecutive_days_off"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "days off missing"
    source: ClassVar[str] = "common practice: no single days off"
    counted: ClassVar[str] = "days off"

    def counts(self, duty: Duty | None) -> bool:
        """Days without a duty."""
        return duty is None

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:  # noqa: ARG002 - any shift
        """Days without a shift."""
        return not any(True for _ in shifts)
