"""The smallest number of agents that meets a combination of targets, for many intervals at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Abandonment, AverageWait, Occupancy, ServiceLevel, Target
from wfm.staffing.arrays import Bools, Floats, Integers, as_arrays
from wfm.staffing.bracket import least_from
from wfm.staffing.erlang import erlang_a, erlang_b, erlang_c
from wfm.staffing.queue import QueueMetrics

TIE = 1 + 1e-12
"""A figure that equals its target but for rounding meets it: 88 Erlangs on 100 agents are 88 % occupancy."""
_FAINT = 1e-300
"""Stands for a figure of 0 where its logarithm is taken."""
_LONGEST = 1e300
"""Any mean wait below this ends."""
_HALVINGS = 60
"""They leave less than the last digit of a double."""
_MANY = 1_000
"""Fewer loads than this are not worth a staircase."""


def smallest_agents(
    load_erlangs: ArrayLike,
    aht_seconds: ArrayLike,
    targets: Sequence[Target],
    patience_seconds: ArrayLike | None = None,
) -> Integers:
    """Least n that meets all targets, shape of the broadcast arguments: 0 where the load is 0, at least 1 elsewhere.

    Erlang A where ``patience_seconds`` is given (n may lie far below the load), else Erlang C (n lies above it). Every target is easier
    with more agents, so a search from where a queue without chance would meet them finds the least n. Raises InputError for a target
    that no number of agents meets (100 % in time, nobody abandons, no wait at all) or that does not belong to a live channel.
    """
    given = {"load_erlangs": load_erlangs, "aht_seconds": aht_seconds}
    if patience_seconds is not None:
        given["patience_seconds"] = patience_seconds
    load, aht, *patience = as_arrays(**given)
    _refuse_unreachable(targets, waits_forever=patience_seconds is None)

    flat, times = load.ravel(), [part.ravel() for part in (aht, *patience)]
    if all(part.size and np.ptp(part) == 0 for part in times):
        least = _least_alike(targets, flat, *(part[0] for part in times))
    else:
        least = _least(targets, flat, *times)
    return least.reshape(load.shape)


def fractional_agents(
    load_erlangs: ArrayLike,
    aht_seconds: ArrayLike,
    targets: Sequence[Target],
    patience_seconds: ArrayLike | None = None,
) -> Floats:
    """The real n at which all targets are just met, by halving below the least whole number; otherwise as :func:`smallest_agents`."""
    whole = smallest_agents(load_erlangs, aht_seconds, targets, patience_seconds).astype(np.float64)
    return halved(lambda agents: meets(targets, load_erlangs, agents, aht_seconds, patience_seconds, tie=1.0), whole)


def halved(met: Callable[[Floats], Bools], whole: Floats) -> Floats:
    """The real n from which met(n) holds, by halving below the least whole number."""
    low, high = np.maximum(whole - 1, 0.0), whole
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        ok = met(middle)
        low, high = np.where(ok, low, middle), np.where(ok, middle, high)
    return high


def smallest_lines(load_erlangs: ArrayLike, blocked_share: float) -> Integers:
    """Least n with B(n, load) <= ``blocked_share``: lines so that hardly any contact finds all of them busy; 0 where the load is 0."""
    (load,) = as_arrays(load_erlangs=load_erlangs)
    if not 0 < blocked_share <= 1:
        raise InputError([Fault("a blocked share above 0 and at most 1", f"{blocked_share:g}")])
    flat = load.ravel()
    least = least_agents(lambda rows, lines: erlang_b(flat[rows], lines) <= blocked_share * TIE, flat)
    return least.reshape(load.shape)


def meets(
    targets: Sequence[Target],
    load_erlangs: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    patience_seconds: ArrayLike | None = None,
    *,
    tie: float = TIE,
) -> Bools:
    """Whether so many agents (real, broadcast) meet all targets; without patience they must also keep up with the load."""
    figures = _figures(targets, load_erlangs, agents, aht_seconds, patience_seconds)
    ok: Bools = np.all(np.broadcast_arrays(*(figure <= most * tie for figure, most in figures)), axis=0)
    return ok


def _gap(
    targets: Sequence[Target],
    load: Floats,
    agents: Floats,
    aht_seconds: ArrayLike,
    patience_seconds: ArrayLike | None = None,
) -> Floats:
    """How far from their targets the figures are: above 0 where they miss one, and about straight in n."""
    figures = _figures(targets, load, agents, aht_seconds, patience_seconds)
    gaps = [np.log(np.maximum(figure, _FAINT)) - log(max(most * TIE, _FAINT)) for figure, most in figures]
    gap: Floats = np.max(np.broadcast_arrays(*gaps), axis=0)
    return gap


def _figures(
    targets: Sequence[Target],
    load: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    patience_seconds: ArrayLike | None,
) -> list[tuple[Floats, float]]:
    """For each target the figure it is about and the most that it may be; the mean wait may be anything but endless."""

    def queue(within_seconds: float) -> QueueMetrics:
        if patience_seconds is None:
            return erlang_c(load, agents, aht_seconds, within_seconds)
        return erlang_a(load, agents, aht_seconds, patience_seconds, within_seconds)

    queues = {
        target.within_seconds: queue(target.within_seconds) for target in targets if isinstance(target, ServiceLevel)
    }
    some = next(iter(queues.values())) if queues else queue(0.0)
    held = [
        _figure(target, queues[target.within_seconds] if isinstance(target, ServiceLevel) else some)
        for target in targets
    ]
    return [*held, (some.average_wait_seconds, _LONGEST)]


def target_met(target: Target, queue: QueueMetrics, tie: float = TIE) -> Bools:
    """Whether the figures of a queue meet one target of a live channel, but for rounding; InputError for another target."""
    figure, most = _figure(target, queue)
    return figure <= most * tie


def _figure(target: Target, queue: QueueMetrics) -> tuple[Floats, float]:
    """The figure that a target limits, and its limit."""
    if isinstance(target, ServiceLevel):
        return queue.missed(target.definition), 1 - target.share
    if isinstance(target, AverageWait):
        return queue.average_wait_seconds, target.seconds
    if isinstance(target, Abandonment):
        return queue.p_abandon, target.share
    if isinstance(target, Occupancy):
        return queue.occupancy, target.share
    raise InputError([Fault("targets of a live channel", f"a target of kind {target.kind}")])


def _refuse_unreachable(targets: Sequence[Target], *, waits_forever: bool) -> None:
    faults = []
    for target in targets:
        if isinstance(target, ServiceLevel) and target.share == 1:
            faults.append(Fault("a service level below 100%", f"{target}", "No number of agents answers everybody."))
        if isinstance(target, AverageWait) and target.seconds == 0:
            faults.append(Fault("an average wait above 0 seconds", "0", "No number of agents ends every wait."))
        if isinstance(target, Abandonment) and target.share == 0 and not waits_forever:
            faults.append(Fault("an abandonment above 0%", "0%", "No number of agents keeps everybody."))
    if faults:
        raise InputError(faults)


def _begin(
    targets: Sequence[Target], load: Floats, patience_seconds: Floats | float | None = None
) -> tuple[Floats, Floats, Floats]:
    """The load, a number of agents that is too few, and one near the least, by the reckoning of a queue without chance.

    n agents answer less than n Erlangs, for at times they are idle; so n must exceed the share of the load that a target wants answered.
    """
    if patience_seconds is None:
        caps = [target.share for target in targets if isinstance(target, Occupancy)]
        near = load / min(caps, default=1.0)
        return load, np.floor(load), np.ceil(near + np.sqrt(near) / 2)
    wanted, near = np.zeros_like(load), np.zeros_like(load)
    for target in targets:
        if isinstance(target, ServiceLevel):
            near = np.maximum(near, np.exp(-target.within_seconds / patience_seconds))
            wanted = np.maximum(wanted, target.share if target.definition == "offered" else 0.0)
        elif isinstance(target, Abandonment):
            wanted = np.maximum(wanted, 1 - target.share)
        elif isinstance(target, AverageWait):
            wanted = np.maximum(wanted, 1 - target.seconds / patience_seconds)
        elif isinstance(target, Occupancy):
            near = np.maximum(near, 1 / target.share)
    near = load * np.maximum(wanted, near)
    return load, np.floor(load * wanted), np.ceil(near + np.sqrt(near) / 2)


def _least(targets: Sequence[Target], load: Floats, *times: Floats | float) -> Integers:
    """Least n of each load; its handle time and perhaps patience are one for all, or one for each."""

    def gap(rows: Integers, agents: Floats) -> Floats:
        return _gap(
            targets, load[rows], agents, *(part[rows] if isinstance(part, np.ndarray) else part for part in times)
        )

    return least_from(gap, *_begin(targets, load, *times[1:]))


def _least_alike(targets: Sequence[Target], load: Floats, *times: float) -> Integers:
    """The same where n depends on the load only: many loads share the few steps of one staircase, n = 1, 2 ... up to a limit each."""
    busy = load[load > 0]
    if busy.size < _MANY:
        return _least(targets, load, *times)
    fewest, most = _least(targets, np.array([busy.min(), busy.max()]), *times)
    if (most - fewest) * _HALVINGS > busy.size:
        return _least(targets, load, *times)
    agents = np.arange(fewest, most, dtype=np.float64)
    low, high = np.full(agents.shape, busy.min()), np.full(agents.shape, busy.max())
    for _ in range(_HALVINGS):
        middle = np.sqrt(low) * np.sqrt(high)  # so that small loads are told apart as finely as large ones
        ok = meets(targets, middle, agents, *times)
        low, high = np.where(ok, np.maximum(low, middle), low), np.where(ok, high, middle)
    return np.where(load > 0, fewest + np.searchsorted(low, load), 0)


def least_agents(met: Callable[[Integers, Floats], Bools], load: Floats) -> Integers:
    """Least n >= 1 with met(rows, n), which is monotone in n; 0 where the load is 0."""
    return least_from(
        lambda rows, agents: np.where(met(rows, agents), -1.0, 1.0), load, np.zeros_like(load), np.ceil(load)
    )
