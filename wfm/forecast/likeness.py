"""Which weekday a holiday or an eve is like: learned from the centre's own, with custom as the first guess."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.domain.opening import WEEKDAYS
from wfm.forecast.calendar import EVE, HOLIDAY
from wfm.forecast.days import Days, DayTypes, FloatArray
from wfm.forecast.quietest import quietest_weekday

OWN = "own"
UNLIKELY = 1.0  # what the first guess has to be wrong by, in units of log contacts, before another is learned
FARTHEST = 1.5  # a day off by a factor of 4.5 says no more than that the guess was wrong


def like_weekdays(counts: FloatArray, past: Days, future: Days) -> tuple[DayTypes, DayTypes]:
    """The weekday ``mon`` .. ``sun`` that each past and each future day is like.

    An ordinary day is like itself, and one of which the calendar says what it is like is like that.
    Holidays are all like one weekday (or each like its own): of the candidates the one with the least
    sum of |log(contacts / median of the weekday)| over the past holidays, each term at most ``FARTHEST``, plus ``UNLIKELY`` for all but
    the first guess. The first guess for a holiday is the quietest weekday, for an eve the weekday before it.
    """
    wanted = {kind for kind in (HOLIDAY, EVE) if kind in past.types or kind in future.types}
    if not wanted:
        return _renamed(past, {}), _renamed(future, {})
    quiet = quietest_weekday(counts, past)
    guesses = {HOLIDAY: quiet, EVE: WEEKDAYS[WEEKDAYS.index(quiet) - 1]}
    log, recorded = np.log1p(np.nansum(counts, axis=1)), ~np.isnan(counts).all(axis=1)
    learned = {kind: _likest(np.where(recorded, log, np.nan), past, kind, guesses[kind]) for kind in wanted}
    return _renamed(past, learned), _renamed(future, learned)


def _renamed(days: Days, learned: dict[str, str]) -> DayTypes:
    like = (learned.get(kind, kind if kind in WEEKDAYS else OWN) for kind in days.types)
    return tuple(own if word == OWN else word for word, own in zip(like, days.weekdays, strict=True))


def _likest(log: FloatArray, past: Days, kind: str, guess: str) -> str:
    """The candidate that past days of the kind were most like; ``log`` contacts are NaN where not recorded."""
    types = np.array(past.types)
    special = ~np.isnan(log) & (types == kind)
    if not special.any():
        return guess
    usual = {day: float(np.median(log[known])) for day in WEEKDAYS if (known := ~np.isnan(log) & (types == day)).any()}
    own = np.array([usual.get(day, np.inf) for day in past.weekdays])
    candidates: dict[str, float | NDArray[np.float64]] = {guess: usual.get(guess, np.inf), OWN: own[special], **usual}
    cost = {
        name: float(np.minimum(np.abs(log[special] - level), FARTHEST).sum()) + UNLIKELY * (name != guess)
        for name, level in candidates.items()
    }
    return min(cost, key=cost.__getitem__)
