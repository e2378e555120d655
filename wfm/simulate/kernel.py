"""The event loop: every contact and every agent of one replication, second by second, without chance or formula.

Plain Python over numpy arrays: :func:`run` executes it as it stands, :func:`compiled` the same code as machine code. Time is in seconds
since the grid's start. An agent works for one channel at a time and holds up to its concurrency of contacts; a deferred contact is
put down when a live one comes; whatever is in hand when a break or the shift's end comes is finished first.

What makes it fast: arrivals come in order and never enter a heap; an agent has one place in the heap of those who finish, which is
changed where it stands; patience is looked at when a contact reaches the front of its queue; who is free longest stands first in a row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType

import numpy as np

from wfm.simulate.floor import NOBODY, NOTHING, NOWHERE, Contacts, Duty, Floor, opened
from wfm.simulate.router import Routes

Kernel = Callable[[Contacts, Duty, Routes], Floor]


def run(contacts: Contacts, duty: Duty, routes: Routes) -> Floor:
    """Serve all contacts until the grid ends, and return the floor as it is then."""
    floor = opened(contacts, routes)
    _serve(contacts, duty, routes, floor)
    return floor


@lru_cache(maxsize=1)
def compiled() -> Kernel:
    """:func:`run` as machine code, kept on disk between runs; numba is imported only now, for it is slow to import.

    All steps stand in this file, as numba looks at one file only when it decides whether the code on disk is still good. They are
    inlined: handing over a floor of many arrays costs more than most steps do.
    """
    from numba import njit

    scope = dict(globals())
    for step in (*_STEPS, _serve):
        quick = FunctionType(step.__code__, scope)
        try:
            scope[step.__name__] = njit(cache=True, nogil=True, inline="never" if step is _serve else "always")(quick)
        except RuntimeError:  # numba found no folder that it may write to: compiled again in every process
            scope[step.__name__] = njit(nogil=True, inline="never" if step is _serve else "always")(quick)
    return FunctionType(run.__code__, scope)


def _serve(contacts: Contacts, duty: Duty, routes: Routes, floor: Floor) -> None:
    """After each event at most one agent can take work: the one it freed or called, or who may go on with what that one put down."""
    turned = 0
    coming, arrives = _next_arrival(contacts, floor)
    while True:
        turns = duty.at[turned] if turned < len(duty.at) else np.inf
        finishes = floor.finishes[0]
        now = min(turns, arrives, finishes)
        if now >= duty.end:
            break
        if now == turns:
            agent = duty.agent[turned]
            _settle(floor, duty, routes, agent, now)
            floor.on_duty[agent] = duty.on[turned]
            turned += 1
        elif now == finishes:
            agent = floor.finisher[0]
            _settle(floor, duty, routes, agent, now)
            _finish(floor, agent, now)
        else:
            floor.tail[coming] += 1
            agent = _agent_for(floor, routes, coming)
            coming, arrives = _next_arrival(contacts, floor)
        while agent != NOBODY:
            _settle(floor, duty, routes, agent, now)
            dropped = _fill_hands(floor, contacts, routes, agent, now)
            _take_place(floor, _finish_time(floor, routes, agent, now), agent)
            _sit(floor, routes, agent, now)
            agent = _agent_for(floor, routes, dropped) if dropped != NOTHING else NOBODY
    _close(floor, contacts, duty, routes)


def _next_arrival(contacts: Contacts, floor: Floor) -> tuple[int, float]:
    """The channel of the next contact to arrive, and when; (0, inf) after the last one."""
    best, at = 0, np.inf
    for channel in range(len(floor.tail)):
        contact = floor.tail[channel]
        if contact < contacts.first[channel + 1] and contacts.arrival[contact] < at:
            best, at = channel, contacts.arrival[contact]
    return best, at


def _settle(floor: Floor, duty: Duty, routes: Routes, agent: int, now: float) -> None:
    """Book the time since the agent was last settled, as work on what is in hand and, on duty, as busy."""
    held, channel, since = floor.held[agent], floor.channel[agent], floor.settled[agent]
    floor.settled[agent] = now
    if held == 0 or since == now:
        return
    if floor.on_duty[agent]:
        floor.busy[channel, agent] += max(0.0, min(now, duty.booked_until) - max(since, duty.booked_from))
    done = (now - since) / (1 + routes.slowdown[channel] * (held - 1))
    for slot in range(held):
        floor.left[agent, slot] -= done


def _finish_time(floor: Floor, routes: Routes, agent: int, now: float) -> float:
    """When the agent finishes next if the hands stay as they are."""
    held = floor.held[agent]
    if held == 0:
        return np.inf
    least = floor.left[agent, 0]
    for slot in range(1, held):
        least = min(least, floor.left[agent, slot])
    return now + max(0.0, least) * (1 + routes.slowdown[floor.channel[agent]] * (held - 1))


def _finish(floor: Floor, agent: int, now: float) -> None:
    """Take the contact with the least work left out of the agent's hands; the last slot moves up."""
    last, done = floor.held[agent] - 1, 0
    for slot in range(1, last + 1):
        if floor.left[agent, slot] < floor.left[agent, done]:
            done = slot
    floor.ends[floor.slots[agent, done]] = now
    floor.slots[agent, done], floor.left[agent, done] = floor.slots[agent, last], floor.left[agent, last]
    floor.held[agent] = last


