"""The benches of the event loop: agents with room for more, by group and by what they hold, in the order in which they sat down."""

from __future__ import annotations

from wfm.simulate.floor import NOBODY, NOTHING, NOWHERE, State
from wfm.simulate.lines import front, kept_free


def agent_for(state: State, contact: int, now: float) -> int:
    """Who gets a contact that nobody has: empty hands before others, then the lowest rank, then whose hands are unchanged longest."""
    line, choices, benches = state.lines[state.channel_of[contact]], state.choices, state.benches
    for held in range(line.levels):
        best, best_rank, place = NOBODY, 0, line.offers
        while choices[place].who != NOBODY and (best == NOBODY or choices[place].rank == best_rank):
            if state.arrival[contact] + choices[place].after <= now:
                first, before = state.width * choices[place].who, best
                enough = benches[first].count - (1 if held == 0 else 0) >= choices[place].spare
                if enough and held < line.concurrency:
                    other = benches[first + line.seat + held if held > 0 else first].front
                    if held == 0 or other == NOBODY or not kept_free(state, other, now):
                        best = sooner(state, best, other)
                if enough and held == 1 and line.live:
                    best = sooner(state, best, benches[first + 1].front)
                if before == NOBODY:
                    best_rank = choices[place].rank
            place += 1
        if best != NOBODY:
            return int(best)
    return NOBODY


def unblocked(state: State, now: float) -> int:
    """Who could take a chat that waits, now that an exclusive contact waits no longer."""
    for channel in range(len(state.lines)):
        if state.exclusives and state.lines[channel].concurrency > 1:
            contact = front(state, channel, now)
            agent = agent_for(state, contact, now) if contact != NOTHING else NOBODY
            if agent != NOBODY:
                return agent
    return NOBODY


def sooner(state: State, best: int, other: int) -> int:
    """Of two agents, or NOBODY, the one whose hands are unchanged longer."""
    if other != NOBODY and (best == NOBODY or state.agents[other].since < state.agents[best].since):
        return other
    return best


def bench_of(state: State, agent: int) -> int:
    """Where an agent sits: on duty with room for more by group, channel and number in hand, or NOWHERE."""
    me = state.agents[agent]
    if not me.on_duty:
        return NOWHERE
    first = me.group * state.width
    if me.held == 0:
        return int(first)
    line = state.lines[me.channel]
    if not line.live:
        return int(first + 1)
    return int(first + line.seat + me.held) if me.held < line.concurrency else NOWHERE


def sit(state: State, agent: int, now: float) -> None:
    """Let an agent whose hands have changed leave one bench and sit down at the rear of another."""
    me, new = state.agents[agent], bench_of(state, agent)
    if me.bench != NOWHERE:
        stand_up(state, agent)
    me.bench, me.since = new, now
    if new != NOWHERE:
        bench = state.benches[new]
        bench.count += 1
        me.before, me.behind = bench.rear, NOBODY
        bench.rear = agent
        if me.before == NOBODY:
            bench.front = agent
        else:
            state.agents[me.before].behind = agent


def stand_up(state: State, agent: int) -> None:
    """Close the gap that an agent leaves on a bench."""
    me = state.agents[agent]
    bench = state.benches[me.bench]
    bench.count -= 1
    if me.before == NOBODY:
        bench.front = me.behind
    else:
        state.agents[me.before].behind = me.behind
    if me.behind == NOBODY:
        bench.rear = me.before
    else:
        state.agents[me.behind].before = me.before


STEPS = (sooner, agent_for, unblocked, bench_of, stand_up, sit)
