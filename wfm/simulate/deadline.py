"""Deadlines of deferred contacts, on the wall clock or on the clock of business hours."""

from __future__ import annotations

import numpy as np

from wfm.domain import Opening, TimeGrid, Turnaround
from wfm.simulate.floor import Floats

DEFAULT_TURNAROUND = Turnaround(share=0.9, within_seconds=86_400, business=False)
"""What a deferred channel without a turnaround target is measured by: finished within 24 hours."""


def deadlines(
    arrival: Floats, opening: Opening, turnaround: Turnaround, grid: TimeGrid, age: Floats | float = 0.0
) -> Floats:
    """When each contact must be finished, in seconds since the grid's start, shape of ``arrival``.

    ``age`` seconds have run on the contact's clock before it arrives; what is late already was due before the grid starts.
    The business clock runs while the channel is open; beyond the grid it runs without pause, as nothing is known there.
    """
    if not turnaround.business:
        return np.asarray(arrival + turnaround.within_seconds - age)
    step = 60.0 * grid.step_minutes
    edges = step * np.arange(grid.count + 1)
    business = np.concatenate([[0.0], np.cumsum(np.where(opening.mask(grid), step, 0.0))])
    wanted = np.interp(arrival, edges, business) + turnaround.within_seconds - age
    edge = np.minimum(np.searchsorted(business, wanted), grid.count)
    return np.asarray(np.where(wanted < 0, wanted, edges[edge] + (wanted - business[edge])))
