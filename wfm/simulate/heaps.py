"""Two heaps of the event loop: agents by when they finish next, each in one place that changes, and contacts that will follow."""

from __future__ import annotations

from wfm.simulate.floor import State


def take_place(state: State, agent: int, time: float) -> None:
    """Move an agent up or down the heap to where the new time belongs."""
    turns, at, size = state.turns, state.agents[agent].place, len(state.agents)
    while at > 0 and turns[(at - 1) >> 1].time > time:
        move_place(state, at, (at - 1) >> 1)
        at = (at - 1) >> 1
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and turns[child + 1].time < turns[child].time:
            child += 1
        if turns[child].time >= time:
            break
        move_place(state, at, child)
        at = child
    turns[at].time, turns[at].agent, state.agents[agent].place = time, agent, at


def move_place(state: State, into: int, out_of: int) -> None:
    """Move whoever stands at one place of the heap to another."""
    turns = state.turns
    turns[into].time, turns[into].agent = turns[out_of].time, turns[out_of].agent
    state.agents[turns[into].agent].place = into


def promise(state: State, time: float, contact: int) -> None:
    """Note that a contact will come at a time; ``called[0]`` are noted, and behind them stands a time that never comes."""
    calls, at = state.calls, state.called[0]
    state.called[0] += 1
    calls[at + 1].time = calls[at].time
    while at > 0 and calls[(at - 1) >> 1].time > time:
        calls[at].time, calls[at].contact = calls[(at - 1) >> 1].time, calls[(at - 1) >> 1].contact
        at = (at - 1) >> 1
    calls[at].time, calls[at].contact = time, contact


def redeem(state: State) -> int:
    """Strike out the contact that comes first, and return its number."""
    calls, size, at = state.calls, state.called[0] - 1, 0
    contact, state.called[0] = calls[0].contact, size
    time, last = calls[size].time, calls[size].contact
    calls[size].time = calls[size + 1].time
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and calls[child + 1].time < calls[child].time:
            child += 1
        if calls[child].time >= time:
            break
        calls[at].time, calls[at].contact = calls[child].time, calls[child].contact
        at = child
    if size > 0:
        calls[at].time, calls[at].contact = time, last
    return int(contact)


STEPS = (move_place, take_place, promise, redeem)
