"""The benches of the event loop: agents with room for more, by group and by what they hold, in the order in which they sat down."""

from __future__ import annotations

from wfm.simulate.floor import NOBODY, NOWHERE, Record, Records


def agent_for(agents: Records, line: Record, choices: Records, benches: Records, width: int) -> int:
    """Who gets a contact that comes now: empty hands before others, then the lowest rank, then whose hands are unchanged longest."""
    for held in range(line.levels):
        best, best_rank, place = NOBODY, 0, line.offers
        while choices[place].who != NOBODY and (best == NOBODY or choices[place].rank == best_rank):
            rank, first = choices[place].rank, width * choices[place].who
            if held < line.concurrency:
                own = first + line.seat + held if held > 0 else first
                best, best_rank = sooner(agents, best, best_rank, benches[own].front, rank)
            if held == 1 and line.live:
                best, best_rank = sooner(agents, best, best_rank, benches[first + 1].front, rank)
            place += 1
        if best != NOBODY:
            return best
    return NOBODY


def sooner(agents: Records, best: int, best_rank: int, other: int, rank: int) -> tuple[int, int]:
    """Of two agents, NOBODY or equal in rank, the one whose hands are unchanged longer, with the rank."""
    if other != NOBODY and (best == NOBODY or agents[other].since < agents[best].since):
        return other, rank
    return best, best_rank


def bench_of(me: Record, lines: Records, width: int) -> int:
    """Where an agent sits: on duty with room for more by group, channel and number in hand, or NOWHERE."""
    if not me.on_duty:
        return NOWHERE
    first = me.group * width
    if me.held == 0:
        return int(first)
    line = lines[me.channel]
    if not line.live:
        return int(first + 1)
    return int(first + line.seat + me.held) if me.held < line.concurrency else NOWHERE


def sit(agents: Records, benches: Records, agent: int, new: int, now: float) -> None:
    """Let an agent whose hands have changed leave one bench and sit down at the rear of another."""
    me = agents[agent]
    if me.bench != NOWHERE:
        stand_up(agents, benches[me.bench], me)
    me.bench, me.since = new, now
    if new != NOWHERE:
        bench = benches[new]
        me.before, me.behind = bench.rear, NOBODY
        bench.rear = agent
        if me.before == NOBODY:
            bench.front = agent
        else:
            agents[me.before].behind = agent


def stand_up(agents: Records, bench: Record, me: Record) -> None:
    """Close the gap that an agent leaves on a bench."""
    if me.before == NOBODY:
        bench.front = me.behind
    else:
        agents[me.before].behind = me.behind
    if me.behind == NOBODY:
        bench.rear = me.before
    else:
        agents[me.behind].before = me.before


STEPS = (sooner, agent_for, bench_of, stand_up, sit)