def _fill_hands(floor: Floor, contacts: Contacts, routes: Routes, agent: int, now: float) -> int:
    """Let an agent take what there is room for; the deferred channel of which a contact was put down, or NOTHING."""
    dropped = NOTHING
    while floor.on_duty[agent]:
        held, doing = floor.held[agent], floor.channel[agent]
        if held > 0 and routes.live[doing] and held >= routes.concurrency[doing]:
            break
        contact = _next_contact(floor, contacts, routes, agent, now)
        if contact == NOTHING:
            break
        if held > 0 and not routes.live[doing]:
            _put_down(floor, agent, doing)
            dropped = doing
        _begin(floor, agent, contact, contacts.channel[contact], now)
    return dropped


def _next_contact(floor: Floor, contacts: Contacts, routes: Routes, agent: int, now: float) -> int:
    """What an agent takes next: the lowest rank, then the oldest due; with a live contact in hand of its channel only."""
    held, doing, group = floor.held[agent], floor.channel[agent], routes.group[agent]
    best, best_rank = NOTHING, 0
    for channel in routes.takes[group]:
        if channel == NOTHING:
            break
        rank = routes.take[agent, channel]
        if best != NOTHING and rank > best_rank:
            break
        if held > 0 and (channel != doing if routes.live[doing] else not routes.live[channel]):
            continue
        front = _front(floor, contacts, channel, now)
        if front != NOTHING and (best == NOTHING or contacts.due[front] < contacts.due[best]):
            best, best_rank = front, rank
    return best


def _front(floor: Floor, contacts: Contacts, channel: int, now: float) -> int:
    """The contact next in line of a channel, after those have left whose patience is over: put-down work goes first."""
    if floor.put_down[channel] != NOTHING:
        return floor.put_down[channel]
    while floor.head[channel] < floor.tail[channel]:
        contact = floor.head[channel]
        if contacts.arrival[contact] + contacts.patience[contact] >= now:
            return contact
        floor.abandoned[contact] = True
        floor.abandoned_count[channel] += 1
        floor.head[channel] += 1
    return NOTHING


def _put_down(floor: Floor, agent: int, channel: int) -> None:
    """Put the deferred contact in hand on top of its channel's stack."""
    contact = floor.slots[agent, 0]
    floor.remaining[contact] = floor.left[agent, 0]
    floor.below[contact], floor.put_down[channel] = floor.put_down[channel], contact
    floor.held[agent] = 0


def _begin(floor: Floor, agent: int, contact: int, channel: int, now: float) -> None:
    """Begin or go on with the contact in front of a channel."""
    if floor.put_down[channel] == contact:
        floor.put_down[channel] = floor.below[contact]
    else:
        floor.head[channel] += 1
        floor.started[contact] = now
        floor.answered_count[channel] += 1
    slot = floor.held[agent]
    floor.slots[agent, slot], floor.left[agent, slot] = contact, floor.remaining[contact]
    floor.agent[contact], floor.channel[agent], floor.held[agent] = agent, channel, slot + 1


