"""Damage where clocks change: an hour that occurs twice but was recorded once, or a skipped hour counted into the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.domain import ContactHistory
from wfm.domain.history import as_array
from wfm.forecast.damage import LEAST, SILENT, Damage, above
from wfm.forecast.days import slots
from wfm.forecast.usual import Usual

Steps = NDArray[np.intp]
DOUBLED = 1.5  # came / usual of an hour that holds two


def clock_damages(history: ContactHistory, usual: Usual) -> tuple[Damage, ...]:
    """Damage of the hours at each change of clocks; ``usual`` is laid out on the history's own days x slots."""
    grid = history.grid
    shifts = np.diff(grid.offset_minutes)
    found: dict[int, Damage] = {}
    for last in np.flatnonzero(shifts).tolist():
        length = int(abs(shifts[last])) // grid.step_minutes
        begins = (last + 1,) if shifts[last] > 0 else (last + 1 - length, last + 1)
        hours = (np.arange(max(begin, 0), min(begin + length, grid.count)) for begin in begins)
        damaged = [one for hour in hours if len(hour) and (one := _damage(history, usual, hour))]
        found |= {one.days.start: one for one in damaged}
    return tuple(found.values())


def _damage(history: ContactHistory, usual: Usual, hour: Steps) -> Damage | None:
    """The damage of an hour that is missing, silent or counted double; None where it is in order, never recorded or too quiet to tell."""
    grid, day = history.grid, int(history.grid.day_index[hour[0]])
    if day >= len(usual.cells):
        return None
    slot, steps = slots(grid)[hour], slice(int(hour[0]), int(hour[-1]) + 1)
    counts, mean = as_array(history.offered[steps]), float(usual.cells[day, slot].sum())
    came = float(np.nansum(counts))
    missing = bool((np.isnan(counts) & np.array(history.open[steps])).any())
    doubled = came >= DOUBLED * mean and above(came, mean, usual.cell_dispersion) >= LEAST
    if mean == 0 or not (missing or (mean >= LEAST and (doubled or came <= SILENT * mean))):
        return None
    return Damage("clock_change", slice(day, day + 1), slice(int(slot[0]), int(slot[-1]) + 1), came, mean)
