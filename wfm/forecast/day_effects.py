"""How many contacts a whole day brings: a robust regression on weekday, marks of the calendar and season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import FloatArray, ratio

Codes = NDArray[np.int64]
HALF_LIFE_DAYS, HALF_LIFE_WITH_SEASON = 70.0, 180.0
SEASON_DAYS = 500  # a yearly season is told from a trend once it has been seen more than once
VAGUE, MARK, SEASON = 3.0, 0.15, 0.15  # prior standard errors of log effects: weekday, mark, season
ABSURD = 5.0  # standard errors at which a day teaches nothing (Tukey's biweight)
SMALLEST = 0.0025  # days differ by 5 % at least, or a steady queue would take a new level for a fault
MEDIAN_CHI_SQUARE = 0.4549  # of one degree of freedom
ROUNDS, SETTLED = 8, 1e-3  # at most; a tenth of a percent of a day is as good as none
LOG_LIMIT = 18.0


@dataclass(frozen=True)
class DayEffects:
    """Total contacts of days: ``expected`` = weekday x ``factor`` (marks and season), all shape (past + future days,).

    ``trust`` in 0..1, shape (past days,), is how far a day is in line with the regression; ``slip`` its log ratio to what was expected, 0
    where nothing was recorded.
    """

    expected: FloatArray
    factor: FloatArray
    trust: FloatArray
    slip: FloatArray


def day_effects(
    total: FloatArray, mass: FloatArray, codes: Codes, marks: NDArray[np.bool_], dates: tuple[date, ...]
) -> DayEffects:
    """Fit log E[total] = weekday + marks + season by penalised iterated least squares (McCullagh & Nelder 1989).

    ``total`` and ``mass`` (how much of the day was recorded, 0..1) have shape (past days,); ``codes`` (weekday, 0..6), ``marks`` and
    ``dates`` go on into the future. Var = mean + phi mean^2 with phi by a robust moment; old days fade by half-lives; a day that
    lies ``ABSURD`` standard errors off loses its weight (Tukey's biweight), so that a hurricane leaves no mark.
    """
    past = len(total)
    known = mass > 0
    span = int(np.ptp(np.flatnonzero(known))) if known.any() else 0
    columns, spread = _design(codes, marks, dates, with_season=span >= SEASON_DAYS)
    usual = _medians(total, known, codes[:past])
    half_life = HALF_LIFE_WITH_SEASON if span >= SEASON_DAYS else HALF_LIFE_DAYS
    fading = mass * 0.5 ** ((past - 1 - np.arange(past)) / half_life)
    prior = np.concatenate([np.log(usual + 0.5), np.zeros(columns.shape[1] - len(usual))])
    effects, trust = _fitted(columns[:past][known], total[known], fading[known], prior, spread)
    expected = np.exp(np.clip(columns @ effects, -3.0, LOG_LIMIT))
    believed, slip = np.zeros(past), np.zeros(past)
    believed[known] = trust
    slip[known] = np.log((total[known] + 0.5) / (expected[:past][known] + 0.5))
    factor = np.exp(columns[:, len(usual) :] @ effects[len(usual) :])
    return DayEffects(expected, factor, believed, slip)


def _design(
    codes: Codes, marks: NDArray[np.bool_], dates: tuple[date, ...], *, with_season: bool
) -> tuple[FloatArray, FloatArray]:
    """Columns of weekday, marks and season, shape (days, effects), with their prior standard errors."""
    columns = [np.equal(codes[:, None], np.arange(7)).astype(np.float64), marks.astype(np.float64)]
    spread = [np.full(7, VAGUE), np.full(marks.shape[1], MARK)]
    if with_season:
        angle = 2 * np.pi * np.array([day.timetuple().tm_yday for day in dates]) / 365.25
        columns.append(np.column_stack([np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)]))
        spread.append(np.full(4, SEASON))
    return np.hstack(columns), np.concatenate(spread)


def _medians(total: FloatArray, known: NDArray[np.bool_], codes: Codes) -> FloatArray:
    """The median total of each weekday, that of all where a weekday was never recorded."""
    overall = float(np.median(total[known])) if known.any() else 0.0
    days = (known & (codes == code) for code in range(7))
    return np.array([np.median(total[day]) if day.any() else overall for day in days])


def _fitted(
    columns: FloatArray, total: FloatArray, fading: FloatArray, prior: FloatArray, spread: FloatArray
) -> tuple[FloatArray, FloatArray]:
    effects: FloatArray = prior
    phi = SMALLEST
    trust: FloatArray = fading
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(columns @ effects, -3.0, LOG_LIMIT))
        miss = (total - mean) / mean
        off = np.abs(np.log((total + 0.5) / (mean + 0.5))) / np.sqrt(1 / mean + phi) / ABSURD
        trust = np.asarray(np.maximum(1 - off**2, 0.0) ** 2, dtype=np.float64)
        weight = fading * trust / (1 / mean + phi)
        lean = columns.T * weight
        normal = lean @ columns + np.diag(spread**-2)
        target = lean @ (columns @ effects + np.clip(miss, -1.0, 3.0)) + prior / spread**2
        before, effects = effects, np.asarray(np.linalg.solve(normal, target), dtype=np.float64)
        if np.abs(effects - before).max() < SETTLED:
            break
        if (trust > 0).any():
            between = np.median(miss[trust > 0] ** 2) / MEDIAN_CHI_SQUARE - np.median(1 / mean)
            phi = max(float(between), SMALLEST)
    return effects, trust


def faded_mean(values: FloatArray, weight: FloatArray, half_life_days: float, prior_days: float) -> float:
    """Mean of daily values, newest heaviest, drawn to 0 as if ``prior_days`` days of 0 had been seen."""
    fading = weight * 0.5 ** (np.arange(len(values))[::-1] / half_life_days)
    return float(ratio(fading @ values, fading.sum() + prior_days, 0.0))
