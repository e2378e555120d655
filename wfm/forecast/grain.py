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


def on_grid(history: ContactHistory, grid: TimeGrid) -> ContactHistory:
    """The history on another grid; contacts are taken to arrive evenly within their interval.

    A coarse interval sums the open parts of the fine ones below it: closed where all are closed, not recorded where an open
    part is (a part is never taken for the whole). Its AHT is the mean weighted by handled contacts (by offered ones where
    handled are unknown). Intervals that the history does not reach are not recorded. Over intervals that the grid covers whole,
    totals are conserved.
    """
    if history.grid == grid:
        return history
    lattice = _Lattice(history.grid, grid)
    parts_open = lattice.place(history.open_mask(), outside=True)
    is_open: NDArray[np.bool_] = np.logical_or.reduce(parts_open, axis=1)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.where(parts_open, lattice.place(values / lattice.spread, outside=np.nan), 0.0).sum(axis=1)
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
    weights = as_array(history.handled) if history.handled else history.counts()
    known = np.where(np.isnan(weights), history.counts(), weights)
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
        parts = np.full(self.count * self.gather, outside, dtype=values.dtype)
        begin, end = max(self._first, 0), min(self._first + len(values) * self.spread, len(parts))
        if begin < end:
            parts[begin:end] = np.repeat(values, self.spread)[begin - self._first : end - self._first]
        return parts.reshape(self.count, self.gather)


def grid_before(grid: TimeGrid, history: TimeGrid) -> TimeGrid | None:
    """The steps of ``grid`` continued backwards from its start until they reach behind the start of ``history``; None for none."""
    step = timedelta(minutes=grid.step_minutes)
    count = -((history.start - grid.start) // step)
    if count < 1:
        return None
    return TimeGrid(start=grid.start - count * step, step_minutes=grid.step_minutes, count=count, zone=grid.zone)
