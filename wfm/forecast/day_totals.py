"""What is expected of whole days: totals with bands of their own, since the intervals of a day go up and down together."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from wfm.domain import Forecast, Noun
from wfm.domain.noun import Name
from wfm.forecast.bands import quantiles
from wfm.forecast.days import ratio

Positive = Annotated[float, Field(ge=0)]


class DayTotals(Noun):
    """Expected contacts of one channel, day by day: ``mean`` is the sum of the day's intervals.

    Totals are negative binomial with Var = mean + dispersion mean^2, dispersion learned from totals: the sum of the intervals' bands would
    be too wide, and that of independent intervals too narrow. ``bands[k]`` holds the quantiles at ``levels[k]``. All rows have
    the length of ``dates``.
    """

    channel: Name
    dates: tuple[date, ...]
    mean: tuple[Positive, ...]
    dispersion: tuple[Positive, ...]
    levels: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = ()
    bands: tuple[tuple[Positive, ...], ...] = ()

    @model_validator(mode="after")
    def _aligned(self) -> Self:
        for row in (self.mean, self.dispersion, *self.bands):
            if len(row) != len(self.dates):
                raise ValueError(f"expected {len(self.dates)} values, one a day, came {len(row)}")
        if len(self.levels) != len(self.bands):
            raise ValueError(f"expected one band for each of the levels {self.levels}, came {len(self.bands)}")
        return self

    def following(self, made: Forecast) -> Self:
        """The totals of the same forecast after it was changed: bands are multiplied as their day was.

        A day on which nothing had been expected gets negative binomial bands.
        """
        mean, before = np.bincount(made.grid.day_index, made.means()), np.array(self.mean)
        bands = np.array(self.bands).reshape(len(self.levels), len(self.dates)) * ratio(mean, before, 0.0)
        fresh = quantiles(np.where(before > 0, 0.0, mean), np.array(self.dispersion), self.levels)
        return self.varied(
            mean=tuple(mean.tolist()), bands=tuple(map(tuple, np.where(before > 0, bands, fresh).tolist()))
        )
