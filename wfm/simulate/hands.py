"""The hands of an agent in the event loop: taking up, working, putting down, finishing."""

from __future__ import annotations

import numpy as np

from wfm.simulate.floor import Booked, Floats, Record, Records


def settle(me: Record, hands: Records, lines: Records, busy: Floats, booked: Booked, agent: int, now: float) -> None:
    """Book the time since the agent was last settled, as work on what is in hand and, on duty, as busy."""
    since = me.settled
    me.settled = now
    if me.held == 0 or since == now:
        return
    if me.on_duty:
        busy[me.channel, agent] += max(0.0, min(now, booked[1]) - max(since, booked[0]))
    done = (now - since) / stretch(me, lines)
    for slot in range(me.hand, me.hand + me.held):
        hands[slot].left -= done


def stretch(me: Record, lines: Records) -> float:
    """How many seconds a second of work takes with so many contacts in hand."""
    return float(1.0 + lines[me.channel].slowdown * (me.held - 1))


def least_left(me: Record, hands: Records) -> int:
    """The slot in hand with the least work left."""
    least = me.hand
    for slot in range(me.hand + 1, me.hand + me.held):
        if hands[slot].left < hands[least].left:
            least = slot
    return int(least)


def finish_time(me: Record, hands: Records, lines: Records, now: float) -> float:
    """When the agent finishes next if the hands stay as they are."""
    if me.held == 0:
        return np.inf
    return float(now + max(0.0, hands[least_left(me, hands)].left) * stretch(me, lines))


def finished(me: Record, hands: Records) -> int:
    """Take the contact with the least work left out of the hands; the last slot moves up."""
    slot = least_left(me, hands)
    contact = hands[slot].contact
    me.held -= 1
    last = me.hand + me.held
    hands[slot].contact, hands[slot].left = hands[last].contact, hands[last].left
    return int(contact)


def has_room(me: Record, lines: Records) -> bool:
    """Whether the agent could take something: empty hands, deferred work to put down, or room for one more."""
    if me.held == 0 or not me.on_duty:
        return bool(me.on_duty)
    return bool(not lines[me.channel].live or me.held < lines[me.channel].concurrency)


def put_down(me: Record, hands: Records, line: Record, paused: Records) -> None:
    """Put the deferred contact in hand on top of its channel's stack."""
    contact = hands[me.hand].contact
    paused[contact].left, paused[contact].below = hands[me.hand].left, line.put_down
    line.put_down = contact
    me.held = 0


def begin(
    me: Record, hands: Records, line: Record, contact: int, channel: int, handle: Floats, paused: Records
) -> bool:
    """Begin with the contact in front of a channel, or go on with it; whether it is the first time."""
    slot, new = hands[me.hand + me.held], line.put_down != contact
    slot.contact = contact
    if new:
        slot.left = handle[contact]
        line.head += 1
        line.answered += 1
    else:
        slot.left, line.put_down = paused[contact].left, paused[contact].below
    me.channel = channel
    me.held += 1
    return bool(new)


def foresee(me: Record, hands: Records, lines: Records, ends: Floats, end: float) -> None:
    """Say when what is in hand at the end will end."""
    for slot in range(me.hand, me.hand + me.held):
        ends[hands[slot].contact] = end + max(0.0, hands[slot].left) * stretch(me, lines)


STEPS = (stretch, settle, least_left, finish_time, finished, has_room, put_down, begin, foresee)
