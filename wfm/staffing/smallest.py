"""The smallest number of agents that meets a combination of targets, for many intervals at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from wfm.domain.errors import Fault, InputError
from wfm.domain.target import Abandonment, AverageWait, Occupancy, ServiceLevel, Target
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.erlang import erlang_a, erlang_c
from wfm.staffing.queue import QueueMetrics

_TIE = 1 + 1e-12
"""A figure that equals its target but for rounding meets it: 88 Erlangs on 100 agents are 88 % occupancy."""
_LARGEST = 2**53
"""Whole numbers above this are no longer exact as doubles."""


def smallest_agents(
    load_erlangs: ArrayLike,
    aht_seconds: ArrayLike,
    targets: Sequence[Target],
    patience_seconds: ArrayLike | None = None,
) -> Integers:
    """Least n that meets all targets, shape of the broadcast arguments: 0 where the load is 0, at least 1 elsewhere.

    Erlang A where ``patience_seconds`` is given (n may lie far below the load), else Erlang C (n lies above it). Every target is easier
    with more agents, so galloping from the load and halving finds the least n. Raises InputError for a target that no number of
    agents meets (100 % in time, nobody abandons, no wait at all) or that does not belong to a live channel.
    """
    given = [load_erlangs, aht_seconds] if patience_seconds is None else [load_erlangs, aht_seconds, patience_seconds]
    load, aht, *patience = (np.array(part, dtype=np.float64) for part in np.broadcast_arrays(*given))
    _refuse_unreachable(targets, waits_forever=patience_seconds is None)

    def met(rows: Integers, agents: Floats) -> Bools:
        columns = [part.ravel()[rows] for part in (load, aht, *patience)]
        return meets(targets, columns[0], agents, columns[1], columns[2] if patience else None)

    return _least(met, load.ravel()).reshape(load.shape)


def meets(
    targets: Sequence[Target], load: Floats, agents: Floats, aht_seconds: Floats, patience_seconds: Floats | None
) -> Bools:
    """Whether so many agents meet all targets; without patience they must also keep up with the load."""

    def queue(within_seconds: float) -> QueueMetrics:
        if patience_seconds is None:
            return erlang_c(load, agents, aht_seconds, within_seconds)
        return erlang_a(load, agents, aht_seconds, patience_seconds, within_seconds)

    levels = {target.within_seconds: target for target in targets if isinstance(target, ServiceLevel)}
    queues = {seconds: queue(seconds) for seconds in levels or (0.0,)}
    ok = (load < agents) | (load == 0) if patience_seconds is None else np.ones(agents.shape, dtype=np.bool_)
    for target in targets:
        within = target.within_seconds if isinstance(target, ServiceLevel) else next(iter(queues))
        ok &= target_met(target, queues[within])
    return ok


def target_met(target: Target, queue: QueueMetrics) -> Bools:
    """Whether the figures of a queue (computed for the target's own T) meet one target; ties within 1e-12 do."""
    if isinstance(target, ServiceLevel):
        return queue.missed(target.definition) <= (1 - target.share) * _TIE
    if isinstance(target, AverageWait):
        return queue.average_wait_seconds <= target.seconds * _TIE
    if isinstance(target, Abandonment):
        return queue.p_abandon <= target.share * _TIE
    if isinstance(target, Occupancy):
        return queue.occupancy <= target.share * _TIE
    raise InputError([Fault(expected="targets of a live channel", came=f"a target of kind {target.kind}")])


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


def _least(met: Callable[[Integers, Floats], Bools], load: Floats) -> Integers:
    """Least n >= 1 with met(rows, n), which is monotone in n; 0 where the load is 0."""
    low, high = np.zeros(load.shape), np.full(load.shape, np.inf)
    high[load == 0] = 0
    stride = np.maximum(1.0, np.floor(np.sqrt(load) / 2))
    probe = np.maximum(1.0, np.ceil(load))
    rows = np.flatnonzero(load)
    while rows.size:
        tried = probe[rows]
        if tried.max() > _LARGEST:
            raise InputError([Fault("a load that a countable number of agents can serve", f"{load[rows].max():g}")])
        ok = met(rows, tried)
        high[rows[ok]], low[rows[~ok]] = tried[ok], tried[~ok]
        rows = rows[high[rows] - low[rows] > 1]
        down = np.maximum(high[rows] - stride[rows], np.floor((low[rows] + high[rows]) / 2))
        probe[rows] = np.where(np.isinf(high[rows]), low[rows] + stride[rows], down)
        stride[rows] *= 2
    return high.astype(np.int64)
