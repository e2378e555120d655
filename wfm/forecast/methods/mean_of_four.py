"""The mean of the last four same weekdays: what planners do, and the figure that every other method has to beat."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from wfm.forecast.days import Days, FloatArray
from wfm.forecast.recent import recent_mean

DAYS = 4


class MeanOfFour:
    """For each slot the plain mean of its last four recorded values on the same weekday; it knows no holidays."""

    kind: ClassVar[str] = "mean_of_four"
    docs: ClassVar[str] = "Mean of the last four same weekdays; a holiday is forecast like any other day."

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return recent_mean(
            counts, past.weekdays, future.weekdays, lambda rank: (rank < DAYS).astype(np.float64), weights
        )
