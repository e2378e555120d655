"""How contacts and agents find each other: the Protocol of a router, and the tables that the events follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Channel

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NOT_SKILLED = -1
CHOICE = np.dtype((np.record, [("who", np.int64), ("rank", np.int64), ("after", np.float64), ("spare", np.int64)]))
"""A channel or group with its rank, the seconds that a contact waits before they may meet, and how many others of the group stay idle."""


class Router(Protocol):
    """Two preferences, a wait and a reserve, asked only of pairs where the agent holds the channel's skill; lower ranks are preferred."""

    kind: ClassVar[str]

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:
        """How an agent who becomes free ranks a channel with waiting contacts; among equal ranks the oldest contact is taken."""

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:
        """How a contact ranks an agent who could take it at once; among equal ranks the agent who is idle longest gets it."""

    def seconds_before(self, agent: Agent, channel: Channel) -> float:
        """How long a contact of a channel has to wait before the agent may take it."""

    def spare_agents(self, agent: Agent, channel: Channel) -> int:
        """How many others of the agent's group (same preferences) must be idle for the agent to take a contact of the channel."""


class Routes(NamedTuple):
    """A router's preferences as tables, with the rules that no router may change.

    ``take`` (agents, channels) ranks channels for an agent, ``offer`` (channels, agents) ranks agents for a contact; -1 where the
    agent lacks the skill. ``after`` (agents, channels) are the seconds that a contact waits before an agent may take it, ``spare``
    (agents, channels) how many others of the group must then be idle. By channel:
    whether there are any (``overflows``), how many contacts an agent holds (``concurrency``), by how much each further one slows the
    others (``slowdown``), whether contacts wait on the line (``live``), and block their agent for chats (``exclusive``).

    Agents with equal rows are one ``group`` (agents,). ``choices`` lists the channels of a group from its place in ``takes`` (groups,) on
    and the groups of a channel from its place in ``offers`` (channels,) on, best rank first and -1 behind the last. Agents with room
    sit on ``width`` benches a group: empty hands on the first, deferred work in hand on the second, then ``seat`` + the number in hand
    of a channel. A contact may look at agents who hold fewer than ``levels`` (channels,).
    """

    take: Ints
    offer: Ints
    after: Floats
    spare: Ints
    overflows: Bools
    concurrency: Ints
    slowdown: Floats
    live: Bools
    exclusive: Bools
    group: Ints
    takes: Ints
    offers: Ints
    choices: NDArray[Any]
    seat: Ints
    levels: Ints
    width: int
    benches: int


def routes(router: Router, agents: Sequence[Agent], channels: Sequence[Channel]) -> Routes:
    """The tables of a router: unskilled pairs are closed, and every deferred channel ranks behind every live one."""
    shape = (len(agents), len(channels))
    take, offer, after = np.full(shape, NOT_SKILLED), np.full(shape[::-1], NOT_SKILLED), np.zeros(shape)
    spare = np.zeros(shape, np.int64)
    for a, agent in enumerate(agents):
        for c, channel in enumerate(channels):
            if channel.skill in agent.skills:
                take[a, c] = router.rank_of_channel(agent, channel)
                offer[c, a] = router.rank_of_agent(channel, agent)
                after[a, c] = router.seconds_before(agent, channel)
                spare[a, c] = router.spare_agents(agent, channel)
    live = np.array([channel.kind != "deferred" for channel in channels])
    concurrency = np.array([channel.concurrency for channel in channels])
    slowdown = np.array([channel.slowdown for channel in channels], np.float64)
    exclusive = np.array([channel.exclusive for channel in channels])
    return tables(take, offer, after, spare, live, exclusive, concurrency, slowdown)


def tables(
    take: Ints,
    offer: Ints,
    after: Floats,
    spare: Ints,
    live: Bools,
    exclusive: Bools,
    concurrency: Ints,
    slowdown: Floats,
) -> Routes:
    """The tables of ranks (agents, channels) and (channels, agents), -1 without the skill, of waits and spares (agents, channels)."""
    take = np.where((take >= 0) & ~live, take + take.max(initial=0) + 1, take)
    rows, group = np.unique(np.hstack([take, offer.T, after, spare]), axis=0, return_inverse=True)
    by_group, rank, wait, idle = np.hsplit(rows, 4)
    starts, listed = _listed([*zip(by_group, wait, idle, strict=True), *zip(rank.T, wait.T, idle.T, strict=True)])
    rooms = np.where(live, concurrency - 1, 0)  # an agent has room on so many benches beside those for all channels
    width = 2 + int(rooms.sum())
    return Routes(
        take=take,
        offer=offer,
        after=after,
        spare=spare,
        overflows=np.asarray((after > 0).any(axis=0)),
        concurrency=concurrency,
        slowdown=slowdown,
        live=live,
        exclusive=exclusive,
        group=group.reshape(-1).astype(np.int64),
        takes=starts[: len(rows)],
        offers=starts[len(rows) :],
        choices=np.array(listed, CHOICE),
        seat=1 + np.cumsum(rooms) - rooms,
        levels=np.where(live, np.maximum(concurrency, 1 if live.all() else 2), 1),
        width=width,
        benches=width * len(rows),
    )


def _listed(rows: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[Ints, list[tuple[int, int, float, int]]]:
    """Of ranks, waits and spares the columns of rank 0 or more, best first and ties as they stand, then -1; and where each row begins."""
    starts: list[int] = []
    listed: list[tuple[int, int, float, int]] = []
    for ranks, waits, spares in rows:
        starts.append(len(listed))
        found = ((k, int(rank), float(waits[k]), int(spares[k])) for k, rank in enumerate(ranks) if rank >= 0)
        listed += sorted(found, key=lambda choice: choice[1])
        listed.append((NOT_SKILLED, 0, 0.0, 0))
    return np.array(starts, np.int64), listed
