"""Runs of night shifts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.schedule.rules._counted import NightsRule
from wfm.schedule.rules._short_runs import ShortRunRule


class MinConsecutiveNights(NightsRule, ShortRunRule):
    """Whoever works nights, works at least ``days`` night shifts in a row; a breach is the nights missing."""

    kind: Literal["min_consecutive_nights"] = "min_consecutive_nights"
    days: Annotated[int, Field(ge=2, le=28)] = 2
    unit: ClassVar[str] = "nights missing"
    source: ClassVar[str] = "common practice: no single nights"
