"""What the event loop reads and writes: contacts, duty, the state of agents and lines, and the floor that it leaves behind."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.simulate.router import Routes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Records = NDArray[Any]
"""Rows of named fields; one row is a view, so what is written to it is written to the array."""
NOBODY = NOTHING = NOWHERE = -1
BEGUN, ENDED, LEFT = 0, 1, 2
"""When a contact follows from another: once that is taken up, finished, or has left for want of patience."""


def _record(**fields: type) -> np.dtype[Any]:
    return np.dtype((np.record, np.dtype(list(fields.items()), align=True)))


FOLLOW = _record(then=np.int64, too=np.int64, of=np.int64, when=np.int64, after=np.float64, within=np.float64)
"""The first contact that may follow from this one (``then``). Of a contact that follows: the next one that follows ``of`` the same
contact as well (``too``), ``when``, so many seconds ``after``; if deferred it is due ``within`` seconds, otherwise 0."""
NO_FOLLOW = np.empty(0, FOLLOW)


class Contacts(NamedTuple):
    """All contacts, numbered channel by channel and within a channel by arrival.

    Channel k has the numbers ``first[k]`` to ``first[k + 1]`` - 1. ``patience`` is inf where nobody abandons; contacts of equal rank
    are taken by ``due``: the arrival of live ones, the deadline of deferred ones. Contacts that follow from others stand last in their
    channel with arrival and due inf until it happens; ``follow`` has a row of :data:`FOLLOW` for every contact, or none at all.
    """

    channel: Ints
    arrival: Floats
    handle: Floats
    patience: Floats
    due: Floats
    first: Ints
    follow: Records = NO_FOLLOW

    @property
    def of_channel(self) -> list[slice]:
        """The contacts of each channel."""
        return [slice(first, end) for first, end in pairwise(self.first.tolist())]


class Duty(NamedTuple):
    """When agents turn to the queue (``on``) and away from it, by time, those away first; ``end`` is the end of the grid.

    Time in work is booked from ``booked_from`` on and not beyond ``booked_until``.
    """

    at: Floats
    agent: Ints
    on: Bools
    end: float
    booked_from: float = 0.0
    booked_until: float = np.inf


class Floor(NamedTuple):
    """What is left when the grid ends: of agents, contacts and channels, and seconds on duty with something in hand.

    ``ends`` of a contact still in hand is when it will end if nothing comes between.
    """

    # by agent
    on_duty: Bools
    held: Ints
    # by contact: inf and NOBODY where it did not happen
    arrival: Floats
    started: Floats
    ends: Floats
    agent: Ints
    abandoned: Bools
    # by channel
    arrived: Ints
    answered: Ints
    left: Ints
    # (channels, agents)
    busy: Floats


AGENT = _record(
    on_duty=np.bool_,
    group=np.int64,
    takes=np.int64,
    hand=np.int64,
    held=np.int64,
    channel=np.int64,
    settled=np.float64,
    bench=np.int64,
    since=np.float64,
    before=np.int64,
    behind=np.int64,
    place=np.int64,
)
"""An agent of a group, whose choices begin at ``takes``, has ``held`` contacts of one ``channel`` in the slots from ``hand`` on, their
work booked until ``settled``; sits on a bench ``since`` then, between the
one ``before`` and the one ``behind``; and stands at a ``place`` in the heap."""
LINE = _record(
    live=np.bool_,
    offers=np.int64,
    concurrency=np.int64,
    levels=np.int64,
    seat=np.int64,
    slowdown=np.float64,
    exclusive=np.bool_,
    overflows=np.bool_,
    arrives=np.float64,
    coming=np.int64,
    head=np.int64,
    tail=np.int64,
    last=np.int64,
    put_down=np.int64,
    answered=np.int64,
    left=np.int64,
)
"""A channel with its rules; the contact ``coming`` next by itself of those before ``last``, and when; the places ``head`` .. ``tail`` - 1
of its queue that are taken, the top of the stack of those put down, and how many were answered and how many have left."""
HAND = _record(contact=np.int64, left=np.float64)
"""One contact in hand with the seconds of work left."""
TURN = _record(time=np.float64, agent=np.int64)
"""One place in the heap: who finishes something at that time, inf where the hands are empty."""
BENCH = _record(front=np.int64, rear=np.int64, count=np.int64)
"""First and last agent of those who sit on a bench, and how many they are."""
CALL = _record(time=np.float64, contact=np.int64)
"""A contact that will follow from another at that time, or be offered again."""
PAUSED = _record(left=np.float64, below=np.int64)
"""Seconds of work left of a contact that was put down, on top of the one ``below``."""


class State(NamedTuple):
    """All that the steps of the event loop look at and change, in records where what is looked at together lies together."""

    agents: Records
    lines: Records
    hands: Records
    turns: Records
    benches: Records
    paused: Records
    calls: Records
    called: Ints
    queue: Ints
    arrival: Floats
    due: Floats
    started: Floats
    ends: Floats
    agent: Ints
    abandoned: Bools
    busy: Floats
    # what does not change
    channel_of: Ints
    handle: Floats
    patience: Floats
    follow: Records
    choices: Records
    width: int
    exclusives: bool
    booked_from: float
    booked_until: float


def opened(contacts: Contacts, duty: Duty, routes: Routes) -> State:
    """The state before the first event: nobody on duty, nothing waiting."""
    agents, channels = routes.take.shape
    count, slots = len(contacts.arrival), int(routes.concurrency.max(initial=1))
    state = State(
        agents=np.zeros(agents, AGENT),
        lines=np.zeros(channels, LINE),
        hands=np.zeros(agents * slots, HAND),
        # at least one place, so that the top can be looked at where there are no agents
        turns=np.zeros(max(1, agents), TURN),
        benches=np.zeros(routes.benches, BENCH),
        paused=np.empty(count, PAUSED),
        calls=np.empty(_most_calls(contacts, routes), CALL),
        called=np.zeros(1, np.int64),
        queue=np.empty(count, np.int64),
        arrival=contacts.arrival.copy() if len(contacts.follow) else contacts.arrival,
        due=contacts.due.copy() if len(contacts.follow) else contacts.due,
        started=np.full(count, np.inf),
        ends=np.full(count, np.inf),
        agent=np.full(count, NOBODY),
        abandoned=np.zeros(count, np.bool_),
        busy=np.zeros((channels, agents)),
        channel_of=contacts.channel,
        handle=contacts.handle,
        patience=contacts.patience,
        follow=contacts.follow,
        choices=routes.choices,
        width=routes.width,
        exclusives=bool(routes.exclusive.any()),
        booked_from=float(duty.booked_from),
        booked_until=float(duty.booked_until),
    )
    _fill(
        state.agents,
        group=routes.group,
        takes=routes.takes[routes.group],
        hand=slots * np.arange(agents),
        bench=NOWHERE,
        place=np.arange(agents),
    )
    _fill(state.turns, time=np.inf, agent=np.arange(len(state.turns)))
    state.calls[0].time = np.inf
    _fill(state.benches, front=NOBODY, rear=NOBODY)
    _fill(state.lines, head=contacts.first[:-1], tail=contacts.first[:-1], put_down=NOTHING)
    last = contacts.first[:-1] + [np.count_nonzero(np.isfinite(contacts.arrival[own])) for own in contacts.of_channel]
    _fill(state.lines, coming=contacts.first[:-1], last=last)
    for name in ("live", "exclusive", "overflows", "offers", "concurrency", "levels", "seat", "slowdown"):
        state.lines[name] = getattr(routes, name)
    state.lines["arrives"] = [
        contacts.arrival[own.start] if own.start < own.stop else np.inf for own in contacts.of_channel
    ]
    return state


def _most_calls(contacts: Contacts, routes: Routes) -> int:
    """Room for all that may follow and for every time that a contact may be offered again, and for the end of the heap."""
    if not routes.overflows.any():
        return 1 + int(np.count_nonzero(np.isinf(contacts.arrival)))
    return 1 + len(contacts.arrival) * (1 + int(np.count_nonzero(routes.choices["after"])))


def _fill(records: Records, **fields: object) -> None:
    for name, value in fields.items():
        records[name] = value


def closed(state: State, first: Ints) -> Floor:
    """What is left of a state; ``first`` as in :class:`Contacts`."""
    return Floor(
        on_duty=state.agents["on_duty"],
        held=state.agents["held"],
        arrival=state.arrival,
        started=state.started,
        ends=state.ends,
        agent=state.agent,
        abandoned=state.abandoned,
        arrived=state.lines["tail"] - first,
        answered=state.lines["answered"],
        left=state.lines["left"],
        busy=state.busy,
    )
