"""Paid minutes of any so many days in a row."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.problem import Duty
from wfm.schedule.rules._windows import WindowRule


class RollingMinutes(WindowRule):
    """In any ``days`` days in a row nobody is paid for more than ``at_most_minutes``; a breach is minutes beyond.

    A tour remembers the paid time of each of the last days: with m lengths of shifts up to (m + 1) ** (days - 1) states, so windows
    much longer than a week are left to CP-SAT.
    """

    kind: Literal["rolling_minutes"] = "rolling_minutes"
    at_most_minutes: Minutes = 2880
    days: Annotated[int, Field(ge=2, le=366)] = 7
    unit: ClassVar[str] = "minutes beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"at_most_minutes": "less"}
    source: ClassVar[str] = "common practice; 48 h in each seven days as in Directive 2003/88/EC art. 6"

    @property
    def name(self) -> str:
        """Named by its limit, as ``rolling_minutes:48h-in-7-days``."""
        return f"{self.kind}:{hours_text(self.at_most_minutes)}-in-{self.days}-days"

    @property
    def limit(self) -> int:
        """Minutes."""
        return self.at_most_minutes

    def weight(self, duty: Duty) -> int:
        """Paid minutes."""
        return duty.paid_minutes

    def measure(self, shift: Shift, zone: str) -> int:  # noqa: ARG002 - pay does not depend on the zone
        """Paid minutes as worked."""
        return shift.paid_minutes

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return hours_text(amount)
