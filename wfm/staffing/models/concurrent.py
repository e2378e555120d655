"""Chat: an agent holds several conversations at a time, each a server of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.erlang import erlang_a, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import Demand, service_target
from wfm.staffing.working import metrics_line


@dataclass(frozen=True)
class Concurrent:
    """n agents with k conversations each serve like n k agents with one; handle times as measured in such conversations."""

    channel: Channel
    kind: ClassVar[str] = "concurrent"

    @staticmethod
    def unfit(channel: Channel) -> str:
        """It is for live contacts."""
        return "" if channel.kind != "deferred" else "nobody waits live on a deferred channel; use workload"

    def demand(self, forecast: Forecast) -> Demand:
        """Every contact in its own interval."""
        return Demand.of(forecast)

    def smallest(self, demand: Demand, targets: Sequence[Target]) -> Integers:
        """Least n whose conversations meet all targets: the conversations needed, divided by k and rounded up."""
        conversations = smallest_agents(
            demand.load_erlangs, demand.handle_seconds, targets, self.channel.patience_seconds
        )
        return -(-conversations // self.channel.concurrency)

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Service level of n k conversations."""
        return self._queue(demand, agents).service_level(service_target(self.channel).definition)

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        k = self.channel.concurrency
        queue = "Erlang A" if self.channel.patience_seconds else "Erlang C (no patience given)"
        return (
            f"Concurrent: an agent counts as {k} servers of {queue}.",
            (
                f"The handle time is taken to be measured with {k} conversations at a time: it is not slowed down further, nor "
                "quickened where an agent holds fewer. Occupancy is that of the conversations."
            ),
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """From agents to conversations, and the figures of the queue behind them."""
        queue = self._queue(demand, np.asarray(float(agents)))
        return (
            (
                f"conversations = agents x concurrency = {agents} x {self.channel.concurrency} = {agents * self.channel.concurrency}, "
                f"each a server with AHT {queue.aht_seconds.item():.4g} s; P(wait) = {queue.p_wait.item():.6g}"
            ),
            f"as conversations: {metrics_line(queue, service_target(self.channel))}",
        )

    def _queue(self, demand: Demand, agents: Floats) -> QueueMetrics:
        load, aht, within = demand.load_erlangs, demand.handle_seconds, service_target(self.channel).within_seconds
        if self.channel.patience_seconds is None:
            return erlang_c(load, agents * self.channel.concurrency, aht, within)
        return erlang_a(load, agents * self.channel.concurrency, aht, self.channel.patience_seconds, within)
