"""How good a forecast was: its errors, bias and coverage against what came, with the thresholds that planners watch."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.domain import ContactHistory, Fault, Forecast, InputError, Name, Noun
from wfm.domain.quantity import Share
from wfm.forecast.days import FloatArray
from wfm.forecast.grain import on_grid

INTERVAL_OFF, DAY_OFF, AHT_OFF = 0.10, 0.05, 0.03  # the shares of error at which a planner looks for the cause

Error = Annotated[float, Field(ge=0)]


class Accuracy(Noun):
    """A forecast against what came, over the ``intervals`` (on ``days`` days) that were open, recorded and forecast as open.

    WAPE = sum |forecast - actual| / sum actual, over intervals and over the totals of days; ``bias`` = sum (forecast - actual) /
    sum actual; ``wql`` = mean over the levels q of 2 sum max(q e, (q - 1) e) / sum actual with e = actual - quantile. They are None
    where nothing came. ``coverage50`` and ``coverage90`` are the shares of actuals within the inner 50 % and the outer 90 %, None
    where the forecast has no such bands. The ``*_off`` are the shares of intervals and days off by more than 10 % and 5 %, and of
    handle times off by more than 3 % (None where unknown).
    """

    channel: Name
    intervals: int = Field(ge=1)
    days: int = Field(ge=1)
    offered: Error
    expected: Error
    wape_interval: Error | None
    wape_day: Error | None
    bias: float | None
    wql: Error | None
    coverage50: Share | None
    coverage90: Share | None
    intervals_off: Share
    days_off: Share
    aht_off: Share | None


def accuracy(forecast: Forecast, actual: ContactHistory) -> Accuracy:
    """Score a forecast on the intervals it shares with the actual history, whatever the history's grid.

    Raises InputError where the two share no open and recorded interval, or belong to different channels.
    """
    if actual.channel != forecast.channel:
        raise InputError([Fault(f"what came on channel {forecast.channel}", f"a history of {actual.channel}")])
    found = score(forecast, on_grid(actual, forecast.grid))
    if found is None:
        reach = f"a history from {actual.grid.start} to {actual.grid.end}"
        span = f"recorded intervals between {forecast.grid.start} and {forecast.grid.end} while the forecast is open"
        raise InputError([Fault(span, reach, "Give the history of the days that were forecast.")])
    return found


def score(forecast: Forecast, came: ContactHistory) -> Accuracy | None:
    """The accuracy against a history on the forecast's own grid; None where they share no open and recorded interval."""
    scored = np.array(forecast.open) & ~np.isnan(came.counts())
    return _score(forecast, came, scored) if scored.any() else None


def _score(forecast: Forecast, came: ContactHistory, scored: NDArray[np.bool_]) -> Accuracy:
    mean, count = forecast.means()[scored], came.counts()[scored]
    day = np.unique(forecast.grid.day_index[scored], return_inverse=True)[1]
    mean_day, count_day = np.bincount(day, mean), np.bincount(day, count)
    total = float(count.sum())
    return Accuracy(
        channel=forecast.channel,
        intervals=len(count),
        days=len(count_day),
        offered=total,
        expected=float(mean.sum()),
        wape_interval=_per(float(np.abs(mean - count).sum()), total),
        wape_day=_per(float(np.abs(mean_day - count_day).sum()), total),
        bias=_per(float((mean - count).sum()), total),
        wql=_per(_pinball(forecast, scored, count), total) if forecast.levels else None,
        coverage50=_coverage(forecast, scored, count, 0.25, 0.75),
        coverage90=_coverage(forecast, scored, count, 0.05, 0.95),
        intervals_off=_off(mean, count, INTERVAL_OFF),
        days_off=_off(mean_day, count_day, DAY_OFF),
        aht_off=_aht_off(forecast, came, scored),
    )


def _per(amount: float, total: float) -> float | None:
    return amount / total if total > 0 else None


def _off(expected: NDArray[Any], actual: NDArray[Any], limit: float) -> float:
    """The share of figures off by more than ``limit`` times the actual; anything expected where nothing came counts as off."""
    return float((np.abs(expected - actual) > limit * actual).mean())


def _aht_off(forecast: Forecast, came: ContactHistory, scored: NDArray[np.bool_]) -> float | None:
    actual, expected = came.handle_times()[scored], forecast.handle_times()[scored]
    known = actual > 0
    return _off(expected[known], actual[known], AHT_OFF) if known.any() else None


def _coverage(
    forecast: Forecast, scored: NDArray[np.bool_], count: FloatArray, low: float, high: float
) -> float | None:
    if low not in forecast.levels or high not in forecast.levels:
        return None
    below, above = (np.array(forecast.bands[forecast.levels.index(level)])[scored] for level in (low, high))
    return float(((count >= below) & (count <= above)).mean())


def _pinball(forecast: Forecast, scored: NDArray[np.bool_], count: FloatArray) -> float:
    levels = np.array(forecast.levels)[:, None]
    miss = count - np.array(forecast.bands)[:, scored]
    return float(2 * np.maximum(levels * miss, (levels - 1) * miss).sum(axis=1).mean())
