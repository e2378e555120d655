"""Night shifts in a row."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.schedule.rules._counted import NightsRule
from wfm.schedule.rules._runs import RunRule


class MaxConsecutiveNights(NightsRule, RunRule):
    """Nobody works more than ``days`` night shifts in a row; a breach is the nights beyond."""

    kind: Literal["max_consecutive_nights"] = "max_consecutive_nights"
    days: Annotated[int, Field(ge=1, le=366)] = 4
    unit: ClassVar[str] = "nights worked beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"days": "less"}
    source: ClassVar[str] = "common practice 3 or 4; night shift as in Directive 2003/88/EC art. 2"
