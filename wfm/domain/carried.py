"""What earlier periods leave to an agent: burdens borne, and time worked in a reference period that is still running."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from wfm.domain.noun import Name, Noun
from wfm.domain.quantity import Minutes

Count = Annotated[float, Field(ge=0, le=10_000)]


class Burden(Noun):
    """What one agent bore in one earlier ``period`` (any text, such as 2026-10): counts of nights, worked weekends and so on.

    ``short_rests`` are rests below what the rules ask for between shifts where that is allowed at a price; ``start_swings`` working
    days whose start lies over two hours from the one before; ``late_changes`` cells changed after notice; ``unmet_wishes`` points.
    """

    agent: Name
    period: str
    nights: Count = 0
    weekends: Count = 0
    holidays: Count = 0
    short_rests: Count = 0
    start_swings: Count = 0
    late_changes: Count = 0
    unmet_wishes: Count = 0

    KINDS: ClassVar[tuple[str, ...]] = (
        "nights",
        "weekends",
        "holidays",
        "short_rests",
        "start_swings",
        "late_changes",
        "unmet_wishes",
    )
    """Every kind of burden, in the order in which reports list them."""


class Balance(Noun):
    """Paid ``minutes`` that an agent worked in the ``weeks`` of a reference period that lie before the horizon.

    An agent has a balance for each period that is running, such as 8 weeks of four months and 47 of a year.
    """

    agent: Name
    weeks: Annotated[int, Field(ge=0, le=520)]
    minutes: Minutes
