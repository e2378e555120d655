"""Length of a shift."""

from __future__ import annotations

from typing import ClassVar, Literal

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._shift_limits import ShiftLimitRule


class DayMinutes(ShiftLimitRule):
    """No shift has more than ``at_most_minutes`` of ``of`` time; a breach is minutes beyond.

    Time is ``paid``, or ``present``: from start to end, unpaid breaks included.
    """

    kind: Literal["day_minutes"] = "day_minutes"
    source: ClassVar[str] = (
        "Estatuto de los Trabajadores art. 34.3 (9 h, under 18 8 h); Directive 94/33/EC art. 8 (young people 8 h)"
    )

    def limits(self, duty: Duty) -> bool:  # noqa: ARG002 - every duty
        """Every duty."""
        return True

    def limits_shift(self, shift: Shift, zone: str) -> bool:  # noqa: ARG002 - every shift
        """Every shift."""
        return True
