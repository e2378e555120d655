"""Stationary systems: types of calls with constant rates, groups of agents with constant heads, and the service they give each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain import Fault, InputError
from wfm.simulate.floor import Contacts, Duty, Floats, Floor, Ints
from wfm.simulate.kernel import Kernel, compiled
from wfm.simulate.measure import check_conservation
from wfm.simulate.router import NOT_SKILLED, Routes, tables

Takes = Literal["skill_order", "longest_wait"]
"""What an agent who becomes free takes: the first of the group's skills that somebody waits for, or the call that waits longest."""
Offers = Literal["longest_idle", "specialist_first", "skill_order"]
"""Who gets a call that finds several agents free: the idle longest; of the group with fewest skills; that lists the type earliest."""


@dataclass(frozen=True)
class Calls:
    """Types of calls: S rates in calls a second, mean handle and mean patience seconds (inf: nobody abandons), each of shape (S,).

    Arrivals are Poisson and patience is exponential. Handle times are exponential where ``handle_cv`` is None, otherwise lognormal with
    this coefficient of variation.
    """

    per_second: Floats
    handle_seconds: Floats
    patience_seconds: Floats
    handle_cv: float | None = None

    @classmethod
    def of(
        cls, per_second: ArrayLike, handle_seconds: ArrayLike, patience_seconds: ArrayLike, cv: float | None = None
    ) -> Calls:
        """Calls of numbers or rows, each stretched to one number a type; raises InputError where they cannot be rates and times."""
        rows = (per_second, handle_seconds, patience_seconds)
        rate, handle, patience = np.broadcast_arrays(*(np.atleast_1d(np.asarray(row, np.float64)) for row in rows))
        if rate.ndim != 1 or not ((rate >= 0) & (handle >= 0) & (patience > 0)).all() or not np.isfinite(handle).all():
            came = f"{rate.tolist()}, {handle.tolist()} and {patience.tolist()}"
            raise InputError([Fault("rates and handle times of 0 or more and patience above 0, one a type", came)])
        return cls(rate, handle, patience, cv)


class Window(NamedTuple):
    """How long to look: ``seconds`` are measured after ``warm_up`` and before ``cool_down`` seconds in which calls come as well.

    Who comes within the measured seconds is measured; the cool-down lets the last of them be answered amid those who come later.
    """

    seconds: float
    warm_up: float
    cool_down: float = 1_800.0

    @property
    def end(self) -> float:
        """Seconds from the empty start to the end of the cool-down."""
        return self.warm_up + self.seconds + self.cool_down


class PoolService(NamedTuple):
    """What was measured in each of R replications: arrays of shape (R, S) by type, ``busy_seconds`` of shape (R, G) by group.

    offered = answered + abandoned + waiting; ``inside`` were answered within the given seconds; ``wait_seconds`` is the sum of the waits
    of all offered, until answer, abandonment or the end.
    """

    offered: Ints
    answered: Ints
    inside: Ints
    abandoned: Ints
    waiting: Ints
    wait_seconds: Floats
    busy_seconds: Floats


def draw_calls(calls: Calls, window: Window, seed: int, replication: int) -> Contacts:
    """One replication of all calls; the same seed and replication give a type the same calls whatever the other types and the agents.

    Draw once and serve with many staffings: they then differ by what they do, not by luck (common random numbers).
    """
    parts = [_of_type(calls, k, window.end, seed, replication) for k in range(len(calls.per_second))]
    arrival, handle, patience = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    counts = [len(part[0]) for part in parts]
    return Contacts(
        channel=np.repeat(np.arange(len(parts)), counts),
        arrival=arrival,
        handle=handle,
        patience=patience,
        due=arrival,
        first=np.concatenate([[0], np.cumsum(counts)]),
    )


def _of_type(calls: Calls, k: int, end: float, seed: int, replication: int) -> tuple[Floats, Floats, Floats]:
    """Arrival, handle seconds and patience of one type."""
    arrivals, handles, patiences = (
        np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(replication, k, purpose))))
        for purpose in range(3)
    )
    expected = calls.per_second[k] * end
    gaps = arrivals.standard_exponential(int(expected + 8 * np.sqrt(expected) + 20))
    arrival = np.cumsum(gaps) / calls.per_second[k] if expected > 0 else np.empty(0)
    arrival = arrival[: np.searchsorted(arrival, end)]
    if calls.handle_cv is None:
        unit = handles.standard_exponential(len(arrival))
    else:
        variance = np.log1p(calls.handle_cv**2)
        unit = np.exp(np.sqrt(variance) * handles.standard_normal(len(arrival)) - variance / 2)
    patience = calls.patience_seconds[k] * patiences.standard_exponential(len(arrival))
    return arrival, calls.handle_seconds[k] * unit, patience


