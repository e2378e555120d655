"""Voice without abandonment: everybody waits until answered (M/M/n)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.erlang import erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import Demand
from wfm.staffing.working import metrics_line


@dataclass(frozen=True)
class ErlangC:
    """Poisson arrivals, exponential handle times, n agents, endless patience (Erlang 1917)."""

    channel: Channel
    kind: ClassVar[str] = "erlang_c"

    @staticmethod
    def unfit(channel: Channel) -> str:
        """Deferred work is no queue of waiting customers, and a chat agent is no single server."""
        return "" if channel.kind == "voice" else f"a {channel.kind} channel is not answered one live contact at a time"

    def demand(self, forecast: Forecast) -> Demand:
        """Every contact in its own interval."""
        return Demand.of(forecast)

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """Least n above the load that meets all targets."""
        return smallest_agents(demand.load_erlangs, demand.handle_seconds, targets)

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Service level of n agents; 0 where n does not exceed the load."""
        return self.queue(demand, agents).service_level(self.channel.service_level.definition)

    def handled(self, demand: Demand, agents: Integers) -> tuple[Floats, Floats]:
        """All, after their mean wait."""
        return self.queue(demand, agents.astype(np.float64)).handled

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        return (
            (
                "Erlang C: nobody abandons and each interval is in its own steady state; up to the load nobody counts as "
                "inside target, and slightly above it waits are overstated where callers do abandon."
            ),
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """P(wait), its decay, and the figures."""
        queue = self.queue(demand, agents)
        load, aht = queue.load_erlangs.item(), queue.aht_seconds.item()
        target = self.channel.service_level
        return (
            "P(wait) = a / (a + (n - a) / B(n - 1, a)), service level = 1 - P(wait) exp(-(n - a) T / AHT)",
            (
                f"n - a = {agents - load:.6g}, P(wait) = {queue.p_wait.item():.6g}, "
                f"(n - a) T / AHT = {(agents - load) * target.within_seconds / aht:.6g}"
            ),
            metrics_line(queue, target, agents),
        )

    def queue(self, demand: Demand, agents: Floats | int) -> QueueMetrics:
        """The figures of so many agents."""
        return erlang_c(demand.load_erlangs, agents, demand.handle_seconds, self.channel.service_level.within_seconds)
