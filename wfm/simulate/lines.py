"""The queues of the event loop: who comes, who stands in front, who leaves, and what follows from it."""

from __future__ import annotations

import numpy as np

from wfm.simulate.floor import LEFT, NOTHING, Bools, Floats, Ints, Record, Records
from wfm.simulate.heaps import promise, redeem


def next_channel(lines: Records) -> int:
    """The channel of the next contact to arrive by itself."""
    best = 0
    for channel in range(1, len(lines)):
        if lines[channel].arrives < lines[best].arrives:
            best = channel
    return best


def newcomer(
    line: Record,
    arrival: Floats,
    due: Floats,
    started: Floats,
    follow: Records,
    calls: Records,
    called: Ints,
    now: float,
) -> int:
    """The contact that comes now: the next of a channel by itself, or one that follows from another.

    NOTHING where it would have followed from a contact that leaves, and that was served in the meantime.
    """
    if now == line.arrives:
        contact = line.coming
        line.coming += 1
        line.arrives = arrival[line.coming] if line.coming < line.last else np.inf
        return int(contact)
    contact = redeem(calls, called)
    if follow[contact].when == LEFT and started[follow[contact].of] < np.inf:
        return NOTHING
    arrival[contact], due[contact] = now, now + follow[contact].within
    return contact


def join(line: Record, queue: Ints, contact: int) -> None:
    """Let a contact stand behind all others."""
    queue[line.tail] = contact
    line.tail += 1


def front(line: Record, queue: Ints, arrival: Floats, patience: Floats, abandoned: Bools, now: float) -> int:
    """The contact next in line of a channel, after those have left whose patience is over: put-down work goes first."""
    if line.put_down != NOTHING:
        return int(line.put_down)
    while line.head < line.tail:
        contact = queue[line.head]
        if arrival[contact] + patience[contact] >= now:
            return int(contact)
        abandoned[contact] = True
        line.left += 1
        line.head += 1
    return NOTHING


def see_off(line: Record, queue: Ints, arrival: Floats, patience: Floats, abandoned: Bools, end: float) -> None:
    """Tell those who have left by the end from those who still wait, whose place in the queue no longer matters."""
    for place in range(line.head, line.tail):
        contact = queue[place]
        if arrival[contact] + patience[contact] < end:
            abandoned[contact] = True
            line.left += 1


def foretell(follow: Records, calls: Records, called: Ints, contact: int, when: int, time: float) -> None:
    """Note what follows from a contact that is taken up, finished or will have left at a time."""
    after = follow[contact].then
    while after != NOTHING:
        if follow[after].when == when:
            promise(calls, called, time + follow[after].after, after)
        after = follow[after].too


STEPS = (next_channel, newcomer, join, front, see_off, foretell)
