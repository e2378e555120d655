"""The hands of an agent in the event loop: taking up, working, putting down, finishing."""

from __future__ import annotations

import numpy as np

from wfm.simulate.floor import BEGUN, NOTHING, State
from wfm.simulate.lines import foretell, front, kept_free


def settle(state: State, agent: int, now: float) -> None:
    """Book the time since the agent was last settled, as work on what is in hand and, on duty, as busy."""
    me = state.agents[agent]
    since = me.settled
    me.settled = now
    if me.held == 0 or since == now:
        return
    if me.on_duty:
        state.busy[me.channel, agent] += max(0.0, min(now, state.booked_until) - max(since, state.booked_from))
    done = (now - since) / stretch(state, agent)
    for slot in range(me.hand, me.hand + me.held):
        state.hands[slot].left -= done


def stretch(state: State, agent: int) -> float:
    """How many seconds a second of work takes with so many contacts in hand."""
    me = state.agents[agent]
    return float(1.0 + state.lines[me.channel].slowdown * (me.held - 1))


def least_left(state: State, agent: int) -> int:
    """The slot in hand with the least work left."""
    me, hands = state.agents[agent], state.hands
    least = me.hand
    for slot in range(me.hand + 1, me.hand + me.held):
        if hands[slot].left < hands[least].left:
            least = slot
    return int(least)


def finish_time(state: State, agent: int, now: float) -> float:
    """When the agent finishes next if the hands stay as they are."""
    if state.agents[agent].held == 0:
        return np.inf
    return float(now + max(0.0, state.hands[least_left(state, agent)].left) * stretch(state, agent))


def finish(state: State, agent: int, now: float) -> int:
    """Take the contact with the least work left out of the hands; the last slot moves up."""
    me, hands, slot = state.agents[agent], state.hands, least_left(state, agent)
    contact = hands[slot].contact
    me.held -= 1
    last = me.hand + me.held
    hands[slot].contact, hands[slot].left = hands[last].contact, hands[last].left
    state.ends[contact] = now
    return int(contact)


def fill_hands(state: State, agent: int, now: float) -> int:
    """Let an agent take what there is room for; the deferred contact that was put down for it, or NOTHING."""
    me, dropped = state.agents[agent], NOTHING
    while has_room(state, agent):
        contact, channel = next_contact(state, agent, now)
        if contact == NOTHING:
            break
        if me.held > 0 and not state.lines[me.channel].live:
            dropped = put_down(state, agent)
        begin(state, agent, contact, channel, now)
    return dropped


def has_room(state: State, agent: int) -> bool:
    """Whether the agent could take something: empty hands, deferred work to put down, or room for one more."""
    me = state.agents[agent]
    if me.held == 0 or not me.on_duty:
        return bool(me.on_duty)
    line = state.lines[me.channel]
    return bool(not line.live or me.held < line.concurrency)


def next_contact(state: State, agent: int, now: float) -> tuple[int, int]:
    """What an agent takes next of what has waited long enough, and its channel: the lowest rank, then the oldest due.

    Beside a live contact of its channel only, and not while an exclusive contact waits that the agent could take.
    """
    me, choices, due = state.agents[agent], state.choices, state.due
    best, best_channel, best_rank, place = NOTHING, NOTHING, 0, me.takes
    beside = me.held > 0 and state.lines[me.channel].live
    if beside and kept_free(state, agent, now):
        return NOTHING, NOTHING
    idle = me.group * state.width
    others = state.benches[idle].count - (1 if me.bench == idle else 0)
    while choices[place].who != NOTHING and (best == NOTHING or choices[place].rank == best_rank):
        channel, rank, after = choices[place].who, choices[place].rank, choices[place].after
        enough = others >= choices[place].spare
        place += 1
        if (beside and channel != me.channel) or (me.held > 0 and not state.lines[channel].live):
            continue
        first = front(state, channel, now)
        soon = enough and first != NOTHING and state.arrival[first] + after <= now
        if soon and (best == NOTHING or due[first] < due[best]):
            best, best_channel, best_rank = first, channel, rank
    return best, best_channel


def put_down(state: State, agent: int) -> int:
    """Put the deferred contact in hand on top of its channel's stack, and return its number."""
    me, paused = state.agents[agent], state.paused
    line, hand = state.lines[me.channel], state.hands[me.hand]
    paused[hand.contact].left, paused[hand.contact].below = hand.left, line.put_down
    line.put_down = hand.contact
    me.held = 0
    return int(hand.contact)


def begin(state: State, agent: int, contact: int, channel: int, now: float) -> None:
    """Begin with the contact in front of a channel, or go on with it."""
    me, line, paused = state.agents[agent], state.lines[channel], state.paused
    hand = state.hands[me.hand + me.held]
    hand.contact = contact
    if line.put_down == contact:
        hand.left, line.put_down = paused[contact].left, paused[contact].below
    else:
        hand.left, state.started[contact] = state.handle[contact], now
        line.head += 1
        line.answered += 1
        foretell(state, contact, BEGUN, now)
    me.channel, state.agent[contact] = channel, agent
    me.held += 1


def foresee(state: State, agent: int, end: float) -> None:
    """Say when what is in hand at the end will end."""
    me = state.agents[agent]
    for slot in range(me.hand, me.hand + me.held):
        state.ends[state.hands[slot].contact] = end + max(0.0, state.hands[slot].left) * stretch(state, agent)


STEPS = (stretch, settle, least_left, finish_time, finish, has_room, next_contact, put_down, begin, fill_hands, foresee)
