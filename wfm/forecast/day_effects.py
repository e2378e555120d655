"""How many contacts a whole day brings: its weekday's level, times what marks of the calendar, holidays and season make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar import MARKS
from wfm.forecast.days import Codes, FloatArray, middle, ratio
from wfm.forecast.likeness import QUIETER
from wfm.forecast.weekday_levels import WEEK, WeekdayLevels

HALF_LIFE_DAYS, HALF_LIFE_WITH_SEASON = 140.0, 180.0
SPECIAL = np.array([MARKS.index("holiday"), MARKS.index("eve")])
FAMILY = MARKS.index("family holiday")
QUIETER_YET = 0.1  # a holiday on a Sunday is quieter than a Sunday by this part of the log contacts between middle and quietest weekday
QUIETEST = (
    0.6  # and a family holiday by this part more (0.4 on a road, 0.8 in a city's calls, 4 among hires of bicycles)
)
SEASON_DAYS = 500  # a yearly season is told from a trend once it has been seen more than once
VAGUE, MARK, NAMED, SEASON = 3.0, 0.15, 0.4, 0.15  # prior standard errors of log effects: weekday, mark, name, season
ABSURD = 5.0  # standard errors at which a day teaches nothing (Tukey's biweight)
AROUND = (
    7  # days before and after a day against which it is absurd, so that a new level is believed within some eight days
)
SMALLEST = 0.0025  # days differ by 5 % at least, or a steady queue would take a new level for a fault
MEDIAN_CHI_SQUARE = 0.4549  # of one degree of freedom
ROUNDS, SETTLED = 8, 1e-3  # at most; a tenth of a percent of a day is as good as none
LOG_LIMIT = 18.0
TINY = 1e-3


@dataclass(frozen=True)
class DayEffects:
    """Total contacts of days: ``expected`` = weekday x ``factor`` (marks, names and season), all shape (past + future days,).

    ``trust`` in 0..1, shape (past days,), is how far a day is in line with the days about it; ``slip`` its log ratio to what was expected,
    0 where nothing was recorded; ``half_life_days`` is how fast the weekdays' levels fade.
    """

    expected: FloatArray
    factor: FloatArray
    trust: FloatArray
    slip: FloatArray
    half_life_days: float


def day_effects(
    total: FloatArray,
    mass: FloatArray,
    likeness: FloatArray,
    marks: NDArray[np.bool_],
    names: NDArray[np.bool_],
    dates: tuple[date, ...],
) -> DayEffects:
    """Fit log E[total] = weekday + marks + names + season by penalised iterated least squares (McCullagh & Nelder 1989).

    ``total`` and ``mass`` (how much of the day was recorded, 0..1) have shape (past days,); ``likeness`` (days, 7), ``marks``, ``names``
    (days, holidays known by name) and ``dates`` go on into the future. Var = mean + phi mean^2 with phi by a robust moment; old days
    fade; a day that lies ``ABSURD`` standard errors off the days about it loses its weight (Tukey's biweight), so that a hurricane
    leaves no mark, unless its name comes again. What a holiday or an eve makes of a day is told by its likeness or by its mark, not by
    both. Weekdays are then learned anew, as fast as they change (see
    :class:`wfm.forecast.weekday_levels.WeekdayLevels`).
    """
    past, codes = len(total), np.argmax(likeness, axis=1)
    known = mass > 0
    span = int(np.ptp(np.flatnonzero(known))) if known.any() else 0
    usual = _medians(total, known, codes[:past])
    told = _told_by_marks(marks, likeness, np.log(usual + 0.5), dates)
    columns, spread = _design(likeness, told, names, dates, with_season=span >= SEASON_DAYS)
    half_life = HALF_LIFE_WITH_SEASON if span >= SEASON_DAYS else HALF_LIFE_DAYS
    fading = mass * 0.5 ** ((past - 1 - np.arange(past)) / half_life)
    prior = _prior(np.log(usual + 0.5), columns.shape[1])
    named = np.asarray(names[:past].any(axis=1))
    effects, sound = _fitted(columns[:past][known], total[known], fading[known], named[known], prior, spread)
    trust, slip = np.zeros(past), np.zeros(past)
    trust[known] = sound
    factor = np.exp(columns[:, WEEK:] @ effects[WEEK:])
    ordinary = likeness[:past].max(axis=1) == 1
    levels = WeekdayLevels.of(total, trust * mass * ordinary, codes[:past], factor[:past], usual)
    near = np.arange(len(codes)) - past < WEEK
    near[:past] = False
    log_near, log_far = (likeness @ np.log(np.maximum(level, TINY)) for level in (levels.near, levels.far))
    expected = factor * np.exp(np.where(near, log_near, log_far))
    slip[known] = np.log((total[known] + 0.5) / (expected[:past][known] + 0.5))
    return DayEffects(expected, factor, trust, slip, levels.half_life_days)


def _told_by_marks(
    marks: NDArray[np.bool_], likeness: FloatArray, usual: FloatArray, dates: tuple[date, ...]
) -> FloatArray:
    """The marks, but of holidays and eves only where the day is wholly like its own weekday or that makes no difference (log ``usual``).

    What likeness tells of a day, its mark would tell once more; and what likeness misjudges, a working day that was half taken for a
    Sunday, would be learned as busy holidays, and put upon the next Christmas on a Sunday.
    """
    own = np.eye(WEEK)[[day.weekday() for day in dates]]
    told = marks.astype(np.float64)
    differs, another = own @ usual - usual.min() > QUIETER, (own * likeness).sum(axis=1) < 1
    told[:, SPECIAL] *= ~(differs & another)[:, None]
    return told


def _prior(usual: FloatArray, effects: int) -> FloatArray:
    """First guesses of log effects: weekdays as usual, and nothing else but that special days are quieter, where weekdays differ."""
    guess = np.concatenate([usual, np.zeros(effects - WEEK)])
    contrast = middle(usual) - usual.min()
    guess[WEEK + SPECIAL] = -QUIETER_YET * contrast
    guess[WEEK + FAMILY] = -QUIETEST * contrast
    return guess


def _design(
    likeness: FloatArray,
    marks: FloatArray,
    names: NDArray[np.bool_],
    dates: tuple[date, ...],
    *,
    with_season: bool,
) -> tuple[FloatArray, FloatArray]:
    """Columns of weekday, marks, names and season, shape (days, effects), with their prior standard errors."""
    columns = [likeness, marks, names.astype(np.float64)]
    spread = [np.full(WEEK, VAGUE), np.full(len(MARKS), MARK), np.full(names.shape[1], NAMED)]
    if with_season:
        angle = 2 * np.pi * np.array([day.timetuple().tm_yday for day in dates]) / 365.25
        columns.append(np.column_stack([np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)]))
        spread.append(np.full(4, SEASON))
    return np.hstack(columns), np.concatenate(spread)


def _medians(total: FloatArray, known: NDArray[np.bool_], codes: Codes) -> FloatArray:
    """The median total of each weekday, that of all where a weekday was never recorded."""
    overall = middle(total[known]) if known.any() else 0.0
    days = (known & (codes == code) for code in range(WEEK))
    return np.array([middle(total[day]) if day.any() else overall for day in days])


def _fitted(
    columns: FloatArray,
    total: FloatArray,
    fading: FloatArray,
    named: NDArray[np.bool_],
    prior: FloatArray,
    spread: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    effects: FloatArray = np.where(
        np.arange(len(prior)) < WEEK, prior, 0.0
    )  # a guess would make a day absurd that can unlearn it
    phi = SMALLEST
    trust: FloatArray = fading
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(columns @ effects, -3.0, LOG_LIMIT))
        miss, slip = (total - mean) / mean, np.log((total + 0.5) / (mean + 0.5))
        off = np.abs(slip - _running_median(slip)) / np.sqrt(1 / mean + phi) / ABSURD
        trust = np.where(named, 1.0, np.maximum(1 - off**2, 0.0) ** 2)
        weight = fading * trust / (1 / mean + phi)
        lean = columns.T * weight
        normal = lean @ columns + np.diag(spread**-2)
        target = lean @ (columns @ effects + np.clip(miss, -1.0, 3.0)) + prior / spread**2
        before, effects = effects, np.asarray(np.linalg.solve(normal, target), dtype=np.float64)
        if np.abs(effects - before).max() < SETTLED:
            break
        if (trust > 0).any():
            between = middle(miss[trust > 0] ** 2) / MEDIAN_CHI_SQUARE - middle(1 / mean)
            phi = max(between, SMALLEST)
    return effects, trust


def _running_median(values: FloatArray) -> FloatArray:
    """The median of ``AROUND`` values before and after each and of itself; at the ends of as many values, the last or first ones."""
    width = min(2 * AROUND + 1, len(values))
    if not width:
        return values
    middle = np.sort(np.lib.stride_tricks.sliding_window_view(values, width), axis=1)[:, width // 2]
    return np.asarray(middle[np.clip(np.arange(len(values)) - AROUND, 0, len(middle) - 1)])


def faded_mean(values: FloatArray, weight: FloatArray, half_life_days: float, prior_days: float) -> float:
    """Mean of daily values, newest heaviest, drawn to 0 as if ``prior_days`` days of 0 had been seen."""
    fading = weight * 0.5 ** (np.arange(len(values))[::-1] / half_life_days)
    return float(ratio(fading @ values, fading.sum() + prior_days, 0.0))
