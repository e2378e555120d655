"""Chat: an agent holds several conversations at a time, each a server of its own, and slower the more there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.domain.channel import Channel
from wfm.domain.forecast import Forecast
from wfm.domain.quantity import share_text
from wfm.domain.target import Target
from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.chat import chat, smallest_chat_agents
from wfm.staffing.conversations import ChatPace
from wfm.staffing.erlang import erlang_a, erlang_c
from wfm.staffing.queue import QueueMetrics
from wfm.staffing.smallest import smallest_agents
from wfm.staffing.staffing_model import Demand
from wfm.staffing.working import metrics_line, seconds_text


@dataclass(frozen=True)
class Concurrent:
    """n agents with k conversations each serve like n k agents with one, as :func:`wfm.staffing.chat` says where these slow each other."""

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
        """Least n whose conversations meet all targets."""
        load, aht, patience = demand.load_erlangs, demand.handle_seconds, self.channel.patience_seconds
        if self.channel.slowdown > 0:
            return smallest_chat_agents(load, aht, targets, self.pace, patience_seconds=patience)
        return -(-smallest_agents(load, aht, targets, patience) // self.channel.concurrency)

    def share_in_target(self, demand: Demand, agents: Floats) -> Floats:
        """Service level of n agents; between whole numbers linear where chats slow each other."""
        definition = self.channel.service_level.definition
        if self.channel.slowdown == 0:
            return self.queue(demand, agents).service_level(definition)
        whole = np.floor(agents)
        fewer, more = (self.queue(demand, number).service_level(definition) for number in (whole, np.ceil(agents)))
        return fewer + (agents - whole) * (more - fewer)

    def handled(self, demand: Demand, agents: Integers) -> tuple[Floats, Floats]:
        """All but those who abandon, after their mean wait."""
        return self.queue(demand, agents.astype(np.float64)).handled

    def notes(self) -> tuple[str, ...]:
        """What the model takes for granted."""
        k, slowdown = self.channel.concurrency, self.channel.slowdown
        queue = "Erlang A" if self.channel.patience_seconds else "Erlang C (no patience given)"
        if slowdown > 0:
            return (
                (
                    f"Concurrent: an agent holds up to {k} chats, each further one makes all of them {share_text(slowdown)} longer; who "
                    f"finds every place taken waits as in {queue}."
                ),
                "The handle time is that of a chat held alone. Occupancy is that of the conversations.",
            )
        return (
            f"Concurrent: an agent counts as {k} servers of {queue}.",
            (
                f"The handle time is taken to be measured with {k} conversations at a time: it is not slowed down further, nor "
                "quickened where an agent holds fewer. Occupancy is that of the conversations."
            ),
        )

    def working(self, demand: Demand, agents: int) -> tuple[str, ...]:
        """From agents to conversations, and the figures of the queue behind them."""
        queue, k = self.queue(demand, np.asarray(float(agents))), self.channel.concurrency
        figures = f"{metrics_line(queue, self.channel.service_level, agents)} of conversations"
        places = f"conversations = agents x concurrency = {agents} x {k} = {agents * k}"
        if self.channel.slowdown == 0:
            each = f"each a server with AHT {queue.aht_seconds.item():.4g} s; P(wait) = {queue.p_wait.item():.6g}"
            return f"{places}, {each}", figures
        alone, speed = demand.handle_seconds.item(), float(self.pace.speed(k))
        return (
            (
                f"speed of m chats r(m) = m / (1 + s (m - 1)), s = {self.channel.slowdown:g}: "
                f"with {k} an agent finishes {speed:.4g} in {alone:.4g} s"
            ),
            (
                f"{places}; a chat takes {seconds_text(queue.aht_seconds.item())} beside the others, "
                f"{seconds_text(alone)} alone; P(wait) = {queue.p_wait.item():.6g}"
            ),
            figures,
        )

    @property
    def pace(self) -> ChatPace:
        """How fast its agents are with several chats at a time."""
        return ChatPace(self.channel.concurrency, self.channel.slowdown)

    def queue(self, demand: Demand, agents: Floats) -> QueueMetrics:
        """The figures of so many agents, as conversations."""
        load, aht, within = demand.load_erlangs, demand.handle_seconds, self.channel.service_level.within_seconds
        patience, places = self.channel.patience_seconds, agents * self.channel.concurrency
        if self.channel.slowdown > 0:
            return chat(load, agents, aht, within, self.pace, patience_seconds=patience)
        if patience is None:
            return erlang_c(load, places, aht, within)
        return erlang_a(load, places, aht, patience, within)
