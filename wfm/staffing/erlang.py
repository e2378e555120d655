"""Erlang B, C and A: what n agents give a load, for arrays of any shape, from 0.001 to 100,000 Erlangs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from wfm.staffing.arrays import Bools, Floats, as_arrays
from wfm.staffing.gamma_integral import idle_weight
from wfm.staffing.patience import waiting_with_patience
from wfm.staffing.queue import QueueMetrics

_ROWS = 128
"""Rows worked on at once: their knots fit a processor's cache."""
_ENDLESS = np.inf


def erlang_b(load_erlangs: ArrayLike, agents: ArrayLike) -> Floats:
    """Share of contacts blocked in M/M/n/n, where a contact that finds all n agents busy is lost; 0..1, broadcast shape.

    1/B = a * integral over w >= 0 of exp((n + 1) w - a (e^w - 1)), which is Erlang's sum for whole n and continues it to real n >= 0
    (Erlang 1917; Jagerman 1974). Raises InputError for input that is negative or no number.
    """
    load, number = as_arrays(load_erlangs=load_erlangs, agents=agents)
    blocked = np.where(load > 0, 0.0, np.where(number > 0, 0.0, 1.0))
    (blocked,) = _by_rows(load > 0, lambda a, n: (_blocking(a, n),), (blocked,), load, number)
    return blocked


def erlang_c(
    load_erlangs: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    within_seconds: ArrayLike,
    excess_erlangs: Floats | float = 0.0,
) -> QueueMetrics:
    """M/M/n, where everybody waits: figures of broadcast shape for load a, n agents (real), mean handle time and threshold T.

    P(wait) = a / (a + (n - a) / B(n - 1, a)); P(V > t) = P(wait) exp(-(n - a) t / aht) (Erlang 1917). Where n <= a > 0 the queue
    grows without end: P(wait) = 1, service level 0, waits infinite, occupancy 1. ``excess_erlangs`` is what the load has beyond the
    double that stands for it: where n is close to a, n - a is all that counts. Raises InputError for input that is negative or no number.
    """
    load, number, handle, within = as_arrays(
        load_erlangs=load_erlangs, agents=agents, aht_seconds=aht_seconds, within_seconds=within_seconds
    )
    spare = (number - load) - excess_erlangs
    wait = np.where(load > 0, 1.0, 0.0)
    wait, no_wait = _by_rows((load > 0) & (spare > 0), _waiting_without_end, (wait, 1.0 - wait), load, number, spare)
    decay = np.maximum(spare, 0.0) * within / handle
    delay = np.divide(handle * wait, spare, out=np.where(load > 0, _ENDLESS, 0.0), where=spare > 0)
    none = np.zeros_like(load)
    return QueueMetrics(
        load, number, handle, wait, no_wait - wait * np.expm1(-decay), wait * np.exp(-decay), none, none, delay, delay
    )


def erlang_a(
    load_erlangs: ArrayLike,
    agents: ArrayLike,
    aht_seconds: ArrayLike,
    patience_seconds: ArrayLike,
    within_seconds: ArrayLike,
) -> QueueMetrics:
    """M/M/n+M, where customers abandon after an exponential patience: figures of broadcast shape, for any n >= 0 (real).

    The wait V of a patient customer has the density a exp(a q (1 - exp(-x / patience)) - n x / aht) / aht / (1 / B(n - 1, a) + a J),
    q = patience / aht, J its integral (Palm 1957; Mandelbaum & Zeltyn 2007). With w = -x / patience the exponent becomes
    q (n w - a (e^w - 1)), the same integral as in Erlang B. Without agents nobody is answered and that wait is infinite.
    Raises InputError for input that is negative or no number.
    """
    load, number, handle, patience, within = as_arrays(
        load_erlangs=load_erlangs,
        agents=agents,
        aht_seconds=aht_seconds,
        patience_seconds=patience_seconds,
        within_seconds=within_seconds,
    )
    served = np.where(load > 0, 0.0, 1.0)
    gone = np.where(load > 0, -np.expm1(-within / patience), 0.0)
    stays = np.where(load > 0, np.exp(-within / patience), 0.0)
    alone = (1 - served, served, np.zeros_like(load), gone, stays, np.where(load > 0, _ENDLESS, 0.0))
    p_wait, answered, late, gone, stays, delay = _by_rows(
        (load > 0) & (number > 0), waiting_with_patience, alone, load, number, patience / handle, -within / patience
    )
    return QueueMetrics(
        load, number, handle, p_wait, answered, late, gone, stays, patience * (gone + stays), patience * delay
    )


def _by_rows(
    live: Bools, work: Callable[..., tuple[Floats, ...]], otherwise: tuple[Floats, ...], *arguments: Floats
) -> tuple[Floats, ...]:
    """``work`` on the live entries of the arguments, a cache-full of rows at a time; ``otherwise`` elsewhere."""
    results = tuple(np.array(part) for part in otherwise)
    flat = [np.array(argument[live]) for argument in arguments]
    parts = [work(*(column[first : first + _ROWS] for column in flat)) for first in range(0, int(live.sum()), _ROWS)]
    if parts:
        for result, columns in zip(results, zip(*parts, strict=True), strict=True):
            result[live] = np.concatenate(columns)
    return results


def _blocking(load: Floats, number: Floats) -> Floats:
    mantissa, scale = idle_weight(load, number + 1.0)
    half = np.exp(-scale / 2)  # in halves, so that nothing underflows on the way where the load is next to none
    return np.minimum(1.0, half / load * half / mantissa)


def _waiting_without_end(load: Floats, number: Floats, spare: Floats) -> tuple[Floats, Floats]:
    """P(wait) and 1 - P(wait) of Erlang C, spare = n - a > 0, a > 0."""
    mantissa, scale = idle_weight(load, number)
    free, busy = spare * mantissa, np.exp(-scale)
    return busy / (busy + free), free / (busy + free)
