"""The event loop: every contact and every agent of one replication, second by second, without chance or formula.

Plain Python over numpy arrays: :func:`run` executes it as it stands, :func:`compiled` the same code as machine code. Time is in seconds
since the grid's start. An agent works for one channel at a time and holds up to its concurrency of contacts; a deferred contact is
put down when a live one comes; whatever is in hand when a break or the shift's end comes is finished first.

What makes it fast: arrivals come in order and never enter a heap; an agent has one place in the heap of those who finish, which is
changed where it stands; patience is looked at when a contact reaches the front of its queue; who is free longest sits first on a bench.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType

import numpy as np

from wfm.simulate import benches, floor, hands, heaps, lines
from wfm.simulate.benches import agent_for, sit, unblocked
from wfm.simulate.floor import ENDED, NOBODY, NOTHING, Contacts, Duty, Floor, State, closed, opened
from wfm.simulate.hands import fill_hands, finish, finish_time, foresee, settle
from wfm.simulate.heaps import take_place
from wfm.simulate.lines import foretell, join, newcomer, next_channel, offered_again, see_off, waits
from wfm.simulate.machine_code import machine_code
from wfm.simulate.router import Routes

Kernel = Callable[[Contacts, Duty, Routes], Floor]


def run(contacts: Contacts, duty: Duty, routes: Routes) -> Floor:
    """Serve all contacts until the grid ends, and return the floor as it is then."""
    state = opened(contacts, duty, routes)
    _serve(state, duty)
    return closed(state, contacts.first[:-1])


@cache
def compiled() -> Kernel:
    """:func:`run` as machine code."""
    modules = (heaps, lines, hands, benches)
    scope = dict(globals())
    for module in modules:
        scope |= vars(module)
    steps = (*(step for module in modules for step in module.STEPS), _receive)
    files = (__file__, *(str(module.__file__) for module in (floor, *modules)))
    scope["_serve"] = machine_code(_serve, steps, scope, files)
    return FunctionType(run.__code__, scope)


def _receive(state: State, contact: int, now: float) -> int:
    """Let a contact join its queue, or look again for one that waits already; the agent who can take it, or NOBODY."""
    if contact == NOTHING:
        return NOBODY
    if contact > NOTHING:
        join(state, contact, now)
    else:
        contact = offered_again(contact)
        if not waits(state, contact, now):
            return NOBODY
    return agent_for(state, contact, now)


def _serve(state: State, duty: Duty) -> None:
    """After each event at most one agent can take work: the one it freed or called, or whom that one has left something to take."""
    turned, coming = 0, next_channel(state)
    while True:
        turn = duty.at[turned] if turned < len(duty.at) else np.inf
        finishes, arrives = state.turns[0].time, min(state.lines[coming].arrives, state.calls[0].time)
        now = min(turn, finishes, arrives)
        if now >= duty.end:
            break
        if now == turn:
            agent = duty.agent[turned]
            settle(state, agent, now)
            state.agents[agent].on_duty = duty.on[turned]
            turned += 1
        elif now == finishes:
            agent = state.turns[0].agent
            settle(state, agent, now)
            foretell(state, finish(state, agent, now), ENDED, now)
        else:
            agent = _receive(state, newcomer(state, coming, now), now)
            coming = next_channel(state)
        while agent != NOBODY:
            settle(state, agent, now)
            dropped = fill_hands(state, agent, now)
            take_place(state, agent, finish_time(state, agent, now))
            sit(state, agent, now)
            if dropped != NOTHING:
                agent = agent_for(state, dropped, now)
            else:  # who leaves calls nobody, who may be about to leave as well
                agent = unblocked(state, now) if state.agents[agent].on_duty else NOBODY
    for agent in range(len(state.agents)):
        settle(state, agent, duty.end)
        foresee(state, agent, duty.end)
    for channel in range(len(state.lines)):
        see_off(state, channel, duty.end)
