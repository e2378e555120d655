"""The event loop: every contact and every agent of one replication, second by second, without chance or formula.

Plain Python over numpy arrays: :func:`run` executes it as it stands, :func:`compiled` the same code as machine code. Time is in seconds
since the grid's start. An agent works for one channel at a time and holds up to its concurrency of contacts; a deferred contact is
put down when a live one comes; whatever is in hand when a break or the shift's end comes is finished first.

What makes it fast: arrivals come in order and never enter a heap; an agent has one place in the heap of those who finish, which is
changed where it stands; patience is looked at when a contact reaches the front of its queue; who is free longest sits first on a bench.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from types import FunctionType
from zlib import crc32

import numpy as np

from wfm.simulate import benches as bench_steps
from wfm.simulate import hands as hand_steps
from wfm.simulate import heaps as heap_steps
from wfm.simulate import lines as line_steps
from wfm.simulate.benches import agent_for, bench_of, sit
from wfm.simulate.floor import (
    BEGUN,
    ENDED,
    LEFT,
    NOBODY,
    NOTHING,
    Booked,
    Bools,
    Contacts,
    Duty,
    Floats,
    Floor,
    Ints,
    Record,
    Records,
    State,
    closed,
    opened,
)
from wfm.simulate.hands import begin, finish_time, finished, foresee, has_room, put_down, settle
from wfm.simulate.heaps import take_place
from wfm.simulate.lines import foretell, front, join, newcomer, next_channel, see_off
from wfm.simulate.router import Routes

Kernel = Callable[[Contacts, Duty, Routes], Floor]


def run(contacts: Contacts, duty: Duty, routes: Routes) -> Floor:
    """Serve all contacts until the grid ends, and return the floor as it is then."""
    state = opened(contacts, routes)
    _serve(contacts, duty, routes.choices, routes.width, state)
    return closed(state, contacts.first[:-1])


@lru_cache(maxsize=1)
def compiled() -> Kernel:
    """:func:`run` as machine code, kept on disk between runs; numba is imported only now, for it is slow to import.

    numba looks at one file only when it decides whether the code on disk is still good, so the name under which it files the loop
    tells the sources of all steps.
    """
    from numba import njit

    # Nothing is allocated while the loop runs, so arrays need no counting of who holds them: that, and handing them over from step to
    # step, would take three quarters of the time.
    quick = partial(njit, nogil=True, error_model="numpy", _nrt=False)
    modules = (heap_steps, line_steps, hand_steps, bench_steps)
    sources = [Path(name).read_bytes() for name in (__file__, *(str(module.__file__) for module in modules))]
    scope = dict(globals())
    for module in modules:
        scope |= vars(module)
    for step in (*(step for module in modules for step in module.STEPS), next_contact, fill_hands, close):
        scope[step.__name__] = quick(forceinline=True)(FunctionType(step.__code__, scope))
    loop = FunctionType(_serve.__code__, scope)
    loop.__qualname__ = f"serve_{crc32(b''.join(sources)):08x}"
    try:
        scope["_serve"] = quick(cache=True)(loop)
    except RuntimeError:  # numba found no folder that it may write to: compiled again in every process
        scope["_serve"] = quick()(loop)
    return FunctionType(run.__code__, scope)


def _serve(contacts: Contacts, duty: Duty, choices: Records, width: int, state: State) -> None:
    """After each event at most one agent can take work: the one it freed or called, or who may go on with what that one put down.

    Steps are handed the arrays that they need: a whole state costs more to hand over than most steps do.
    """
    agents, lines, hands, turns, benches = state.agents, state.lines, state.hands, state.turns, state.benches
    handle, patience, channel_of = contacts.handle, contacts.patience, contacts.channel
    follow, calls, called, queue, paused = contacts.follow, state.calls, state.called, state.queue, state.paused
    arrival, due, started, ends, agent_of = state.arrival, state.due, state.started, state.ends, state.agent
    abandoned, busy, booked = state.abandoned, state.busy, (duty.booked_from, duty.booked_until)
    at, who, on, end, turned = duty.at, duty.agent, duty.on, duty.end, 0
    follows, next_up = len(follow) > 0, next_channel(lines)
    while True:
        turn = at[turned] if turned < len(at) else np.inf
        now = min(turn, lines[next_up].arrives, turns[0].time, calls[0].time)
        if now >= end:
            break
        if now == turn:
            agent = who[turned]
            settle(agents[agent], hands, lines, busy, booked, agent, now)
            agents[agent].on_duty = on[turned]
            turned += 1
        elif now == turns[0].time:
            agent = turns[0].agent
            settle(agents[agent], hands, lines, busy, booked, agent, now)
            contact = finished(agents[agent], hands)
            ends[contact] = now
            if follows:
                foretell(follow, calls, called, contact, ENDED, now)
        else:
            contact = newcomer(lines[next_up], arrival, due, started, follow, calls, called, now)
            if contact == NOTHING:
                continue
            channel = channel_of[contact]
            next_up = next_channel(lines)
            join(lines[channel], queue, contact)
            if follows:
                foretell(follow, calls, called, contact, LEFT, now + patience[contact])
            agent = agent_for(agents, lines[channel], choices, benches, width)
        while agent != NOBODY:
            me = agents[agent]
            settle(me, hands, lines, busy, booked, agent, now)
            dropped = fill_hands(me, hands, agent, lines, choices, queue, arrival, handle, patience, due, abandoned,
                                 paused, started, agent_of, follow, calls, called, now)  # fmt: skip
            take_place(agents, turns, agent, finish_time(me, hands, lines, now))
            sit(agents, benches, agent, bench_of(me, lines, width), now)
            agent = agent_for(agents, lines[dropped], choices, benches, width) if dropped != NOTHING else NOBODY
    close(agents, hands, lines, busy, booked, ends, queue, arrival, patience, abandoned, end)


def close(
    agents: Records,
    hands: Records,
    lines: Records,
    busy: Floats,
    booked: Booked,
    ends: Floats,
    queue: Ints,
    arrival: Floats,
    patience: Floats,
    abandoned: Bools,
    end: float,
) -> None:
    """Settle everybody when the grid ends, and tell who has left the queues."""
    for agent in range(len(agents)):
        settle(agents[agent], hands, lines, busy, booked, agent, end)
        foresee(agents[agent], hands, lines, ends, end)
    for channel in range(len(lines)):
        see_off(lines[channel], queue, arrival, patience, abandoned, end)


def fill_hands(
    me: Record,
    hands: Records,
    agent: int,
    lines: Records,
    choices: Records,
    queue: Ints,
    arrival: Floats,
    handle: Floats,
    patience: Floats,
    due: Floats,
    abandoned: Bools,
    paused: Records,
    started: Floats,
    agent_of: Ints,
    follow: Records,
    calls: Records,
    called: Ints,
    now: float,
) -> int:
    """Let an agent take what there is room for; the deferred channel of which a contact was put down for it, or NOTHING."""
    dropped = NOTHING
    while has_room(me, lines):
        contact, channel = next_contact(me, lines, choices, queue, arrival, patience, due, abandoned, now)
        if contact == NOTHING:
            break
        if me.held > 0 and not lines[me.channel].live:
            dropped = me.channel
            put_down(me, hands, lines[dropped], paused)
        if begin(me, hands, lines[channel], contact, channel, handle, paused):
            started[contact] = now
            if len(follow) > 0:
                foretell(follow, calls, called, contact, BEGUN, now)
        agent_of[contact] = agent
    return dropped


def next_contact(
    me: Record,
    lines: Records,
    choices: Records,
    queue: Ints,
    arrival: Floats,
    patience: Floats,
    due: Floats,
    abandoned: Bools,
    now: float,
) -> tuple[int, int]:
    """What an agent takes next, and its channel: the lowest rank, then the oldest due.

    Beside a live contact of its channel only, and not while an exclusive contact waits that the agent could take.
    """
    best, best_channel, best_rank, place = NOTHING, NOTHING, 0, me.takes - 1
    beside = me.held > 0 and lines[me.channel].live
    while True:
        place += 1
        channel, rank = choices[place].who, choices[place].rank
        if channel == NOTHING or (best != NOTHING and rank > best_rank and not beside):
            break
        line = lines[channel]
        if (beside and channel != me.channel and not line.exclusive) or (me.held > 0 and not line.live):
            continue
        first = front(line, queue, arrival, patience, abandoned, now)
        if beside and channel != me.channel:
            if first != NOTHING:
                return NOTHING, NOTHING
        elif first != NOTHING and (best == NOTHING or due[first] < due[best]):
            best, best_channel, best_rank = first, channel, rank
    return best, best_channel
