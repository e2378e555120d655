"""Length of a night shift."""

from __future__ import annotations

from typing import ClassVar, Literal

from wfm.domain import Shift
from wfm.domain.quantity import Minutes
from wfm.schedule.problem import Duty
from wfm.schedule.rules._shift_limits import ShiftLimitRule


class NightMinutes(ShiftLimitRule):
    """No night shift has more than ``at_most_minutes`` of ``of`` time; a breach is minutes beyond.

    Time is ``paid``, or ``present``: from start to end, unpaid breaks included. The Directive asks for 8 h on average; each shift
    by itself is stricter, and what most agreements say.
    """

    kind: Literal["night_minutes"] = "night_minutes"
    at_most_minutes: Minutes = 480
    source: ClassVar[str] = "Directive 2003/88/EC art. 8; Estatuto de los Trabajadores art. 36.1 (8 h on average)"

    def limits(self, duty: Duty) -> bool:
        """Night duties."""
        return duty.night

    def limits_shift(self, shift: Shift, zone: str) -> bool:
        """Night shifts."""
        return shift.is_night(zone)
