"""Days of work in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveDays(ShortRunRule):
    """Whoever comes to work, comes on at least ``days`` days in a row; a breach is the days missing."""

    kind: Literal["min_consecutive_days"] = "min_consecutive_days"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "days of work missing"
    source: ClassVar[str] = "common practice: no single days of work"
    counted: ClassVar[str] = "days of work"

    def counts(self, duty: Duty | None) -> bool:
        """Every duty."""
        return duty is not None

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:  # noqa: ARG002 - every shift
        """Every shift."""
        return any(True for _ in shifts)
