"""Runs of night shifts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveNights(ShortRunRule):
    """Whoever works nights, works at least ``days`` night shifts in a row; a breach is the nights missing."""

    kind: Literal["min_consecutive_nights"] = "min_consecutive_nights"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "nights missing"
    source: ClassVar[str] = "common practice: no single nights"
    counted: ClassVar[str] = "nights"

    def counts(self, duty: Duty | None) -> bool:
        """Night duties."""
        return duty is not None and duty.night

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:
        """Night shifts."""
        return any(shift.is_night(zone) for shift in shifts)
