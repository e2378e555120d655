"""Longer or shorter handle times."""

from __future__ import annotations

from typing import Literal, Self

from wfm.domain import Name
from wfm.study.demand_change import with_demand
from wfm.study.lever import Change, Lever
from wfm.study.scenario import Scenario


class Aht(Lever):
    """Handle time (with wrap-up) of one channel, or of all, changes by a share."""

    kind: Literal["aht"] = "aht"
    channel: Name | None = None
    by: Change

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the handle-time factor multiplied by 1 + ``by``."""
        return with_demand(scenario, self.channel, 1.0, 1 + self.by)

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:  # noqa: ARG003 - neutral everywhere
        """No change."""
        return cls(by=0.0)

    @property
    def words(self) -> str:
        """As ``phone handle time -10%``."""
        return f"{self.channel or 'all'} handle time {100 * self.by:+.10g}%"
