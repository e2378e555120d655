"""A history laid out as days x slots of the wall clock, the form in which forecast methods learn and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.domain import TimeGrid
from wfm.domain.opening import WEEKDAYS
from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast.calendar import CLOSED, Calendar

FloatArray = NDArray[np.float64]
Codes = NDArray[np.int64]
DayTypes = tuple[str, ...]
BELIEVED = 0.5  # a count of less weight is more likely a fault than not


@dataclass(frozen=True)
class Days:
    """Local dates in order with day types, marks and names of holidays, "" for none (see :class:`wfm.forecast.calendar.Calendar`)."""

    dates: tuple[date, ...]
    types: DayTypes
    marks: NDArray[np.bool_]
    names: tuple[str, ...]

    @classmethod
    def of(cls, dates: tuple[date, ...], calendar: Calendar) -> Days:
        """The dates as a calendar sees them."""
        named = calendar.holidays(dates)
        return cls(dates, calendar.day_types(dates), calendar.marks(dates), tuple(named.get(day, "") for day in dates))

    @cached_property
    def weekdays(self) -> DayTypes:
        """``mon`` .. ``sun`` whatever the calendar says."""
        return tuple(WEEKDAYS[day.weekday()] for day in self.dates)

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Whether the calendar closes the day, shape (days,)."""
        return np.array([kind == CLOSED for kind in self.types], dtype=np.bool_)

    def part(self, days: slice) -> Days:
        """A slice of the days."""
        return Days(self.dates[days], self.types[days], self.marks[days], self.names[days])

    def __len__(self) -> int:
        return len(self.dates)


def slots(grid: TimeGrid) -> NDArray[np.int64]:
    """For every step its slot of the wall-clock day, shape (count,): 0 at midnight, one slot a step."""
    return grid.minute_of_day // grid.step_minutes


def to_days(values: FloatArray, grid: TimeGrid) -> FloatArray:
    """Values of a grid as days x slots; NaN where unknown.

    The hour that occurs twice in autumn is one slot, the mean of its two passes; the hour skipped in spring is NaN.
    """
    shape = (len(grid.dates), DAY_MINUTES // grid.step_minutes)
    known = ~np.isnan(values)
    cell = (grid.day_index * shape[1] + slots(grid))[known]
    total = np.bincount(cell, values[known], minlength=shape[0] * shape[1])
    passes = np.bincount(cell, minlength=shape[0] * shape[1])
    return ratio(total, passes).reshape(shape)


def ratio(total: NDArray[Any], mass: NDArray[Any], empty: float | FloatArray = np.nan) -> FloatArray:
    """Total / mass, elementwise; ``empty`` where the mass is 0."""
    some = mass > 0
    return np.where(some, total / np.where(some, mass, 1.0), empty)


def middle(values: FloatArray) -> float:
    """The median of a row of at least one known value, as numpy's, at a tenth of its cost for short rows."""
    ordered, half = np.sort(values), len(values) // 2
    return float(ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def strongest(moments: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """The ``count`` largest eigenvalues of a symmetric matrix, largest first, and their vectors as rows."""
    # Numpy's own finds all of them, and BLAS keeps a second core spinning meanwhile: ten times the CPU.
    from scipy.linalg import eigh

    values, vectors = eigh(moments, subset_by_index=[len(moments) - count, len(moments) - 1], check_finite=False)
    return values[::-1], vectors.T[::-1]


def believed(counts: FloatArray, weights: FloatArray | None) -> FloatArray:
    """The counts without those whose weight is below a half: where a count is all or nothing, such as in a median."""
    return counts if weights is None else np.where(weights >= BELIEVED, counts, np.nan)


def from_days(matrix: FloatArray, grid: TimeGrid) -> FloatArray:
    """The inverse of :func:`to_days`, shape (count,): both passes of a repeated hour get the rate of its slot."""
    return matrix[grid.day_index, slots(grid)]
