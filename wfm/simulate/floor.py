"""What the event loop reads and writes: contacts, duty, and the floor on which they meet, all plain arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.simulate.router import Routes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NOBODY = NOTHING = NOWHERE = -1


class Contacts(NamedTuple):
    """All contacts, numbered channel by channel and within a channel by arrival.

    Channel k has the numbers ``first[k]`` to ``first[k + 1]`` - 1. ``patience`` is inf where nobody abandons; contacts of equal rank
    are taken by ``due``: the arrival of live ones, the deadline of deferred ones.
    """

    channel: Ints
    arrival: Floats
    handle: Floats
    patience: Floats
    due: Floats
    first: Ints


class Duty(NamedTuple):
    """When agents turn to the queue (``on``) and away from it, by time; ``end`` is the end of the grid.

    Time in work is booked from ``booked_from`` on and not beyond ``booked_until``.
    """

    at: Floats
    agent: Ints
    on: Bools
    end: float
    booked_from: float = 0.0
    booked_until: float = np.inf


class Floor(NamedTuple):
    """Everything that changes while contacts are served; what remains of it at the end is the outcome.

    An agent has ``held`` contacts of one ``channel`` in hand, slots 0 .. held - 1, with ``left`` seconds of work each as of ``settled``.
    Agents with room for more stand in a row on a bench, those who came first in front. All agents are in a heap by the time at which
    they finish next, inf where their hands are empty.
    """

    # by agent
    on_duty: Bools
    held: Ints
    channel: Ints
    settled: Floats
    since: Floats
    bench: Ints
    before: Ints
    behind: Ints
    place: Ints
    # by agent and slot
    slots: Ints
    left: Floats
    # by place in the heap
    finishes: Floats
    finisher: Ints
    # by bench: first and last in the row
    front: Ints
    rear: Ints
    # by contact: inf and NOBODY until it happens
    started: Floats
    ends: Floats
    remaining: Floats
    agent: Ints
    below: Ints
    abandoned: Bools
    # by channel: waiting are head .. tail - 1, and the stack of those put down
    head: Ints
    tail: Ints
    put_down: Ints
    answered_count: Ints
    abandoned_count: Ints
    # seconds on duty with a contact in hand (channels, agents)
    busy: Floats


def opened(contacts: Contacts, routes: Routes) -> Floor:
    """The floor before the first event: nobody on duty, nothing waiting."""
    agents, channels = routes.take.shape
    count, slots, benches = len(contacts.arrival), routes.concurrency.max(initial=1), routes.benches
    return Floor(
        on_duty=np.zeros(agents, np.bool_),
        held=np.zeros(agents, np.int64),
        channel=np.full(agents, NOTHING, np.int64),
        settled=np.zeros(agents),
        since=np.zeros(agents),
        bench=np.full(agents, NOWHERE, np.int64),
        before=np.full(agents, NOBODY, np.int64),
        behind=np.full(agents, NOBODY, np.int64),
        place=np.arange(agents),
        slots=np.full((agents, slots), NOTHING, np.int64),
        left=np.zeros((agents, slots)),
        # a place more than there are agents keeps the top of the heap readable where there are none
        finishes=np.full(agents + 1, np.inf),
        finisher=np.arange(agents + 1),
        front=np.full(benches, NOBODY, np.int64),
        rear=np.full(benches, NOBODY, np.int64),
        started=np.full(count, np.inf),
        ends=np.full(count, np.inf),
        remaining=contacts.handle.copy(),
        agent=np.full(count, NOBODY, np.int64),
        below=np.full(count, NOTHING, np.int64),
        abandoned=np.zeros(count, np.bool_),
        head=contacts.first[:-1].copy(),
        tail=contacts.first[:-1].copy(),
        put_down=np.full(channels, NOTHING, np.int64),
        answered_count=np.zeros(channels, np.int64),
        abandoned_count=np.zeros(channels, np.int64),
        busy=np.zeros((channels, agents)),
    )
