"""A horizon cut into calendar weeks, Monday to Sunday, and summed by local day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from wfm.domain import TimeGrid


def weeks(days: Sequence[date]) -> tuple[tuple[date, ...], ...]:
    """The days of each calendar week, in order; the first and the last week may be parts."""
    return tuple(tuple(part) for _, part in groupby(days, key=lambda day: day.isocalendar()[:2]))


def day_totals(grid: TimeGrid, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of the values, shape (count,), over each local day, shape (dates,)."""
    return np.bincount(grid.day_index, values, len(grid.dates)).astype(np.float64)


def typical(totals: Sequence[float]) -> int:
    """Position of the upper median: the week that stands for all, rather a full one than one with a holiday."""
    order = sorted(range(len(totals)), key=lambda k: totals[k])
    return order[len(order) // 2]