def _agent_for(floor: Floor, routes: Routes, channel: int) -> int:
    """Who gets a contact that comes now: empty hands before others, then the lowest rank, then whose hands are unchanged longest."""
    for held in range(routes.levels[channel]):
        best, best_rank = NOBODY, 0
        for group in routes.offers[channel]:
            if group == NOBODY:
                break
            rank = routes.offer_rank[channel, group]
            if best != NOBODY and rank > best_rank:
                break
            for bench in _benches(routes, channel, group, held):
                agent = floor.front[bench] if bench != NOWHERE else NOBODY
                if agent != NOBODY and (best == NOBODY or floor.since[agent] < floor.since[best]):
                    best, best_rank = agent, rank
        if best != NOBODY:
            return best
    return NOBODY


def _benches(routes: Routes, channel: int, group: int, held: int) -> tuple[int, int]:
    """Where agents of a group sit who hold so many contacts and have room for one of a channel: beside its own, or deferred work."""
    first = group * routes.width
    if held == 0:
        return first, NOWHERE
    return (
        first + routes.seat[channel] + held if held < routes.concurrency[channel] else NOWHERE,
        first + 1 if held == 1 and routes.live[channel] else NOWHERE,
    )


def _bench_of(floor: Floor, routes: Routes, agent: int) -> int:
    """Where an agent sits: on duty with room for more by group, channel and number in hand, or NOWHERE."""
    held, channel, first = floor.held[agent], floor.channel[agent], routes.group[agent] * routes.width
    if not floor.on_duty[agent]:
        return NOWHERE
    if held == 0:
        return first
    if not routes.live[channel]:
        return first + 1
    return first + routes.seat[channel] + held if held < routes.concurrency[channel] else NOWHERE


def _sit(floor: Floor, routes: Routes, agent: int, now: float) -> None:
    """Let an agent whose hands have changed leave one bench and sit down at the rear of another."""
    old, new = floor.bench[agent], _bench_of(floor, routes, agent)
    if old != NOWHERE:
        before, behind = floor.before[agent], floor.behind[agent]
        if before == NOBODY:
            floor.front[old] = behind
        else:
            floor.behind[before] = behind
        if behind == NOBODY:
            floor.rear[old] = before
        else:
            floor.before[behind] = before
    floor.bench[agent], floor.since[agent] = new, now
    if new != NOWHERE:
        last = floor.rear[new]
        floor.before[agent], floor.behind[agent], floor.rear[new] = last, NOBODY, agent
        if last == NOBODY:
            floor.front[new] = agent
        else:
            floor.behind[last] = agent


def _take_place(floor: Floor, time: float, agent: int) -> None:
    """Move an agent up or down the heap to where its new time belongs."""
    at, size = floor.place[agent], len(floor.place)
    while at > 0 and floor.finishes[(at - 1) >> 1] > time:
        _step(floor, at, (at - 1) >> 1)
        at = (at - 1) >> 1
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and floor.finishes[child + 1] < floor.finishes[child]:
            child += 1
        if floor.finishes[child] >= time:
            break
        _step(floor, at, child)
        at = child
    floor.finishes[at], floor.finisher[at], floor.place[agent] = time, agent, at


def _step(floor: Floor, into: int, out_of: int) -> None:
    """Move whoever stands at one place of the heap to another."""
    agent = floor.finisher[out_of]
    floor.finishes[into], floor.finisher[into], floor.place[agent] = floor.finishes[out_of], agent, into


def _close(floor: Floor, contacts: Contacts, duty: Duty, routes: Routes) -> None:
    """Settle everybody, and tell those who have left from those who still wait."""
    end = duty.end
    for agent in range(len(floor.held)):
        _settle(floor, duty, routes, agent, end)
        held = floor.held[agent]
        for slot in range(held):
            stretch = 1 + routes.slowdown[floor.channel[agent]] * (held - 1)
            floor.ends[floor.slots[agent, slot]] = end + max(0.0, floor.left[agent, slot]) * stretch
    for channel in range(len(floor.head)):
        for contact in range(floor.head[channel], floor.tail[channel]):
            if contacts.arrival[contact] + contacts.patience[contact] < end:
                floor.abandoned[contact] = True
                floor.abandoned_count[channel] += 1


_STEPS = (
    *(_next_arrival, _settle, _finish_time, _finish, _front, _next_contact, _put_down, _begin, _fill_hands),
    *(_benches, _agent_for, _bench_of, _sit, _step, _take_place, _close),
)
