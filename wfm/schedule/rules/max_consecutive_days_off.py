"""Days off in a row beyond a limit."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.schedule.rules._counted import DaysOffRule
from wfm.schedule.rules._runs import RunRule


class MaxConsecutiveDaysOff(DaysOffRule, RunRule):
    """Days on which no shift starts come at most ``days`` in a row; a breach is the days beyond."""

    kind: Literal["max_consecutive_days_off"] = "max_consecutive_days_off"
    days: Annotated[int, Field(ge=1, le=366)] = 4
    verb: ClassVar[str] = "has"
    unit: ClassVar[str] = "days off beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "less"}
    source: ClassVar[str] = "common practice: work is spread over the period"
