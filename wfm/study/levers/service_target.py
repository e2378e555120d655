"""Another service level."""

from __future__ import annotations

from typing import Literal, Self

from wfm.domain import Channel, Name, Refused, ServiceLevel
from wfm.study.lever import Lever
from wfm.study.scenario import Scenario
from wfm.study.written import Answer


class ServiceTarget(Lever):
    """The service level promised on one live channel becomes ``to``, such as ``90% in 20s``; its definition stays."""

    kind: Literal["service_target"] = "service_target"
    channel: Name
    to: Answer

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the channel's target replaced."""
        chosen = scenario.channel(self.channel)
        rows = (self._moved(row) if row is chosen else row for row in scenario.channels)
        return scenario.varied(channels=tuple(rows))

    def _moved(self, channel: Channel) -> Channel:
        old = channel.target(ServiceLevel)
        new = self.to.varied(definition=old.definition) if old else self.to
        targets = tuple(new if target is old else target for target in channel.targets)
        return channel.varied(targets=targets if old else (*targets, new))

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:
        """The target that the first channel with one already has."""
        for channel in scenario.channels:
            target = channel.target(ServiceLevel)
            if target is not None:
                return cls(channel=channel.name, to=target)
        raise Refused("The scenario promises no service level, so none can be kept.")

    @property
    def words(self) -> str:
        """As ``phone 90% in 20s``."""
        return f"{self.channel} {self.to}"
