"""The event loop of groups of like agents with constant heads: agents are counted, not followed, which takes a quarter of the time.

Calls are served exactly as by :func:`wfm.simulate.serve_pools` where agents take what is due first, calls prefer the idle group with the
fewest skills, and nobody holds two. Plain Python over numpy arrays, compiled unless told otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple, Self

import numpy as np

from wfm.simulate.floor import NOBODY, NOTHING, Contacts, Floats, Ints
from wfm.simulate.machine_code import machine_code
from wfm.simulate.pools import Window


class Stream(NamedTuple):
    """All calls of a replication in order of arrival; those of type k fill a queue of its own from place ``first[k]`` on."""

    arrival: Floats
    kind: Ints
    handle: Floats
    patience: Floats
    first: Ints

    @classmethod
    def of(cls, calls: Contacts) -> Self:
        """The calls of all types, merged."""
        order = np.argsort(calls.arrival, kind="stable")
        return cls(calls.arrival[order], calls.channel[order], calls.handle[order], calls.patience[order], calls.first)

    def offered(self, window: Window) -> Ints:
        """Calls of each type that come in the measured seconds."""
        begin, end = np.searchsorted(self.arrival, [window.warm_up, window.warm_up + window.seconds])
        return np.bincount(self.kind[begin:end], minlength=len(self.first) - 1)


class Skills(NamedTuple):
    """Types ``kinds`` of group g from place ``takes[g]`` on, and ``groups`` of type k from ``offers[k]`` on, by ``ranks``, lowest first."""

    takes: Ints
    kinds: Ints
    offers: Ints
    groups: Ints
    ranks: Ints

    @classmethod
    def of(cls, able: Ints) -> Self:
        """The tables of ``able``, shape (groups, types): 1 where the group serves the type; a group ranks by its number of skills."""
        many = able.sum(axis=1)
        order = np.argsort(many, kind="stable")
        by_type = [order[able[order, k] > 0] for k in range(able.shape[1])]
        groups = np.concatenate(by_type)
        offers = np.concatenate([[0], np.cumsum([len(row) for row in by_type])])
        return cls(np.concatenate([[0], np.cumsum(many)]), np.nonzero(able)[1], offers, groups, many[groups])


class Hall(NamedTuple):
    """All that the loop looks at and changes.

    By group: ``heads``, of whom ``idle`` are idle, on a ring from place ``start`` on whose ``front`` is idle longest, each ``since`` then.
    In a heap the ``busy[0]`` agents of the groups ``who`` end their calls at the times ``ends``, soonest first. By type: waiting calls
    stand in the ``queue`` from place ``head`` up to ``tail``; those answered ``within`` some seconds count as ``inside`` if they come from
    ``begin`` until ``stop``. All is over at the ``last`` second.
    """

    arrival: Floats
    kind: Ints
    handle: Floats
    patience: Floats
    takes: Ints
    kinds: Ints
    offers: Ints
    groups: Ints
    ranks: Ints
    heads: Ints
    idle: Ints
    start: Ints
    front: Ints
    since: Floats
    busy: Ints
    ends: Floats
    who: Ints
    queue: Ints
    head: Ints
    tail: Ints
    allowance: Floats
    within: Floats
    inside: Ints
    begin: float
    stop: float
    last: float


Loop = Callable[[Hall], None]


def answered_inside(
    stream: Stream,
    window: Window,
    skills: Skills,
    heads: Ints,
    allowance: Floats,
    within: Floats,
    loop: Loop | None = None,
) -> Ints:
    """Calls of each type that come in the measured seconds and are answered ``within`` so many seconds of their type.

    ``heads[g]`` agents of each group serve the stream from time 0; a waiting call is due ``allowance`` seconds of its type after it came.
    ``loop`` is the event loop, compiled unless given.
    """
    agents = int(heads.sum())
    hall = Hall(
        *stream[:4],
        *skills,
        heads=heads,
        idle=heads.copy(),
        start=np.cumsum(heads) - heads,
        front=np.zeros_like(heads),
        since=np.zeros(agents + 1),
        busy=np.zeros(1, np.int64),
        ends=np.empty(agents + 1),
        who=np.empty(agents + 1, np.int64),
        queue=np.empty(len(stream.arrival), np.int64),
        head=stream.first[:-1].copy(),
        tail=stream.first[:-1].copy(),
        allowance=allowance,
        within=within,
        inside=np.zeros(len(within), np.int64),
        begin=float(window.warm_up),
        stop=float(window.warm_up + window.seconds),
        last=float(window.end),
    )
    (loop or compiled())(hall)
    return hall.inside


@cache
def compiled() -> Loop:
    """:func:`serve` as machine code."""
    return machine_code(serve, STEPS, globals(), [__file__])


def serve(hall: Hall) -> None:
    """Serve call after call; who ends one in the meantime takes the next that is due, or idles."""
    for call in range(len(hall.arrival) + 1):
        now = hall.arrival[call] if call < len(hall.arrival) else hall.last
        while hall.busy[0] > 0 and hall.ends[0] <= now:
            free_first(hall)
        if call < len(hall.arrival):
            receive(hall, call, now)


def receive(hall: Hall, call: int, now: float) -> None:
    """Let a call be answered at once, or wait."""
    kind = hall.kind[call]
    group = idle_group(hall, kind)
    if group == NOBODY:
        hall.queue[hall.tail[kind]] = call
        hall.tail[kind] += 1
    else:
        hall.idle[group] -= 1
        hall.front[group] = (hall.front[group] + 1) % hall.heads[group]
        hall.busy[0] += 1
        answer(hall, call, now)
        move_up(hall, now + hall.handle[call], group)


def idle_group(hall: Hall, kind: int) -> int:
    """The group with an idle agent that ranks lowest for a type, among equals that of who is idle longest; or NOBODY."""
    best, rank, longest = NOBODY, 0, np.inf
    for place in range(hall.offers[kind], hall.offers[kind + 1]):
        if best != NOBODY and hall.ranks[place] != rank:
            break
        group = hall.groups[place]
        if hall.idle[group] > 0 and hall.since[hall.start[group] + hall.front[group]] < longest:
            best, rank, longest = group, hall.ranks[place], hall.since[hall.start[group] + hall.front[group]]
    return best


def free_first(hall: Hall) -> None:
    """Let the agent whose call ends first take the next."""
    now, group = hall.ends[0], hall.who[0]
    kind = next_due(hall, group, now)
    if kind == NOTHING:
        hall.since[hall.start[group] + (hall.front[group] + hall.idle[group]) % hall.heads[group]] = now
        hall.idle[group] += 1
        hall.busy[0] -= 1
        move_down(hall, hall.ends[hall.busy[0]], hall.who[hall.busy[0]])
    else:
        call = hall.queue[hall.head[kind]]
        hall.head[kind] += 1
        answer(hall, call, now)
        move_down(hall, now + hall.handle[call], group)


def next_due(hall: Hall, group: int, now: float) -> int:
    """The type of the waiting call that is due first of those that a group can take, or NOTHING; whose patience is over leaves."""
    best, soonest = NOTHING, np.inf
    for place in range(hall.takes[group], hall.takes[group + 1]):
        kind = hall.kinds[place]
        head, tail = hall.head[kind], hall.tail[kind]
        while head < tail and hall.arrival[hall.queue[head]] + hall.patience[hall.queue[head]] < now:
            head += 1
        hall.head[kind] = head
        if head < tail and hall.arrival[hall.queue[head]] + hall.allowance[kind] < soonest:
            best, soonest = kind, hall.arrival[hall.queue[head]] + hall.allowance[kind]
    return best


def answer(hall: Hall, call: int, now: float) -> None:
    """Count a call that is answered now if it came in the measured seconds and has waited no longer than it may."""
    came, kind = hall.arrival[call], hall.kind[call]
    if hall.begin <= came < hall.stop and now - came <= hall.within[kind]:
        hall.inside[kind] += 1


def move_up(hall: Hall, time: float, group: int) -> None:
    """Let one more agent stand in the heap, at its rear or before those who end later."""
    at = hall.busy[0] - 1
    while at > 0 and hall.ends[(at - 1) >> 1] > time:
        hall.ends[at], hall.who[at] = hall.ends[(at - 1) >> 1], hall.who[(at - 1) >> 1]
        at = (at - 1) >> 1
    hall.ends[at], hall.who[at] = time, group


def move_down(hall: Hall, time: float, group: int) -> None:
    """Let an agent stand in the heap instead of who ended first, behind those who end sooner."""
    at, child, size = 0, 1, hall.busy[0]
    while child < size:
        if child + 1 < size and hall.ends[child + 1] < hall.ends[child]:
            child += 1
        if hall.ends[child] >= time:
            break
        hall.ends[at], hall.who[at] = hall.ends[child], hall.who[child]
        at, child = child, 2 * child + 1
    hall.ends[at], hall.who[at] = time, group


STEPS = (answer, move_up, move_down, idle_group, next_due, receive, free_first)
