"""The shape of each weekday's day: as smooth, and as common to all weekdays, as a queue's own past shows to err least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from wfm.forecast.days import Codes, FloatArray, ratio

REACHES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # slots
PULLS = (30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0)  # contacts
USUAL_PULL = 100.0
WEEK = 7


@dataclass(frozen=True)
class Smoothing:
    """How shapes are drawn together: each slot to those beside it, each weekday to the shape of all days.

    The first by a Gaussian kernel of ``reach`` slots, the second as if ``pull`` contacts of the common shape had been seen.
    """

    reach: float = 0.0
    pull: float = USUAL_PULL

    @classmethod
    def learn(cls, counts: FloatArray, weights: FloatArray, codes: Codes) -> Self:
        """The reach, then the pull, with which the shapes of every other week tell best those of the weeks between.

        Two-fold cross-validation (Stone 1974) of squared errors over what Poisson counts would have; from the least upwards, as long as
        more errs less. Arguments as :func:`profiles` has them.
        """
        even = (np.arange(len(counts))[::-1] // WEEK % 2 == 0)[:, None]
        halves = [Weekdays.of(counts, weights * half, codes) for half in (even, ~even)]

        def risk(one: Self) -> float:
            return halves[0].miss(one, halves[1]) + halves[1].miss(one, halves[0])

        reach = _lowest(REACHES, lambda reach: risk(cls(reach)))
        return cls(reach, _lowest(PULLS, lambda pull: risk(cls(reach, pull))))

    def smooth(self, rows: FloatArray) -> FloatArray:
        """Rows over slots, each slot drawn to those beside it; the sum of a row stays, and slots of 0 stay 0."""
        if not self.reach:
            return rows
        slot = np.arange(rows.shape[1])
        kernel = np.exp(-0.5 * (np.subtract.outer(slot, slot) / self.reach) ** 2)
        some = rows > 0
        near = np.where(some, ratio(rows @ kernel, some @ kernel, 0.0), 0.0)
        return near * ratio(rows.sum(axis=1), near.sum(axis=1), 0.0)[:, None]


@dataclass(frozen=True)
class Weekdays:
    """Contacts and the weights they were counted with, by weekday, both (7, slots)."""

    came: FloatArray
    seen: FloatArray

    @classmethod
    def of(cls, counts: FloatArray, weights: FloatArray, codes: Codes) -> Self:
        """Add up days (days x slots) by their weekday."""
        is_code = np.equal(codes[None, :], np.arange(WEEK)[:, None]).astype(np.float64)
        return cls(is_code @ (weights * counts), is_code @ weights)

    def shapes(self, smoothing: Smoothing) -> FloatArray:
        """The drawn shapes, (7, slots), each summing to 1 over the slots ever recorded on its weekday; 0 where never recorded."""
        mean = smoothing.smooth(self._drawn(smoothing.pull))
        return ratio(mean, mean.sum(axis=1, keepdims=True), 0.0)

    def miss(self, smoothing: Smoothing, other: Weekdays) -> float:
        """How far the shapes are off what came in other weeks, in units of its variance."""
        known = (self.seen > 0) & (other.seen > 0)
        came = np.where(known, ratio(other.came, other.seen, 0.0), 0.0)
        said = np.where(known, self.shapes(smoothing), 0.0)
        said = said * ratio(came.sum(axis=1), said.sum(axis=1), 0.0)[:, None]
        squared = other.seen.max(axis=1) @ (said - came) ** 2
        return float(ratio(squared, other._common(), 0.0).sum())

    def _common(self) -> FloatArray:
        return ratio(self.came.sum(axis=0), self.seen.sum(axis=0), 0.0)

    def _drawn(self, pull: float) -> FloatArray:
        """Means by slot, drawn to the common shape at the weekday's own volume."""
        mean, common = ratio(self.came, self.seen, 0.0), self._common()
        days = ratio(self.seen, self.seen.max(axis=1, keepdims=True), 0.0)
        volume = ratio(mean.sum(axis=1), days @ common, 0.0)[:, None]
        share = ratio(np.full(WEEK, pull), self.came.sum(axis=1), 0.0)[:, None]
        return np.where(self.seen > 0, (mean + share * volume * common) / (1 + share), 0.0)


def profiles(counts: FloatArray, weights: FloatArray, codes: Codes, smoothing: Smoothing | None = None) -> FloatArray:
    """The shape of each weekday's day, (7, slots): weighted means of days (days x slots) by weekday, drawn where told how.

    Each sums to 1 over the slots ever recorded on the weekday and is 0 where never recorded.
    """
    return Weekdays.of(counts, weights, codes).shapes(smoothing or Smoothing(pull=0.0))


def _lowest(values: Sequence[float], risk: Callable[[float], float]) -> float:
    """The value before the first that errs no less than it."""
    least, best = risk(values[0]), values[0]
    for value in values[1:]:
        now = risk(value)
        if now >= least:
            break
        least, best = now, value
    return best
