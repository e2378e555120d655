"""Erlang B, C and A: what n agents give a load, for arrays of any shape, from 0.001 to 100,000 Erlangs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from wfm.staffing.arrays import Bools, Floats, as_arrays
from wfm.staffing.gamma_integral import Panel, curvature, panel
from wfm.staffing.queue import QueueMetrics

_ROWS = 256
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
    load_erlangs: ArrayLike, agents: ArrayLike, aht_seconds: ArrayLike, within_seconds: ArrayLike
) -> QueueMetrics:
    """M/M/n, where everybody waits: figures of broadcast shape for load a, n agents (real), mean handle time and threshold T.

    P(wait) = a / (a + (n - a) / B(n - 1, a)); P(V > t) = P(wait) exp(-(n - a) t / aht) (Erlang 1917). Where n <= a > 0 the queue
    grows without end: P(wait) = 1, service level 0, waits infinite, occupancy 1. Raises InputError for input that is negative or no number.
    """
    load, number, handle, within = as_arrays(
        load_erlangs=load_erlangs, agents=agents, aht_seconds=aht_seconds, within_seconds=within_seconds
    )
    spare = number - load
    wait = np.where(load > 0, 1.0, 0.0)
    wait, no_wait = _by_rows((load > 0) & (spare > 0), _waiting_without_end, (wait, 1.0 - wait), load, number)
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
    From n = 0.01 up all digits hold to 1e-13; further down, with patience / aht below 1e-5 too, 1e-8.
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
        (load > 0) & (number > 0), _waiting_with_patience, alone, load, number, patience / handle, -within / patience
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


def _mode(load: Floats, number: Floats) -> Floats:
    """ln(n / a), where all the integrands peak, with its digits also where n is close to a."""
    excess = (number - load) / load
    return np.where(np.abs(excess) < 0.5, np.log1p(np.maximum(excess, -0.5)), np.log(number / load))


def _idle(load: Floats, number: Floats) -> tuple[Floats, Floats]:
    """1 / (a B(n - 1, a)) as (mantissa, logarithm of the scale): the weight of finding an agent free."""
    mode = _mode(load, number)
    top = np.maximum(mode, 0.0)
    rate = np.where(mode > 0, number, load)
    toward = np.ones_like(load)
    right = panel(rate, number * np.abs(np.expm1(top - mode)), np.full_like(load, np.inf), toward).weight
    left = panel(number, np.zeros_like(load), top, -toward).weight
    return right.sum(axis=1) + left.sum(axis=1), number * curvature(-top)


def _blocking(load: Floats, number: Floats) -> Floats:
    mantissa, scale = _idle(load, number + 1.0)
    return np.minimum(1.0, np.exp(-scale) / (load * mantissa))


def _waiting_without_end(load: Floats, number: Floats) -> tuple[Floats, Floats]:
    """P(wait) and 1 - P(wait) of Erlang C, n > a > 0."""
    mantissa, scale = _idle(load, number)
    free, busy = (number - load) * mantissa, np.exp(-scale)
    return busy / (busy + free), free / (busy + free)


def _waiting_with_patience(load: Floats, number: Floats, ratio: Floats, threshold: Floats) -> tuple[Floats, ...]:
    """P(wait), the four ends of a contact, and the mean wait of the served in units of patience; Erlang A, n, a > 0.

    ``ratio`` = patience / aht, ``threshold`` = -T / patience. The integral over w <= 0 falls into three pieces, each of which only
    falls from its start: from peak or threshold up to 0, between threshold and peak, and everything to the left of both.
    """
    total, pull = ratio * number, ratio * load
    mode = _mode(load, number)
    peak = np.minimum(mode, 0.0)
    near, far = np.maximum(threshold, peak), np.minimum(threshold, peak)
    early_peak = threshold <= peak
    right, endless = np.ones_like(load), np.full_like(load, np.inf)

    def rate_at(point: Floats) -> Floats:
        return np.where(point == mode, total, pull * np.exp(point))

    def slope_at(point: Floats) -> Floats:
        return total * np.abs(np.expm1(point - mode))

    def ends(start: Floats, limit: Floats, direction: Floats, in_time: Bools) -> Floats:
        piece = panel(rate_at(start), slope_at(start), limit, direction)
        drop = rate_at(peak) * curvature(start - peak) + slope_at(peak) * np.abs(start - peak)
        return np.exp(-drop) * _ends(piece, start, np.where(in_time, 0.0, threshold))

    always = np.ones_like(early_peak)
    first = ends(near, -near, right, always)
    middle = ends(peak, near - far, np.where(early_peak, -right, right), early_peak)
    last = ends(far, endless, -right, ~always)
    in_time, after = first + np.where(early_peak, middle, 0.0), last + np.where(early_peak, 0.0, middle)
    return _shares(load, number, ratio, threshold, in_time, after, total * curvature(-peak))


def _ends(piece: Panel, start: Floats, origin: Floats) -> Floats:
    """Sums over the knots w of one piece, shape (4, rows): of 1, of e^w (those still there), of -w e^w, and of 1 - e^(w - origin)."""
    patient = piece.weight * piece.growth
    base = (start - origin)[:, None]
    gone = -(piece.weight * (np.expm1(base) + np.exp(base) * piece.excess)).sum(axis=1)
    answered = np.exp(start) * patient.sum(axis=1)
    waited = -np.exp(start) * (patient * (start[:, None] + piece.offset)).sum(axis=1)
    return np.stack([piece.weight.sum(axis=1), answered, waited, gone])


def _shares(
    load: Floats, number: Floats, ratio: Floats, threshold: Floats, in_time: Floats, after: Floats, scale: Floats
) -> tuple[Floats, ...]:
    """Shares of the offered contacts from the sums of both sides of T, on one scale with the weight of finding an agent free."""
    idle, idle_scale = _idle(load, number)
    highest = np.maximum(scale, idle_scale)
    free, factor = idle * np.exp(idle_scale - highest), ratio * np.exp(scale - highest)
    whole = free + factor * (in_time[0] + after[0])
    below, above = factor / whole * in_time, factor / whole * after
    answered, late = free / whole + below[1], above[1]
    gone = below[3] - np.expm1(threshold) * above[0]
    gone_late = np.exp(threshold) * above[3]
    return (
        np.minimum(1.0, below[0] + above[0]),
        answered,
        late,
        gone,
        gone_late,
        (below[2] + above[2]) / (answered + late),
    )
