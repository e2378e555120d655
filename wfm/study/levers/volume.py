"""More or fewer contacts."""

from __future__ import annotations

from typing import Literal, Self

from wfm.domain import Name
from wfm.study.demand_change import with_demand
from wfm.study.lever import Change, Lever
from wfm.study.scenario import Scenario


class Volume(Lever):
    """Contacts of one channel, or of all, change by a share."""

    kind: Literal["volume"] = "volume"
    channel: Name | None = None
    by: Change

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the demand factor multiplied by 1 + ``by``."""
        return with_demand(scenario, self.channel, 1 + self.by, 1.0)

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:  # noqa: ARG003 - neutral everywhere
        """No change."""
        return cls(by=0.0)

    @property
    def words(self) -> str:
        """As ``phone volume +20%``."""
        return f"{self.channel or 'all'} volume {100 * self.by:+.10g}%"
