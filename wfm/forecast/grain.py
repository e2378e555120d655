"""Change of grain: the same contacts on another grid, finer or coarser, shifted or in another zone, with totals kept."""

from __future__ import annotations

from datetime import timedelta
from math import gcd
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wfm.domain import ContactHistory, TimeGrid
from wfm.domain.history import as_array, as_counts
from wfm.forecast.days import ratio

_Number = TypeVar("_Number", np.float64, np.bool_)

UNIT = 2.0**-24  # parts of a contact add up in doubles without rounding, whatever the order, up to 500 million contacts


def on_grid(history: ContactHistory, grid: TimeGrid, *, edges: bool = False) -> ContactHistory:
    """The history on another grid; contacts are taken to arrive evenly within their interval.

    A coarse interval sums the open parts of the fine ones below it: closed where all are closed, not recorded where an open
    part is (a part is never taken for the whole). Its AHT is the mean weighted by handled contacts (by offered ones where
    handled are unknown). Intervals that the history does not reach are not recorded.

    Where every count of a coarse interval is recorded, totals are conserved to the last bit: counts split in multiples of ``UNIT``.
    An interval into which the history reaches only in part (zones such as Asia/Kathmandu cut hours) is not recorded, or holds what came in
    that part with ``edges``; then all contacts are on a grid that covers the history.
    """
    if history.grid == grid:
        return history
    lattice = _Lattice(history.grid, grid)
    reached = lattice.place(np.ones(history.grid.count, dtype=np.bool_), outside=False)
    parts_open = lattice.place(history.open_mask(), outside=True)
    if edges:
        parts_open &= reached | ~reached.any(axis=1, keepdims=True)
    is_open: NDArray[np.bool_] = np.logical_or.reduce(parts_open, axis=1)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.where(parts_open, lattice.split(values), 0.0).sum(axis=1)
        return np.where(is_open, total, np.nan)

    def rows(name: str) -> tuple[float | None, ...]:
        values: tuple[float | None, ...] = getattr(history, name)
        return as_counts(summed(as_array(values))) if values else ()

    return history.model_copy(
        update={
            "grid": grid,
            "open": tuple(is_open.tolist()),
            "aht_seconds": as_counts(_handle_times(history, lattice)) if history.aht_seconds else (),
            **{name: rows(name) for name in ("offered", "handled", "abandoned")},
        }
    )


def handled_weights(history: ContactHistory) -> NDArray[np.float64]:
    """Contacts behind each interval's handle time, shape (count,): handled, or offered where that is unknown; 0 for none."""
    known = history.counts()
    if history.handled:
        handled = as_array(history.handled)
        known = np.where(np.isnan(handled), known, handled)
    return np.where(np.isnan(history.handle_times()), 0.0, np.nan_to_num(known))


def _handle_times(history: ContactHistory, lattice: _Lattice) -> NDArray[np.float64]:
    weights = handled_weights(history)
    work = lattice.place(np.nan_to_num(history.handle_times()) * weights, outside=0.0).sum(axis=1)
    contacts = lattice.place(weights, outside=0.0).sum(axis=1)
    return ratio(work, contacts)


class _Lattice:
    """The coarsest common parts of two grids: ``spread`` parts to an interval of the source, ``gather`` to one of the target."""

    def __init__(self, source: TimeGrid, target: TimeGrid) -> None:
        shift = int((source.start - target.start).total_seconds())
        unit = gcd(60 * source.step_minutes, 60 * target.step_minutes, shift)
        self.spread, self.gather = 60 * source.step_minutes // unit, 60 * target.step_minutes // unit
        self.count, self._first = target.count, shift // unit

    def place(self, values: NDArray[_Number], outside: bool | float) -> NDArray[_Number]:
        """Each source value repeated on its parts, shape (target count, gather); ``outside`` where the source does not reach."""
        return self._laid(np.repeat(values, self.spread), outside)

    def split(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each source value shared out over its parts in multiples of ``UNIT``, what is left over on the first; NaN outside."""
        share = np.floor(values / (self.spread * UNIT)) * UNIT
        parts = np.repeat(share, self.spread)
        parts[:: self.spread] += values - self.spread * share
        return self._laid(parts, np.nan)

    def _laid(self, parts: NDArray[_Number], outside: bool | float) -> NDArray[_Number]:
        laid = np.full(self.count * self.gather, outside, dtype=parts.dtype)
        begin, end = max(self._first, 0), min(self._first + len(parts), len(laid))
        if begin < end:
            laid[begin:end] = parts[begin - self._first : end - self._first]
        return laid.reshape(self.count, self.gather)


def grid_before(grid: TimeGrid, history: TimeGrid) -> TimeGrid | None:
    """The steps of ``grid`` continued backwards from its start until they reach behind the start of ``history``; None for none."""
    step = timedelta(minutes=grid.step_minutes)
    count = -((history.start - grid.start) // step)
    if count < 1:
        return None
    return TimeGrid(start=grid.start - count * step, step_minutes=grid.step_minutes, count=count, zone=grid.zone)
