"""Opening hours as elapsed minutes of a horizon and of the two days after it, into which duties may reach."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Opening, TimeGrid
from wfm.domain.time import instant
from wfm.schedule.problem import RosterProblem


@lru_cache(maxsize=64)
def open_minutes(hours: Opening, grid: TimeGrid) -> NDArray[np.bool_]:
    """For each elapsed minute from the grid's start on, to the end of the second day after the grid: whether it is inside the hours."""
    days = [grid.dates[0] + timedelta(days=k) for k in range(len(grid.dates) + 3)]
    midnights = [int((instant(day, 0, grid.zone) - grid.start).total_seconds()) // 60 for day in days]
    inside = np.zeros(midnights[-1], dtype=np.bool_)
    for day in days[:-1]:
        for window in hours.windows_on(day):
            begin, end = (instant(day, edge, grid.zone) - grid.start for edge in (window.start, window.end))
            inside[int(begin.total_seconds()) // 60 : int(end.total_seconds()) // 60] = True
    inside.flags.writeable = False
    return inside


def steps_inside(problem: RosterProblem, hours: Opening) -> NDArray[np.bool_]:
    """For each step of the grid, shape (grid.count,): whether any of its minutes is inside some hours."""
    grid = problem.grid
    minutes = open_minutes(hours, grid)[: grid.count * grid.step_minutes]
    return np.asarray(minutes.reshape(grid.count, grid.step_minutes).any(axis=1))
