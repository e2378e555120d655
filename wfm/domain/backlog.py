"""A backlog: the deferred contacts that wait when a grid starts."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from wfm.domain.noun import Noun
from wfm.domain.quantity import Positive


class Backlog(Noun):
    """``contacts[k]`` contacts have waited ``age_seconds[k]`` on the clock of their channel's turnaround (business hours or all hours).

    So they are due when that clock has run on by the turnaround less their age; what is older than the turnaround is late already, and
    is still done first. ``aht_seconds`` is their mean handle time. Rows may come in any order; without rows nothing waits.
    """

    contacts: tuple[Positive, ...] = ()
    age_seconds: tuple[Positive, ...] = ()
    aht_seconds: Positive = 0.0

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        if len(self.contacts) != len(self.age_seconds):
            raise ValueError(
                f"expected as many ages as contacts of a backlog, came {len(self.age_seconds)} and {len(self.contacts)}"
            )
        if self.total > 0 and self.aht_seconds == 0:
            raise ValueError("expected a handle time above 0 for contacts that wait, came 0")
        return self

    @property
    def total(self) -> float:
        """All contacts that wait."""
        return sum(self.contacts)
