"""What every staffing model promises: from what a channel asks to the agents it needs, and to what each agent is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers


@dataclass(frozen=True)
class Demand:
    """Work to be done in each of some intervals: contacts and their mean handle time, both of one shape (intervals,)."""

    volume: Floats
    aht_seconds: Floats
    interval_seconds: float

    @classmethod
    def of(cls, forecast: Forecast) -> Self:
        """The forecast itself: every contact is handled in the interval in which it comes."""
        return cls(forecast.means(), forecast.handle_times(), 60.0 * forecast.grid.step_minutes)

    @property
    def load_erlangs(self) -> Floats:
        """Offered load, a = volume * aht / interval."""
        return self.volume * self.aht_seconds / self.interval_seconds

    @property
    def handle_seconds(self) -> Floats:
        """Mean handle time, 1 where there is no load (its value has no effect there, and the formulas divide by it)."""
        return np.where(self.load_erlangs > 0, self.aht_seconds, 1.0)

    def times(self, factor: Floats) -> Demand:
        """The demand with so many times as many contacts."""
        return Demand(self.volume * factor, self.aht_seconds, self.interval_seconds)

    def take(self, steps: Integers) -> Demand:
        """The demand of some intervals, in any order and as often as asked."""
        return Demand(self.volume[steps], self.aht_seconds[steps], self.interval_seconds)


class StaffingModel(Protocol):
    """One way to turn the demand of one channel into agents. All arrays have the shape of the demand, agents may be fractional."""

    kind: ClassVar[str]

    def __init__(self, channel: Channel) -> None: ...

    @property
    def channel(self) -> Channel:
        """The channel it staffs."""
        ...

    @staticmethod
    def unfit(channel: Channel) -> str:
        """Why the model cannot staff a channel, in the planner's words; empty where it can."""
        ...

    def demand(self, forecast: Forecast) -> Demand:
        """When the work of the forecast has to be done."""
        ...

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """Least number of agents that meets all targets; 0 where there is no load."""
        ...

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Share 0..1 of the contacts inside the channel's target with so many agents; never falls as agents are added."""
        ...

    def handled(self, demand: Demand, agents: Integers) -> tuple[Floats, Floats]:
        """Share 0..1 of the contacts that whole agents handle in the end, and the mean seconds these wait once they are to be done."""
        ...

    def notes(self) -> tuple[str, ...]:
        """The model's assumptions about its channel, in words."""
        ...

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """The formula with the values of one interval (a demand of shape (1,)) and so many agents, line by line."""
        ...
