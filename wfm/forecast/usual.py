"""What a history shows on usual days: the contacts that the days around lead one to expect, robust against whatever a day shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.domain.opening import WEEKDAYS
from wfm.forecast.calendar import HOLIDAY
from wfm.forecast.days import Days, FloatArray, ratio
from wfm.forecast.dispersion import fit_dispersion

NEAR = 5  # same weekdays looked at on either side of a day
COMMON_SHAPE = 50.0  # contacts of the shape of all days mixed into a weekday's own
IN_LINE = (0.6, 1.6)  # days beyond these shares of their neighbours teach no shape


@dataclass(frozen=True)
class Usual:
    """Expected counts by cell and day, with their spread; ``special`` are holidays, eves and closed days, of which nothing is expected.

    ``cells`` (days x slots) is 0 where a day was not recorded; ``days`` are its row sums; ``total`` is what came on the recorded cells.
    Var[total] = days + day_dispersion days^2; cells stray from their day by ``cell_dispersion``.
    """

    cells: FloatArray
    days: FloatArray
    total: FloatArray
    special: NDArray[np.bool_]
    after_holiday: NDArray[np.bool_]
    day_dispersion: float
    cell_dispersion: float

    @classmethod
    def of(
        cls,
        counts: FloatArray,
        days: Days,
        believed: NDArray[np.bool_] | None = None,
        levels: FloatArray | None = None,
    ) -> Self:
        """What is usual in counts (days x slots, NaN where not recorded); cells that are not ``believed`` teach nothing.

        A day's level is the median of the ``NEAR`` same weekdays before and after it, the day itself left out; its shape their mean, drawn
        to the shape of all days. Days of different ``levels`` (known shifts, shape (days,)) are compared in proportion to them.
        """
        recorded = ~np.isnan(counts)
        special = np.array([kind not in WEEKDAYS for kind in days.types], dtype=np.bool_)
        like = (own if odd else kind for own, kind, odd in zip(days.weekdays, days.types, special, strict=True))
        codes = np.array([WEEKDAYS.index(day) for day in like])
        teaches = recorded & ~special[:, None] & (True if believed is None else believed)
        known = np.where(teaches, counts, 0.0)
        full = _full_totals(known, teaches, codes)
        level = _levels(full, codes) if levels is None else levels * _levels(full / levels, codes)
        in_line = (full > IN_LINE[0] * level - 3 * np.sqrt(level + 1)) & (
            full < IN_LINE[1] * level + 3 * np.sqrt(level + 1)
        )
        shape = _shapes(known, teaches & in_line[:, None], codes)
        cells = np.where(recorded & ~special[:, None], np.nan_to_num(level)[:, None] * shape, 0.0)
        return cls._with_spread(cells, np.nan_to_num(counts), special, days, teaches, in_line)

    @classmethod
    def _with_spread(
        cls,
        cells: FloatArray,
        counts: FloatArray,
        special: NDArray[np.bool_],
        days: Days,
        teaches: NDArray[np.bool_],
        in_line: NDArray[np.bool_],
    ) -> Self:
        expected, total = cells.sum(axis=1), np.where(cells > 0, counts, 0.0).sum(axis=1)
        ordinary = (expected > 0) & (teaches == (cells > 0)).all(axis=1)
        own = cells * ratio(total, expected, 0.0)[:, None]
        seen = teaches & in_line[:, None] & (own > 0)
        return cls(
            cells=cells,
            days=expected,
            total=total,
            special=special,
            after_holiday=np.array([False, *(kind == HOLIDAY for kind in days.types[:-1])]),
            day_dispersion=fit_dispersion(expected[ordinary], total[ordinary]) if ordinary.any() else 0.0,
            cell_dispersion=fit_dispersion(own[seen], counts[seen]) if seen.any() else 0.0,
        )


def _full_totals(known: FloatArray, teaches: NDArray[np.bool_], codes: NDArray[np.int64]) -> FloatArray:
    """Totals of days as if all slots of their weekday had been recorded; NaN where less than half was."""
    same = np.equal(codes[:, None], np.arange(7))
    mean = ratio(same.T @ known, same.T.astype(np.float64) @ teaches, 0.0)
    mass = ratio((teaches * mean[codes]).sum(axis=1), mean.sum(axis=1)[codes], 0.0)
    return np.where(mass >= 0.5, ratio(known.sum(axis=1), mass), np.nan)


def _levels(full: FloatArray, codes: NDArray[np.int64]) -> FloatArray:
    """The median total of the nearest same weekdays, the day itself left out; NaN where none was recorded."""
    level = np.full(len(full), np.nan)
    for code in range(7):
        days, rows = np.flatnonzero(codes == code), np.flatnonzero((codes == code) & ~np.isnan(full))
        if len(rows) and len(days):
            low = np.clip(np.searchsorted(rows, days) - NEAR, 0, max(0, len(rows) - 2 * NEAR - 1))
            near = rows[np.minimum(low[:, None] + np.arange(min(2 * NEAR + 1, len(rows))), len(rows) - 1)]
            level[days] = _medians(np.where(near == days[:, None], np.nan, full[near]))
    return level


def _medians(values: FloatArray) -> FloatArray:
    """The median of each row's known values; NaN where there is none."""
    ordered, known = np.sort(values, axis=1), (~np.isnan(values)).sum(axis=1)
    row = np.arange(len(values))
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, values.shape[1] - 1)
    return np.asarray((ordered[row, low] + ordered[row, high]) / 2, dtype=np.float64)


def _shapes(known: FloatArray, teaches: NDArray[np.bool_], codes: NDArray[np.int64]) -> FloatArray:
    """Shares of the day (days x slots) from the nearest same weekdays, the day itself left out."""
    weight, counts = teaches.astype(np.float64), np.where(teaches, known, 0.0)
    common = ratio(counts.sum(axis=0), weight.sum(axis=0), 0.0)
    shape = np.zeros_like(counts)
    for code in range(7):
        rows = np.flatnonzero(codes == code)
        ever = weight[rows].sum(axis=0) > 0
        prior = COMMON_SHAPE / max(float((common * ever).sum()), 1e-9)
        came, seen = _around(counts[rows]), _around(weight[rows])
        shape[rows] = np.where(ever, (came + prior * common) / (seen + prior), 0.0)
    return ratio(shape, shape.sum(axis=1, keepdims=True), 0.0)


def _around(values: FloatArray) -> FloatArray:
    """For each row the sum of up to ``NEAR`` rows before and after it."""
    running = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    row = np.arange(len(values))
    return running[np.minimum(row + NEAR + 1, len(values))] - running[np.maximum(row - NEAR, 0)] - values
