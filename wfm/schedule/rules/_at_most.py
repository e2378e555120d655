"""Rules that allow a number of people at once at most: everything but who counts."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from wfm.schedule.rules._heads import HeadsRule


class AtMostRule(HeadsRule):
    """At most ``at_most`` of some agents on shift, breaks included, in every step of some hours; a breach is minutes beyond."""

    at_most: Annotated[int, Field(ge=0)]
    unit: ClassVar[str] = "minutes beyond"
    least: ClassVar[bool] = False

    @property
    def number(self) -> int:
        """At most so many."""
        return self.at_most
