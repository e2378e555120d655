"""Shifts of level: days from which on contacts stay higher or lower, told from chance and from slow change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import FloatArray, middle

JUMP, LASTS_DAYS, ERRORS = 0.3, 21, 5.0  # a shift is at least 35 %, lasts 21 recorded days
SHARP, SHARP_DAYS = 0.7, 5  # and most of it is there within five


class Shift(NamedTuple):
    """The day from which on the level is exp(``jump``) times what it was."""

    day: int
    jump: float


def level_shifts(came: FloatArray, intact: NDArray[np.bool_]) -> tuple[Shift, ...]:
    """Lasting jumps of daily contacts (shape (days,), NaN where unknown), in order of size.

    Medians of ``LASTS_DAYS`` intact days before and after a day are compared in units of their error; the day itself is the one
    about which all days lie nearest to the two medians.
    """
    log = _log_to_weekday(came)
    known = np.flatnonzero(intact & ~np.isnan(log))
    if len(known) < 2 * LASTS_DAYS:
        return ()
    jumps, found = _jumps(log[known]), []
    while jumps.any():
        best = int(np.argmax(np.abs(jumps)))
        near = known[best : best + 2 * LASTS_DAYS]
        found.append(Shift(_first_day(log, near), float(jumps[best])))
        jumps[max(0, best - LASTS_DAYS) : best + LASTS_DAYS] = 0.0
    return tuple(found)


def _log_to_weekday(came: FloatArray) -> FloatArray:
    """Log of each day's contacts over the median of its weekday; NaN where unknown."""
    log = np.log(came + 0.5)
    for first in range(7):
        same = log[first::7]
        known = same[~np.isnan(same)]
        if len(known):
            log[first::7] = same - middle(known)
    return log


def _jumps(log: FloatArray) -> FloatArray:
    """The lasting jump at each day with ``LASTS_DAYS`` days before and from it on; 0 where chance explains it or it came slowly."""
    windows = np.lib.stride_tricks.sliding_window_view(log, LASTS_DAYS)
    usual = _medians(windows)
    count = len(windows) - LASTS_DAYS
    jump = usual[LASTS_DAYS:] - usual[:count]
    if (np.abs(jump) < JUMP).all():
        return np.zeros(count)
    spread = 1.4826 * _medians(np.abs(windows - usual[:, None]))
    short = _medians(np.lib.stride_tricks.sliding_window_view(log, SHARP_DAYS))
    error = 1.2533 * np.sqrt((spread[LASTS_DAYS:] ** 2 + spread[:count] ** 2) / LASTS_DAYS)
    sharp = short[LASTS_DAYS : LASTS_DAYS + count] - short[LASTS_DAYS - SHARP_DAYS :][:count]
    lasting = (np.abs(jump) >= np.maximum(JUMP, ERRORS * error)) & (sharp * np.sign(jump) >= SHARP * np.abs(jump))
    return np.where(lasting, jump, 0.0)


def _medians(windows: FloatArray) -> FloatArray:
    """The median of each row of an odd number of known values."""
    return np.asarray(np.sort(windows, axis=1)[:, windows.shape[1] // 2])


def _first_day(log: FloatArray, near: NDArray[np.intp]) -> int:
    """The first day of the new level: the least sum of distances to the median before it, and to that after it from it on."""
    before, after = (np.median(log[days]) for days in (near[:LASTS_DAYS], near[LASTS_DAYS:]))
    days = np.arange(near[LASTS_DAYS - SHARP_DAYS], near[LASTS_DAYS + SHARP_DAYS - 1] + 1)
    farther = np.nan_to_num(np.abs(log[days] - before) - np.abs(log[days] - after))
    return int(days[0] + np.argmin(np.concatenate([[0.0], np.cumsum(farther)])))
