"""What rehearsed forecasts missed by, interval after interval, as the evidence from which bands are learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import FloatArray
from wfm.forecast.rehearsal import WEEK, Rehearsal

LEARNING_WEEKS = 2.0  # of past that leave as much in doubt of what they teach as there is noise in what comes
SILVER = 2**0.5  # multiples of it modulo 1 are spread evenly (Weyl 1916); a stride may meet the same hour every day


@dataclass(frozen=True)
class Misses:
    """One entry for each recorded interval of each rehearsal with a positive mean, all rows of one length.

    ``week`` is the week ahead, 0 the first, ``day`` the day's position in the past, ``origin`` that of the first day of its rehearsal.
    ``strain`` is how many times the dispersion of a forecast made from the whole past that of its rehearsal was: with n and N weeks
    of past (1 + 2/n) / (1 + 2/N), since estimates from a short past stray themselves.
    """

    week: NDArray[np.int64]
    day: NDArray[np.int64]
    origin: NDArray[np.int64]
    mean: FloatArray
    actual: FloatArray
    strain: FloatArray

    @classmethod
    def of(cls, rehearsals: Sequence[Rehearsal]) -> Self:
        """The misses of a single method's rehearsals, one after another."""
        whole = _doubt(max((one.origin for one in rehearsals), default=0) + WEEK)
        rows = [_rows(one, whole) for one in rehearsals]
        kinds = (np.int64, np.int64, np.int64, np.float64, np.float64, np.float64)
        return cls(*(np.concatenate([np.empty(0), *parts]).astype(k) for k, *parts in zip(kinds, *rows, strict=True)))

    def part(self, chosen: NDArray[Any]) -> Self:
        """Those that a mask or positions choose."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def some(self, most: int) -> Self:
        """At most so many of them, spread evenly and always the same."""
        return self if len(self) <= most else self.part((np.arange(most) * SILVER % 1 * len(self)).astype(np.int64))

    @property
    def days(self) -> int:
        """How many different days were forecast."""
        return int(np.count_nonzero(np.bincount(self.day)))

    @property
    def rehearsals(self) -> int:
        """How many rehearsals they come from."""
        return int(np.count_nonzero(np.bincount(self.origin)))

    def __len__(self) -> int:
        return len(self.mean)


def _rows(one: Rehearsal, whole: float) -> tuple[NDArray[Any], ...]:
    mean, actual = one.means[0], one.actual
    ahead, slot = np.nonzero(~np.isnan(actual) & (mean > 0))
    origin, strain = np.full(len(ahead), one.origin), np.full(len(ahead), _doubt(one.origin) / whole)
    return ahead // WEEK, one.origin + ahead, origin, mean[ahead, slot], actual[ahead, slot], strain


def _doubt(days: int) -> float:
    return 1 + LEARNING_WEEKS * WEEK / max(days, 1)
