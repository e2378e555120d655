"""How contacts and agents find each other: the Protocol of a router, and the tables that the events follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Channel

NOT_SKILLED = -1


class Router(Protocol):
    """Two preferences, asked only of pairs where the agent holds the channel's skill; 0 or more, lower is preferred."""

    kind: ClassVar[str]

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:
        """How an agent who becomes free ranks a channel with waiting contacts; among equal ranks the oldest contact is taken."""

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:
        """How a contact ranks an agent who could take it at once; among equal ranks the agent who is idle longest gets it."""


class Routes(NamedTuple):
    """A router's preferences as tables, with the rules that no router may change.

    ``take`` (agents, channels) ranks channels for an agent, ``offer`` (channels, agents) ranks agents for a contact; -1 where the
    agent lacks the skill. ``concurrency`` and ``live`` (channels,) say how many contacts an agent holds, and whether they wait.
    """

    take: NDArray[np.int64]
    offer: NDArray[np.int64]
    concurrency: NDArray[np.int64]
    live: NDArray[np.bool_]


def routes(router: Router, agents: Sequence[Agent], channels: Sequence[Channel]) -> Routes:
    """The tables of a router: unskilled pairs are closed, and every deferred channel ranks behind every live one."""
    shape = (len(agents), len(channels))
    take, offer = np.full(shape, NOT_SKILLED), np.full(shape[::-1], NOT_SKILLED)
    for a, agent in enumerate(agents):
        for c, channel in enumerate(channels):
            if channel.skill in agent.skills:
                take[a, c] = router.rank_of_channel(agent, channel)
                offer[c, a] = router.rank_of_agent(channel, agent)
    live = np.array([channel.kind != "deferred" for channel in channels])
    behind_live = take.max(initial=0) + 1
    return Routes(
        take=np.where((take >= 0) & ~live, take + behind_live, take),
        offer=offer,
        concurrency=np.array([channel.concurrency for channel in channels]),
        live=live,
    )
