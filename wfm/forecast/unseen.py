"""What to expect of intervals that a method says nothing about, because the past never showed them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.domain.quantity import count_text
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.likeness import like_weekdays
from wfm.forecast.training import Training

Cells = NDArray[np.bool_]


def fill_unseen(matrix: FloatArray, past: Training, future: Days, wanted: Cells) -> tuple[FloatArray, tuple[str, ...]]:
    """The matrix without NaN, and notes on every ``wanted`` cell that had to be filled; all shapes (len(future), slots).

    Where days of the type were closed at that time throughout the past: 0. Where they were open but not recorded: the mean of
    all days at that time, or 0 where no day was ever recorded then.
    """
    unseen = np.isnan(matrix)
    if not unseen.any():
        return matrix, ()
    never_open = unseen & _always_shut(past, future)
    recorded = ~np.isnan(past.counts)
    any_day = np.nansum(past.counts, axis=0) / np.maximum(recorded.sum(axis=0), 1)
    filled = np.where(unseen, np.where(never_open, 0.0, any_day), matrix)
    return filled, (
        *_note(never_open & wanted, future, "the history was always closed then, so that 0 contacts are expected"),
        *_note(
            unseen & ~never_open & wanted,
            future,
            "never recorded on that type of day, so that the mean of all days is expected",
        ),
    )


def _always_shut(past: Training, future: Days) -> Cells:
    weekdays = np.array(past.days.weekdays)
    alike = like_weekdays(past.counts, past.days, future)[1]
    shut = {day: past.shut[weekdays == day].all(axis=0) for day in set(alike)}
    return np.stack([shut[day] for day in alike])


def _note(cells: Cells, future: Days, what: str) -> tuple[str, ...]:
    days = np.flatnonzero(cells.any(axis=1))
    if not len(days):
        return ()
    return (
        f"{int(cells.sum())} open intervals on {count_text(len(days), 'day')} from {future.dates[days[0]]}: {what}.",
    )
