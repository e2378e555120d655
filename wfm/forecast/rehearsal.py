"""Rehearsals: what methods would have said from earlier days of the known past, beside what then came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wfm.forecast.days import Days, FloatArray, believed
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.ground import answers

WEEK = 7
WEEKS_BACK = (1, 2, 4, 6, 8, 10, 12)  # origins: dense where they tell about now, far enough back to see weeks ahead
FULL = 28  # days of past that a rehearsal should have behind it


@dataclass(frozen=True)
class Rehearsal:
    """Forecasts made on one earlier day: ``means`` (methods, days ahead, slots), ``actual`` (days ahead, slots), NaN where unknown.

    ``origin`` is the position of the first forecast day in the past.
    """

    origin: int
    means: FloatArray
    actual: FloatArray


def rehearse(
    methods: Sequence[ForecastMethod],
    counts: FloatArray,
    past: Days,
    days_ahead: int,
    weights: FloatArray | None = None,
) -> tuple[Rehearsal, ...]:
    """Let the methods forecast the end of the past, each time from nothing but the days before; newest origin first.

    Origins lie ``WEEKS_BACK`` weeks before the end, with at least four weeks behind them (half of a shorter past, at least one week).
    What is not believed is not held against anybody.
    """
    days, truth = len(past), believed(counts, weights)
    earliest = min(FULL, max(WEEK, days // 2))
    origins = [days - WEEK * weeks for weeks in WEEKS_BACK if days - WEEK * weeks >= earliest]
    found = []
    for origin in origins:
        end = min(days, origin + days_ahead)
        seen = None if weights is None else weights[:origin]
        means = answers(methods, counts[:origin], past.part(slice(0, origin)), past.part(slice(origin, end)), seen)
        found.append(Rehearsal(origin, np.stack(means), truth[origin:end]))
    return tuple(found)


def errors(rehearsals: Sequence[Rehearsal], first: int, end: int) -> FloatArray:
    """Sum |mean - actual| / sum actual of each method over days [first, end) ahead, shape (methods,); NaN where nothing is known.

    Only intervals that every method speaks about count.
    """
    missed, came = 0.0, 0.0
    for one in rehearsals:
        means, actual = one.means[:, first:end], one.actual[first:end]
        known = ~np.isnan(actual) & ~np.isnan(means).any(axis=0)
        missed = missed + np.abs(means[:, known] - actual[known]).sum(axis=1)
        came += float(actual[known].sum())
    return np.asarray(missed / came) if came > 0 else np.full(len(rehearsals[0].means) if rehearsals else 0, np.nan)
