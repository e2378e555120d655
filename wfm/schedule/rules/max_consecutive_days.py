"""Days in a row on which an agent works."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Shift
from wfm.schedule.problem import Duty
from wfm.schedule.rules._runs import RunRule


class MaxConsecutiveDays(RunRule):
    """Nobody works on more than ``days`` days in a row; a breach is the days beyond.

    A day on call ends a run, unless ``on_call`` says that it is work too.
    """

    kind: Literal["max_consecutive_days"] = "max_consecutive_days"
    days: Annotated[int, Field(ge=1, le=366)] = 6
    on_call: bool = False
    unit: ClassVar[str] = "days worked beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "less"}
    source: ClassVar[str] = "Directive 2003/88/EC art. 5 (24 h of rest in each seven days); common practice 5 or 6"
    counted: ClassVar[str] = "days"

    def counts(self, duty: Duty) -> bool:
        """Every day on which a shift at work starts."""
        return self.on_call or not duty.template.on_call

    def counts_shift(self, shift: Shift, zone: str) -> bool:  # noqa: ARG002 - the same in every zone
        """Every day on which a shift at work starts."""
        return self.on_call or not shift.on_call
