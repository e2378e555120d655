"""The day first, the time of day after: exponential smoothing of daily totals, spread over the day by the weekday's recent shape."""

from __future__ import annotations

from math import copysign
from typing import ClassVar

import numpy as np

from wfm.forecast.days import Days, FloatArray
from wfm.forecast.ground import Ground
from wfm.forecast.shapes import profiles

SHAPE_HALF_LIFE_DAYS = 28.0
SPEEDS = (0.02, 0.05, 0.1, 0.2, 0.3)
MEMORY_DAYS = 140  # at the slowest speed the first of them weighs 6 % of the last
LEVEL_LASTS_DAYS = 56.0  # levels that moved come back by half in eight weeks; one kept for good errs more a month ahead
LARGEST_STEP = 0.15  # a day off by more than this (log) moves the level no further: a spell of rain is no level


class TopDown:
    """day[d] = expected[d] exp(level 0.5^(h / LEVEL_LASTS_DAYS)), h days ahead; level += speed clip(slip - level).

    Simple exponential smoothing (Brown 1959) of log totals: ``slip`` is a day's log ratio to its weekday, marks and season; the
    speed is the one of ``SPEEDS`` that would have erred least a day ahead in the past; untrusted days move the level less.
    """

    kind: ClassVar[str] = "top_down"
    docs: ClassVar[str] = "Daily totals by exponential smoothing, spread over the day by the weekday's recent shape."

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return self.on(Ground.of(counts, past, future, weights))

    def on(self, ground: Ground) -> FloatArray:
        """See :class:`wfm.forecast.ground.Grounded`."""
        fading = 0.5 ** (ground.age_days / SHAPE_HALF_LIFE_DAYS)
        shape = profiles(ground.counts, ground.weights * fading[:, None], ground.codes, ground.smoothing)
        known = np.flatnonzero(ground.steady > 0)[-MEMORY_DAYS:]
        level = _smoothed(ground.slip[known], ground.steady[known])
        day = ground.expected * np.exp(level * 0.5 ** (ground.days_ahead / LEVEL_LASTS_DAYS))
        return ground.answer(day[:, None] * (ground.ahead @ shape))


def _smoothed(slip: FloatArray, trust: FloatArray) -> float:
    tried = [_followed(slip.tolist(), trust.tolist(), speed) for speed in SPEEDS]
    return min(tried)[1]


def _followed(slip: list[float], trust: list[float], speed: float) -> tuple[float, float]:
    """Sum of the errors a day ahead and the last level."""
    level, error = 0.0, 0.0
    for value, weight in zip(slip, trust, strict=True):
        miss = value - level
        error += weight * abs(miss)
        level += speed * weight * (miss if abs(miss) < LARGEST_STEP else copysign(LARGEST_STEP, miss))
    return error, level
