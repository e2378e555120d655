"""How many contacts each weekday brings now: means of its past days that fade as fast as it pays in the queue's own past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from wfm.forecast.days import Codes, FloatArray

HALF_LIVES_DAYS = np.array([20.0, 40.0, 80.0, 160.0, 320.0])
WEEK, WEEKS_AHEAD = 7, 8
JUDGED_DAYS, LEAST_DAYS = 182, 28  # the last days on which half-lives are judged, and those behind the first judged one
SHARPNESS = 40.0  # a half-life that errs 5 % less weighs e^2 times as much once many weeks have been judged
HALF_LEARNED_WEEKS = 4.0  # at which half of the sharpness is used
FAINT = 0.02  # of a day of the weekday's median, so that one never recorded has a level


@dataclass(frozen=True)
class WeekdayLevels:
    """Contacts of an unmarked day by weekday, shape (7,), for the first week ahead and for those after, with the mean half-life."""

    near: FloatArray
    far: FloatArray
    half_life_days: float

    @classmethod
    def of(cls, total: FloatArray, weight: FloatArray, codes: Codes, factor: FloatArray, usual: FloatArray) -> Self:
        """Learn from days, all arrays (days,): contacts, how far each day counts, its weekday, and what marks and season multiply it by.

        level[w] = sum g^age weight total / sum g^age weight factor over days of the weekday, g^half-life = 1/2. Half-lives share by how
        little they erred one week ahead (near) and two to eight (far) on the last ``JUDGED_DAYS``, each from the days before alone.
        ``usual`` (7,) stands in for weekdays without a day.
        """
        levels = _paths(total, weight, codes, factor, usual)
        missed, weeks = _missed(levels, total, weight, codes, factor)
        near, far = _shares(missed[0], weeks[0]), _shares(missed[1:].sum(axis=0), float(weeks[1:].mean()))
        return cls(levels[-1] @ near, levels[-1] @ far, float(np.exp(far @ np.log(HALF_LIVES_DAYS))))


def _paths(total: FloatArray, weight: FloatArray, codes: Codes, factor: FloatArray, usual: FloatArray) -> FloatArray:
    """The level after each day, by weekday and half-life, shape (days, 7, half-lives)."""
    growth = 2.0 ** (np.arange(len(total))[:, None, None] / HALF_LIVES_DAYS)
    days = np.equal(codes[:, None], np.arange(WEEK)) * weight[:, None]
    came, seen = (np.cumsum(growth * (days * each[:, None])[:, :, None], axis=0) / growth for each in (total, factor))
    return np.asarray((came + FAINT * usual[:, None]) / (seen + FAINT))


def _missed(
    levels: FloatArray, total: FloatArray, weight: FloatArray, codes: Codes, factor: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Sums of absolute errors by weeks ahead and half-life, and how many weeks each was judged on."""
    missed, weeks = np.zeros((WEEKS_AHEAD, len(HALF_LIVES_DAYS))), np.zeros(WEEKS_AHEAD)
    for ahead in range(1, WEEKS_AHEAD + 1):
        begin = max(len(total) - JUDGED_DAYS, LEAST_DAYS + WEEK * ahead)
        day = np.arange(begin, len(total))
        said = factor[day, None] * levels[day - WEEK * ahead, codes[day]]
        missed[ahead - 1], weeks[ahead - 1] = weight[day] @ np.abs(said - total[day, None]), len(day) / WEEK
    return missed, weeks


def _shares(missed: FloatArray, weeks: float) -> FloatArray:
    if not (missed > 0).all():
        return np.full(len(missed), 1 / len(missed))
    earned = (missed / missed.min()) ** (-SHARPNESS * weeks / (weeks + HALF_LEARNED_WEEKS))
    return np.asarray(earned / earned.sum())
