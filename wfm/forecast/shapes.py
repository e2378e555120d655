"""The shape of each weekday's day: as smooth, and as common to all weekdays, as a queue's own past shows to err least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

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
        halves = Weekdays.of(counts, np.stack([weights * even, weights * ~even]), codes)
        truth = Truth.of(halves)
        reach = _lowest(REACHES, lambda reach: truth.missed(halves.shapes(cls(reach))))
        return cls(reach, _lowest(PULLS, lambda pull: truth.missed(halves.shapes(cls(reach, pull)))))

    def smooth(self, rows: FloatArray) -> FloatArray:
        """Rows over slots (the last axis), each slot drawn to those beside it; the sum of a row stays, and slots of 0 stay 0."""
        if not self.reach:
            return rows
        kernel, some = _kernel(rows.shape[-1], self.reach), rows > 0
        near = np.where(some, ratio(rows @ kernel, some @ kernel, 0.0), 0.0)
        return near * ratio(_sums(rows), _sums(near), 0.0)


@dataclass(frozen=True)
class Weekdays:
    """Contacts and the weights they were counted with, by weekday, both (..., 7, slots); parts of a past lie along the first axis."""

    came: FloatArray
    seen: FloatArray

    @classmethod
    def of(cls, counts: FloatArray, weights: FloatArray, codes: Codes) -> Self:
        """Add up days (days x slots) by their weekday, once for each of the weights (..., days, slots)."""
        is_code = np.equal(codes[None, :], np.arange(WEEK)[:, None]).astype(np.float64)
        return cls(is_code @ (weights * counts), is_code @ weights)

    def shapes(self, smoothing: Smoothing) -> FloatArray:
        """The drawn shapes, (..., 7, slots), each summing to 1 over the slots ever recorded on its weekday; 0 where never recorded."""
        mean = smoothing.smooth(self._drawn(smoothing.pull))
        return ratio(mean, _sums(mean), 0.0)

    @cached_property
    def mean(self) -> FloatArray:
        """The mean of each weekday by slot, (..., 7, slots); 0 where never recorded."""
        return ratio(self.came, self.seen, 0.0)

    @cached_property
    def common(self) -> FloatArray:
        """The mean of all days by slot, (..., 1, slots)."""
        return ratio(self.came.sum(axis=-2, keepdims=True), self.seen.sum(axis=-2, keepdims=True), 0.0)

    @cached_property
    def days(self) -> FloatArray:
        """How many days each weekday counts, (..., 7, 1): the weight of its most recorded slot."""
        return np.asarray(self.seen.max(axis=-1, keepdims=True))

    def _drawn(self, pull: float) -> FloatArray:
        """Means by slot, drawn to the common shape at the weekday's own volume."""
        share = ratio(np.full_like(self._contacts, pull), self._contacts, 0.0)
        return (self.mean + share * self._borrowed) / (1 + share)

    @cached_property
    def _contacts(self) -> FloatArray:
        return _sums(self.came)

    @cached_property
    def _borrowed(self) -> FloatArray:
        """The common shape in the place of the means by slot, with the same sum."""
        recorded = ratio(self.seen, self.days, 0.0)
        volume = ratio(_sums(self.mean), recorded @ self.common.swapaxes(-1, -2), 0.0)
        return np.where(self.seen > 0, volume * self.common, 0.0)


@dataclass(frozen=True)
class Truth:
    """What two halves of a past tell of each other: ``came`` on a day, where ``known`` to both, and how much an error weighs."""

    came: FloatArray
    known: NDArray[np.bool_]
    weight: FloatArray

    @classmethod
    def of(cls, halves: Weekdays) -> Self:
        """Rows are those of each half (2, 7, slots) as the shapes of the other have to tell them."""
        known = np.asarray((halves.seen > 0).all(axis=0))
        weight = ratio(halves.days, halves.common, 0.0)
        return cls(np.where(known, halves.mean, 0.0)[::-1], known, weight[::-1])

    def missed(self, shapes: FloatArray) -> float:
        """How far shapes are off, in units of the variance that Poisson counts would have."""
        said = np.where(self.known, shapes, 0.0)
        said = said * ratio(self._volume, _sums(said), 0.0)
        return float((self.weight * (said - self.came) ** 2).sum())

    @cached_property
    def _volume(self) -> FloatArray:
        return _sums(self.came)


def profiles(counts: FloatArray, weights: FloatArray, codes: Codes, smoothing: Smoothing | None = None) -> FloatArray:
    """The shape of each weekday's day, (7, slots): weighted means of days (days x slots) by weekday, drawn where told how.

    Each sums to 1 over the slots ever recorded on the weekday and is 0 where never recorded.
    """
    return Weekdays.of(counts, weights, codes).shapes(smoothing or Smoothing(pull=0.0))


def _sums(rows: FloatArray) -> FloatArray:
    """The sum of each row, kept as a column."""
    return np.asarray(rows.sum(axis=-1, keepdims=True))


@lru_cache(maxsize=64)
def _kernel(slots: int, reach: float) -> FloatArray:
    slot = np.arange(slots)
    return np.asarray(np.exp(-0.5 * (np.subtract.outer(slot, slot) / reach) ** 2))


def _lowest(values: Sequence[float], risk: Callable[[float], float]) -> float:
    """The value before the first that errs no less than it."""
    least, best = risk(values[0]), values[0]
    for value in values[1:]:
        now = risk(value)
        if now >= least:
            break
        least, best = now, value
    return best