def group_ranks(skills: Sequence[Sequence[int]], types: int, takes: Takes, offers: Offers) -> tuple[Ints, Ints]:
    """How groups rank types, shape (G, S), and types rank groups, shape (S, G): lower first, -1 without the skill.

    ``skills[g]`` lists the types that group g serves, in its order. Ranks of your own may take their place in :func:`serve_pools`.
    """
    take = np.full((len(skills), types), NOT_SKILLED)
    offer = np.full((types, len(skills)), NOT_SKILLED)
    for group, row in enumerate(skills):
        for place, kind in enumerate(row):
            take[group, kind] = place if takes == "skill_order" else 0
            offer[kind, group] = {"longest_idle": 0, "specialist_first": len(row), "skill_order": place}[offers]
    return take, offer


def pool_routes(
    agents: Ints, ranks: tuple[Ints, Ints], concurrency: ArrayLike = 1, slowdown: ArrayLike = 0.0
) -> Routes:
    """The tables for ``agents[g]`` heads in group g with the ranks of :func:`group_ranks`, chats where concurrency is above 1."""
    take, offer = ranks
    heads, types = np.repeat(np.arange(len(agents)), agents), take.shape[1]
    live = np.ones(types, np.bool_)
    many = np.broadcast_to(np.asarray(concurrency, np.int64), types)
    slower = np.broadcast_to(np.asarray(slowdown, np.float64), types)
    at_once, nobody = np.zeros((len(heads), types)), np.zeros((len(heads), types), np.int64)
    return tables(take[heads], offer[:, heads], at_once, nobody, live, ~live, many, slower)


def serve_pools(
    drawn: Sequence[Contacts],
    window: Window,
    agents: ArrayLike,
    ranks: tuple[Ints, Ints],
    within_seconds: ArrayLike,
    *,
    concurrency: ArrayLike = 1,
    slowdown: ArrayLike = 0.0,
    kernel: Kernel | None = None,
) -> PoolService:
    """The service that ``agents[g]`` heads in each group give to drawn calls (one entry a replication), inside ``within_seconds`` a type.

    An agent holds up to ``concurrency`` calls of a type (chats), each further one slowing the others by ``slowdown``; ``kernel`` is the
    event loop, compiled unless given. Raises RuntimeError where a call was lost, which is checked in every replication.
    """
    heads = np.asarray(agents, np.int64)
    desk = pool_routes(heads, ranks, concurrency, slowdown)
    duty = _always(int(heads.sum()), window)
    within = np.broadcast_to(np.asarray(within_seconds, np.float64), (ranks[0].shape[1],))
    serve = kernel or compiled()
    rows = [_measured(calls, serve(calls, duty, desk), window, heads, within) for calls in drawn]
    return PoolService(*(np.stack(column) for column in zip(*rows, strict=True)))


def simulate_pools(
    calls: Calls,
    skills: Sequence[Sequence[int]],
    agents: ArrayLike,
    window: Window,
    *,
    seed: int,
    replications: int = 10,
    within_seconds: ArrayLike = 20.0,
    takes: Takes = "longest_wait",
    offers: Offers = "longest_idle",
) -> PoolService:
    """Draw and serve: ``agents[g]`` heads with ``skills[g]`` (types in the group's order) serve the calls."""
    ranks = group_ranks(skills, len(calls.per_second), takes, offers)
    drawn = [draw_calls(calls, window, seed, number) for number in range(replications)]
    return serve_pools(drawn, window, agents, ranks, within_seconds)


def _always(agents: int, window: Window) -> Duty:
    return Duty(
        at=np.zeros(agents),
        agent=np.arange(agents),
        on=np.ones(agents, np.bool_),
        end=float(window.end),
        booked_from=float(window.warm_up),
        booked_until=float(window.warm_up + window.seconds),
    )


def _measured(calls: Contacts, floor: Floor, window: Window, heads: Ints, within: Floats) -> PoolService:
    check_conservation(calls, floor)
    last = window.warm_up + window.seconds
    rows = []
    for k, (first, end) in enumerate(zip(calls.first[:-1], calls.first[1:], strict=True)):
        begin, stop = first + np.searchsorted(calls.arrival[first:end], [window.warm_up, last])
        own = slice(begin, stop)
        served, left = np.isfinite(floor.started[own]), floor.abandoned[own]
        leaves = np.where(left, calls.arrival[own] + calls.patience[own], window.end)
        wait = np.minimum(floor.started[own], leaves) - calls.arrival[own]
        soon, both = np.count_nonzero(served & (wait <= within[k])), np.count_nonzero(served) + np.count_nonzero(left)
        rows.append(
            (stop - begin, both - np.count_nonzero(left), soon, np.count_nonzero(left), stop - begin - both, wait.sum())
        )
    starts = np.concatenate([[0], np.cumsum(heads)[:-1]])
    busy = np.add.reduceat(np.append(floor.busy.sum(axis=0), 0.0), starts) * (heads > 0)
    offered, answered, inside, abandoned, waiting, waits = (np.array(column) for column in zip(*rows, strict=True))
    return PoolService(offered, answered, inside, abandoned, waiting, waits, busy)
