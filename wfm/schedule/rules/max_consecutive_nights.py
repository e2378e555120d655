"""Night shifts in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._runs import RunRule


class MaxConsecutiveNights(RunRule):
    """Nobody works more than ``days`` night shifts in a row; a breach is the nights beyond."""

    kind: Literal["max_consecutive_nights"] = "max_consecutive_nights"
    days: Annotated[int, Field(ge=1, le=366)] = 4
    unit: ClassVar[str] = "nights worked beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "less"}
    source: ClassVar[str] = "common practice 3 or 4; night shift as in Directive 2003/88/EC art. 2"
    counted: ClassVar[str] = "nights"

    def counts(self, duty: Duty | None) -> bool:
        """Night shifts."""
        return duty is not None and duty.night

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:
        """Night shifts."""
        return any(shift.is_night(zone) for shift in shifts)
