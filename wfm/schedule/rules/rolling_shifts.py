"""Shifts, or night shifts, in any so many days in a row."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._windows import WindowRule


class RollingShifts(WindowRule):
    """In any ``days`` days in a row nobody works more than ``at_most`` ``of``; a breach is those beyond.

    A tour remembers on which of the last days the latest ``at_most`` were worked: 42 states for 3 in 7 days, 64 for 6.
    """

    kind: Literal["rolling_shifts"] = "rolling_shifts"
    at_most: Annotated[int, Field(ge=0)]
    of: Literal["shifts", "nights"] = "shifts"
    days: Annotated[int, Field(ge=2, le=366)] = 7
    unit: ClassVar[str] = "shifts beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"at_most": "less"}
    source: ClassVar[str] = "common practice; night shift as in Directive 2003/88/EC art. 2"

    @property
    def name(self) -> str:
        """Named by its limit, as ``rolling_shifts:3-nights-in-7-days``."""
        return f"{self.kind}:{self.at_most}-{self.of}-in-{self.days}-days"

    @property
    def limit(self) -> int:
        """Shifts."""
        return self.at_most

    def weight(self, duty: Duty) -> int:
        """One for each duty that counts."""
        return int(self.of == "shifts" or duty.night)

    def measure(self, shift: Shift, zone: str) -> int:
        """One for each shift that counts."""
        return int(self.of == "shifts" or shift.is_night(zone))

    def amount_text(self, amount: float) -> str:
        """As ``4 nights``."""
        return f"{amount:g} {self.of}"
