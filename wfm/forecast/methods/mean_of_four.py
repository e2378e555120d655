"""The mean of the last four same weekdays: what planners do, and the figure that every other method has to beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from wfm.forecast.days import Days, FloatArray, believed
from wfm.forecast.likeness import like_weekdays
from wfm.forecast.recent import recent_mean

DAYS = 4


@dataclass(frozen=True)
class MeanOfFour:
    """For each slot the plain mean of its last four recorded values on the same weekday; it knows no holidays.

    One ``with_holidays`` takes the weekday that each day is most like: in a mixture the plain one would bring the volume of a working day
    into every holiday.
    """

    with_holidays: bool = False

    kind: ClassVar[str] = "mean_of_four"
    docs: ClassVar[str] = "Mean of the last four same weekdays; a holiday is forecast like any other day."

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        before, after = past.weekdays, future.weekdays
        if self.with_holidays:
            before, after = like_weekdays(believed(counts, weights), past, future)
        return recent_mean(counts, before, after, lambda rank: (rank < DAYS).astype(np.float64), weights)
