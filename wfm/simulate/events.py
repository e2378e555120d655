"""The event loop: every contact and every agent of one replication, second by second, without chance or formula.

Plain Python over numpy arrays: it runs as it stands, and :func:`compiled` gives the same code as machine code. Time is in seconds
since the grid's start. An agent works for one channel at a time and holds up to its concurrency of contacts; a deferred contact is
put down when a live one comes; whatever is in hand when a break or the shift's end comes is finished first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from heapq import heappop, heappush
from types import FunctionType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.simulate.router import Routes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NOBODY = NOTHING = -1
FINISHED = -1.0


class Contacts(NamedTuple):
    """All contacts, numbered channel by channel and within a channel by arrival.

    ``patience`` is inf where nobody abandons; contacts of equal rank are taken by ``due``: the arrival of live ones, the deadline of
    deferred ones. ``order`` (contacts,) lists all by arrival; channel k has the numbers ``first[k]`` to ``first[k + 1]`` - 1.
    """

    channel: Ints
    arrival: Floats
    handle: Floats
    patience: Floats
    due: Floats
    order: Ints
    first: Ints


class Duty(NamedTuple):
    """When agents turn to the queue (``on``) and away from it, by time; ``end`` is the end of the grid."""

    at: Floats
    agent: Ints
    on: NDArray[np.bool_]
    end: float


class Floor(NamedTuple):
    """Everything that changes while contacts are served; what remains of it at the end is the outcome.

    An agent has ``held`` contacts of one ``channel``, of which ``in_hand`` is the last taken; time in work is booked until ``settled``.
    A contact ``started`` when first taken and ``ends`` as it stands now, inf where it was put down with ``remaining`` seconds of work,
    on top of the contact ``below``.
    """

    # by agent
    on_duty: NDArray[np.bool_]
    held: Ints
    channel: Ints
    in_hand: Ints
    idle_since: Floats
    settled: Floats
    # by contact: inf and NOBODY until it happens
    started: Floats
    ends: Floats
    remaining: Floats
    agent: Ints
    below: Ints
    abandoned: NDArray[np.bool_]
    # by channel: waiting are head .. tail - 1, and the stack of those put down
    head: Ints
    tail: Ints
    put_down: Ints
    answered_count: Ints
    abandoned_count: Ints
    # seconds on duty with a contact in hand (channels, agents)
    busy: Floats


Kernel = Callable[[Contacts, Duty, Routes], Floor]
_Finishing = list[tuple[float, int]]


@lru_cache(maxsize=1)
def compiled() -> Kernel:
    """:func:`run` as machine code, kept on disk between runs; numba is imported only now, for it is slow to import."""
    from numba import njit

    scope = dict(globals())
    inlined = (
        _opened,
        _settle,
        _front,
        _has_room,
        _close,
    )  # handing over a floor of many arrays costs more than these do
    for step in (*inlined, _next_contact, _agent_for, _begin, _finish, _take, run):
        inline: Literal["always", "never"] = "always" if step in inlined else "never"
        scope[step.__name__] = njit(cache=True, inline=inline)(FunctionType(step.__code__, scope))
    kernel: Kernel = scope["run"]
    return kernel


def run(contacts: Contacts, duty: Duty, routes: Routes) -> Floor:
    """Serve all contacts until the grid ends. After each event at most one agent can take work: the one it freed or called."""
    floor = _opened(contacts, routes)
    finishing = [(np.inf, NOTHING)]  # a last entry that never comes keeps the heap from running empty
    turned = arrived = 0
    while True:
        turns = duty.at[turned] if turned < len(duty.at) else np.inf
        arrives = contacts.arrival[contacts.order[arrived]] if arrived < len(contacts.order) else np.inf
        now = min(turns, arrives, finishing[0][0])
        if now >= duty.end:
            break
        if now == turns:
            agent = duty.agent[turned]
            _settle(floor, agent, now)
            floor.on_duty[agent], floor.idle_since[agent] = duty.on[turned], now
            turned += 1
        elif now == finishing[0][0]:
            agent = _finish(floor, heappop(finishing)[1], now)
        else:
            channel = contacts.channel[contacts.order[arrived]]
            floor.tail[channel] += 1
            agent = _agent_for(floor, routes, channel)
            arrived += 1
        while agent != NOBODY and _take(floor, contacts, routes, finishing, agent, now):
            pass
    _close(floor, contacts, duty.end)
    return floor


def _opened(contacts: Contacts, routes: Routes) -> Floor:
    """The floor before the first event: nobody on duty, nothing waiting."""
    agents, channels = routes.take.shape
    count = len(contacts.arrival)
    return Floor(
        on_duty=np.zeros(agents, np.bool_),
        held=np.zeros(agents, np.int64),
        channel=np.full(agents, NOTHING, np.int64),
        in_hand=np.full(agents, NOTHING, np.int64),
        idle_since=np.zeros(agents, np.float64),
        settled=np.zeros(agents, np.float64),
        started=np.full(count, np.inf),
        ends=np.full(count, np.inf),
        remaining=contacts.handle.copy(),
        agent=np.full(count, NOBODY, np.int64),
        below=np.full(count, NOTHING, np.int64),
        abandoned=np.zeros(count, np.bool_),
        head=contacts.first[:-1].copy(),
        tail=contacts.first[:-1].copy(),
        put_down=np.full(channels, NOTHING, np.int64),
        answered_count=np.zeros(channels, np.int64),
        abandoned_count=np.zeros(channels, np.int64),
        busy=np.zeros((channels, agents), np.float64),
    )


def _settle(floor: Floor, agent: int, now: float) -> None:
    """Book the time since the agent was last settled, if it was spent on duty with something in hand."""
    if floor.on_duty[agent] and floor.held[agent] > 0:
        floor.busy[floor.channel[agent], agent] += now - floor.settled[agent]
    floor.settled[agent] = now


def _front(floor: Floor, contacts: Contacts, channel: int, now: float) -> int:
    """The contact next in line of a channel, after those have left whose patience is over: put-down work goes first."""
    if floor.put_down[channel] != NOTHING:
        return int(floor.put_down[channel])
    while floor.head[channel] < floor.tail[channel]:
        contact = floor.head[channel]
        if contacts.arrival[contact] + contacts.patience[contact] >= now:
            return int(contact)
        floor.abandoned[contact] = True
        floor.abandoned_count[channel] += 1
        floor.head[channel] += 1
    return NOTHING


def _has_room(floor: Floor, routes: Routes, agent: int, channel: int) -> bool:
    """Whether an agent could take a contact of a channel now: empty hands, room for one more, or deferred work to put down."""
    held, doing = floor.held[agent], floor.channel[agent]
    if held == 0 or not floor.on_duty[agent]:
        return bool(floor.on_duty[agent])
    if doing == channel:
        return bool(held < routes.concurrency[channel])
    return bool(routes.live[channel] and not routes.live[doing])


def _next_contact(floor: Floor, contacts: Contacts, routes: Routes, agent: int, now: float) -> int:
    """What an agent takes next: the lowest rank, then the oldest due."""
    best, best_rank = NOTHING, 0
    for channel in range(len(routes.live)):
        rank = routes.take[agent, channel]
        if rank < 0 or (best != NOTHING and rank > best_rank) or not _has_room(floor, routes, agent, channel):
            continue
        front = _front(floor, contacts, channel, now)
        if front != NOTHING and (best == NOTHING or rank < best_rank or contacts.due[front] < contacts.due[best]):
            best, best_rank = front, rank
    return best


def _agent_for(floor: Floor, routes: Routes, channel: int) -> int:
    """Who gets a contact that arrives now: empty hands before others, then the lowest rank, then the longest idle."""
    best, best_held, best_rank = NOBODY, 0, 0
    for agent in range(len(floor.held)):
        rank = routes.offer[channel, agent]
        if rank < 0 or not _has_room(floor, routes, agent, channel):
            continue
        held = floor.held[agent]
        if best == NOBODY or (held, rank, floor.idle_since[agent]) < (best_held, best_rank, floor.idle_since[best]):
            best, best_held, best_rank = agent, held, rank
    return best


def _take(floor: Floor, contacts: Contacts, routes: Routes, finishing: _Finishing, agent: int, now: float) -> bool:
    """Let an agent take the next contact, if there is one."""
    contact = _next_contact(floor, contacts, routes, agent, now)
    if contact == NOTHING:
        return False
    _begin(floor, agent, contact, contacts.channel[contact], now)
    heappush(finishing, (floor.ends[contact], contact))
    return True


def _begin(floor: Floor, agent: int, contact: int, channel: int, now: float) -> None:
    """Begin or go on with the contact in front of a channel; what an agent puts down for it goes on top of its own channel's stack."""
    _settle(floor, agent, now)
    if floor.held[agent] > 0 and floor.channel[agent] != channel:
        left, doing = floor.in_hand[agent], floor.channel[agent]
        floor.remaining[left] = floor.ends[left] - now
        floor.ends[left] = np.inf
        floor.below[left], floor.put_down[doing] = floor.put_down[doing], left
        floor.held[agent] = 0
    if floor.put_down[channel] == contact:
        floor.put_down[channel] = floor.below[contact]
    else:
        floor.head[channel] += 1
        floor.started[contact] = now
        floor.answered_count[channel] += 1
    floor.agent[contact], floor.ends[contact] = agent, now + floor.remaining[contact]
    floor.channel[agent], floor.in_hand[agent] = channel, contact
    floor.held[agent] += 1


def _finish(floor: Floor, contact: int, now: float) -> int:
    """Free the agent of a contact that ends now; NOBODY where it was put down in the meantime, or has ended."""
    if floor.ends[contact] != now or floor.remaining[contact] < 0:
        return NOBODY
    floor.remaining[contact] = FINISHED
    agent = floor.agent[contact]
    _settle(floor, agent, now)
    floor.held[agent] -= 1
    floor.idle_since[agent] = now
    return int(agent)


def _close(floor: Floor, contacts: Contacts, end: float) -> None:
    """Settle everybody, and tell those who have left from those who still wait."""
    for agent in range(len(floor.held)):
        _settle(floor, agent, end)
    for channel in range(len(floor.head)):
        for contact in range(floor.head[channel], floor.tail[channel]):
            if contacts.arrival[contact] + contacts.patience[contact] < end:
                floor.abandoned[contact] = True
                floor.abandoned_count[channel] += 1
