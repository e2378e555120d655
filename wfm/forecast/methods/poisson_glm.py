"""A Poisson regression on weekday, time of day, position in the month, holidays and season, on a level that follows the last days."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from wfm.forecast.day_effects import faded_mean
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.ground import Ground
from wfm.forecast.shapes import profiles

SHAPE_HALF_LIFE_DAYS = 56.0
LEVEL_HALF_LIFE_DAYS, LEVEL_PRIOR_DAYS = 5.0, 3.0
LEVEL_LASTS_DAYS = 10.0


class PoissonGlm:
    """mean[d, s] = expected[d] shape[weekday of d, s] level^(0.5^(h / LEVEL_LASTS_DAYS)), h days ahead.

    The likelihood of a multiplicative Poisson model falls apart into that of the days' totals and that of the shares of the day, so
    that both are fitted exactly and apart: the totals by :func:`wfm.forecast.day_effects.day_effects`, the shares as weighted
    means drawn to the common shape. ``level`` is the geometric mean of what the last days brought over what was expected of them, drawn
    to 1; it fades with the days ahead (a level that is carried on whole errs more after a month). It has no slope: one lost everywhere.
    """

    kind: ClassVar[str] = "poisson_glm"
    docs: ClassVar[str] = (
        "Poisson regression on weekday, time of day, position in the month, holidays and season, with a level that follows the last days."
    )

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return self.on(Ground.of(counts, past, future, weights))

    def on(self, ground: Ground) -> FloatArray:
        """See :class:`wfm.forecast.ground.Grounded`."""
        fading = 0.5 ** (ground.age_days / SHAPE_HALF_LIFE_DAYS)
        shape = profiles(ground.counts, ground.weights * fading[:, None], ground.codes, ground.smoothing)
        level = faded_mean(ground.slip, ground.steady, LEVEL_HALF_LIFE_DAYS, LEVEL_PRIOR_DAYS)
        day = ground.expected * np.exp(level * 0.5 ** (ground.days_ahead / LEVEL_LASTS_DAYS))
        return ground.answer(day[:, None] * (ground.ahead @ shape))
