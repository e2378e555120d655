"""Days off in a row."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.schedule.rules._counted import DaysOffRule
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveDaysOff(DaysOffRule, ShortRunRule):
    """Days on which no shift starts come at least ``days`` in a row; a breach is the days missing."""

    kind: Literal["min_consecutive_days_off"] = "min_consecutive_days_off"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "days off missing"
    source: ClassVar[str] = "common practice: no single days off"
