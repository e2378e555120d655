"""The queues of the event loop: who comes, who stands in front, who leaves, and what follows from it."""

from __future__ import annotations

import numpy as np

from wfm.simulate.floor import LEFT, NOTHING, State
from wfm.simulate.heaps import promise, redeem


def next_channel(state: State) -> int:
    """The channel of the next contact to arrive by itself."""
    best = 0
    for channel in range(1, len(state.lines)):
        if state.lines[channel].arrives < state.lines[best].arrives:
            best = channel
    return best


def newcomer(state: State, channel: int, now: float) -> int:
    """The contact that comes now: the next of a channel by itself, or one that follows from another.

    NOTHING where it would have followed from a contact that leaves, and that was served in the meantime. Below that, it is one that waits
    and is offered again (:func:`offered_again`).
    """
    line, follow = state.lines[channel], state.follow
    if now == line.arrives:
        contact = line.coming
        line.coming += 1
        line.arrives = state.arrival[line.coming] if line.coming < line.last else np.inf
        return int(contact)
    contact = redeem(state)
    if contact < NOTHING:
        return int(contact)
    if follow[contact].when == LEFT and state.started[follow[contact].of] < np.inf:
        return NOTHING
    state.arrival[contact], state.due[contact] = now, now + follow[contact].within
    return int(contact)


def join(state: State, contact: int, now: float) -> None:
    """Let a contact stand behind all others of its channel."""
    line = state.lines[state.channel_of[contact]]
    state.queue[line.tail] = contact
    line.tail += 1
    foretell(state, contact, LEFT, now + state.patience[contact])
    place, after = line.offers, 0.0
    while line.overflows and state.choices[place].who != NOTHING:
        if state.choices[place].after != after:
            after = state.choices[place].after
            promise(state, now + after, offered_again(contact))
        place += 1


def offered_again(contact: int) -> int:
    """The number under which a contact is promised to be offered again to who may take it by then, and back."""
    return -2 - contact


def waits(state: State, contact: int, now: float) -> bool:
    """Whether a contact is still in its queue."""
    return bool(state.started[contact] == np.inf and state.arrival[contact] + state.patience[contact] >= now)


def front(state: State, channel: int, now: float) -> int:
    """The contact next in line of a channel, after those have left whose patience is over: put-down work goes first."""
    line = state.lines[channel]
    if line.put_down != NOTHING:
        return int(line.put_down)
    while line.head < line.tail:
        contact = state.queue[line.head]
        if state.arrival[contact] + state.patience[contact] >= now:
            return int(contact)
        state.abandoned[contact] = True
        line.left += 1
        line.head += 1
    return NOTHING


def kept_free(state: State, agent: int, now: float) -> bool:
    """Whether an exclusive contact waits that the agent could take, so that the agent takes no further chat."""
    place = state.agents[agent].takes
    while state.exclusives and state.choices[place].who != NOTHING:
        channel = state.choices[place].who
        if state.lines[channel].exclusive and front(state, channel, now) != NOTHING:
            return True
        place += 1
    return False


def see_off(state: State, channel: int, end: float) -> None:
    """Tell those who have left by the end from those who still wait, whose place in the queue no longer matters."""
    line = state.lines[channel]
    for place in range(line.head, line.tail):
        contact = state.queue[place]
        if state.arrival[contact] + state.patience[contact] < end:
            state.abandoned[contact] = True
            line.left += 1


def foretell(state: State, contact: int, when: int, time: float) -> None:
    """Note what follows from a contact that is taken up, finished or will have left at a time."""
    follow = state.follow
    after = follow[contact].then if len(follow) > 0 else NOTHING
    while after != NOTHING:
        if follow[after].when == when:
            promise(state, time + follow[after].after, after)
        after = follow[after].too


STEPS = (next_channel, newcomer, foretell, offered_again, waits, join, front, kept_free, see_off)
