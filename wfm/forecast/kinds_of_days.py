"""What is usual on each kind of day: plain means of a past, from which explanations start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from wfm.forecast.days import Days, FloatArray, ratio
from wfm.forecast.training import Training


@dataclass(frozen=True)
class KindsOfDays:
    """Mean contacts (slots) of each kind of day that the past knows, and how many days of it there were."""

    by_kind: dict[str, FloatArray]
    days: dict[str, int]

    @classmethod
    def of(cls, past: Training) -> Self:
        """The plain mean of each slot over the days of each kind."""
        recorded = ~np.isnan(past.counts)
        kinds, some = np.array(past.days.types), recorded.any(axis=1)
        rows = {str(kind): some & (kinds == kind) for kind in np.unique(kinds[some])}
        came = np.nan_to_num(past.counts)
        by_kind = {k: ratio(came[row].sum(axis=0), recorded[row].sum(axis=0), 0.0) for k, row in rows.items()}
        return cls(by_kind, {kind: int(row.sum()) for kind, row in rows.items()})

    @property
    def nothing(self) -> FloatArray:
        """A day on which nothing is usual."""
        return np.zeros_like(next(iter(self.by_kind.values())))

    def overall(self) -> FloatArray:
        """Mean contacts (slots) of all days."""
        total = sum((self.days[kind] * day for kind, day in self.by_kind.items()), self.nothing)
        return np.asarray(total / sum(self.days.values()))

    def mean_day(self) -> float:
        """Mean contacts of all days."""
        return float(self.overall().sum())

    def level(self, counts: FloatArray, days: Days) -> float:
        """Contacts of days (x slots, NaN where not recorded) over those that are usual on days like them, 1 where nothing tells."""
        expected = np.array([self.by_kind.get(kind, self.nothing) for kind in days.types])
        known = ~np.isnan(counts)
        total = float(expected[known].sum())
        return float(counts[known].sum()) / total if total > 0 else 1.0
