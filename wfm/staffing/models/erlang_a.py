"""Voice with abandonment: customers hang up after a random patience (M/M/n+M)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.erlang import erlang_a
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import Demand
from wfm.staffing.working import metrics_line


@dataclass(frozen=True)
class ErlangA:
    """Poisson arrivals, exponential handle times and patience, n agents (Palm 1957; Garnett, Mandelbaum & Reiman 2002)."""

    channel: Channel
    kind: ClassVar[str] = "erlang_a"

    @staticmethod
    def unfit(channel: Channel) -> str:
        """It needs one live contact an agent, and a patience."""
        if channel.kind != "voice":
            return f"a {channel.kind} channel is not answered one live contact at a time"
        return "" if channel.patience_seconds else "it has no patience; give one, such as patience: 3m, or use erlang_c"

    def demand(self, forecast: Forecast) -> Demand:
        """Every contact in its own interval."""
        return Demand.of(forecast)

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """Least n that meets all targets; abandonment lets it lie below the load."""
        return smallest_agents(demand.load_erlangs, demand.handle_seconds, targets, self.channel.patience_seconds)

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Service level of n agents."""
        return self.queue(demand, agents).service_level(self.channel.service_level.definition)

    def handled(self, demand: Demand, agents: Integers) -> tuple[Floats, Floats]:
        """All but those who abandon, after their mean wait."""
        return self.queue(demand, agents.astype(np.float64)).handled

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        return (
            (
                f"Erlang A: mean patience {self.channel.patience_seconds:g} s, exponential like the handle time; "
                "each interval is in its own steady state, so a queue left over from the interval before is not seen."
            ),
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """P(wait), P(abandon), the law that ties them, and the figures."""
        queue = self.queue(demand, agents)
        return (
            "P(wait) = a J / (1 / B(n - 1, a) + a J), J = integral of exp(a q (1 - e^(-x/q)) - n x) dx, q = patience / AHT",
            (
                f"q = {(self.channel.patience_seconds or 0) / queue.aht_seconds.item():.6g}, P(wait) = {queue.p_wait.item():.6g}, "
                f"P(abandon) = {queue.p_abandon.item():.6g} = average wait {queue.average_wait_seconds.item():.6g} s / "
                f"patience {self.channel.patience_seconds:g} s"
            ),
            metrics_line(queue, self.channel.service_level, agents),
        )

    def queue(self, demand: Demand, agents: Floats | int) -> QueueMetrics:
        """The figures of so many agents."""
        assert self.channel.patience_seconds is not None  # unfit() has refused a channel without
        within = self.channel.service_level.within_seconds
        return erlang_a(demand.load_erlangs, agents, demand.handle_seconds, self.channel.patience_seconds, within)
