"""Rules that want a number of people present at all of some hours: everything but who counts."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from wfm.schedule.rules._heads import HeadsRule


class PresenceRule(HeadsRule):
    """At least ``at_least`` of some agents on shift, breaks included, in every step of some hours; a breach is minutes short."""

    at_least: Annotated[int, Field(ge=1)] = 1
    unit: ClassVar[str] = "minutes short"

    @property
    def number(self) -> int:
        """At least so many."""
        return self.at_least
