"""From deferred work to a staffing curve: the smoothest that keeps all deadlines on average, and the smallest that keeps a promise."""

from __future__ import annotations

import numpy as np

from wfm.domain.errors import Fault, InputError
from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.deferred import DeferredWork
from wfm.staffing.deferred_chance import Chance, expect_deferred
from wfm.staffing.levelling import Windows, levelled

_HALVINGS = 6
"""The scale of a curve to 1 / 64: a team is not sized more finely."""
_ROUNDING = 1e-9
_LARGEST_SCALE = 16.0


def smoothest_heads(work: DeferredWork, is_open: Bools, share: float = 1.0) -> Floats:
    """Agents in each step, shape (count,), fractional, 0 where closed: smallest total, smallest peak, fewest changes; see :func:`levelled`.

    Work may be done from the step in which it comes to the last open step that ends by the deadline of what comes at that step's start,
    at least in the first open step that it meets; the backlog likewise from the start on, where what is late already has as long as what
    is due next, for it is done before. Raises InputError where work comes and
    nothing is open any more, and unless 0 < share <= 1.
    """
    edges, before = work.clock.edges, np.append(0, np.cumsum(is_open))
    heads, size = np.zeros(is_open.size), work.backlog_contacts * work.backlog_aht_seconds
    left = _time_left(work)
    amount = np.append(size, work.work_seconds)
    first = np.append(np.zeros(size.size, dtype=np.int64), before[:-1])
    due = np.append(work.clock.first_shown(left), work.clock.deadlines(edges[:-1], work.within_seconds))
    by_then = before[np.searchsorted(edges, due * (1 + _ROUNDING), side="right") - 1]
    some = amount > 0
    if (first[some] >= before[-1]).any():
        raise InputError([Fault("an open step at or after any work", "work after the last open step")])
    end = np.clip(by_then, first + 1, max(1, int(before[-1])))
    if some.any():
        windows = Windows(amount[some], first[some], np.maximum.accumulate(end[some]), int(before[-1]))
        heads[is_open] = levelled(windows, share) / np.diff(edges)[is_open]
    return heads


def _time_left(work: DeferredWork) -> Floats:
    """Seconds on the clock until each age of the backlog is due, or until the next one is where it is late already."""
    left = work.within_seconds - work.backlog_age_seconds
    return np.where(left < 0, left[left >= 0].min(initial=work.within_seconds), left)


def smallest_heads(work: DeferredWork, is_open: Bools, share: float, chance: Chance) -> Integers:
    """Whole agents in each step, shape (count,): the smoothest curve, scaled as little as keeps the promise with chance in it.

    The least scale, to 1 / 64, at which :func:`expect_deferred` finishes ``share`` of the contacts in time. What rounding up gives too
    much in one step is taken off the next, so that the total is rounded once. Raises InputError where no team keeps the promise, as for
    a backlog that is late already.
    """
    smooth = smoothest_heads(work, is_open)

    def scaled(scale: float) -> Integers:
        by_then = np.ceil(np.cumsum(scale * smooth) - _ROUNDING)
        return np.diff(by_then, prepend=0.0).astype(np.int64)

    def enough(scale: float) -> bool:
        return expect_deferred(work, scaled(scale).astype(np.float64), chance).share_in_time >= share

    low, high = 0.0, 1.0
    while not enough(high):
        low, high = high, 2 * high
        if high > _LARGEST_SCALE:
            came = f"{expect_deferred(work, scaled(low).astype(np.float64), chance).share_in_time:.1%} with {low:g} times the work's agents"
            raise InputError([Fault(f"{share:.1%} in time to be within reach", came, "Is the backlog late already?")])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return scaled(high)
