"""The common ground of the methods: a past with its days made comparable, computed once for all that build on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from wfm.domain.opening import WEEKDAYS
from wfm.forecast.day_effects import Codes, day_effects
from wfm.forecast.days import Days, DayTypes, FloatArray, believed, ratio
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.likeness import like_weekdays

MEMORY_DAYS = 760  # two years and a month: older days tell little and cost time
ENOUGH = 0.2  # of a day's usual contacts must be recorded for the day to count


@dataclass(frozen=True)
class Ground:
    """A past whose days differ by weekday and level only, and the days to forecast.

    ``counts`` (past days x open slots) are divided by the day's factor and 0 where not recorded; ``weights`` likewise, 0 where not
    recorded or not believed. ``codes`` and ``ahead`` are the weekdays 0..6 that past and future days are like; ``days_ahead`` counts the
    working days that lie between the past and each future day. ``total`` are the past days' contacts (of the whole day, divided like
    the counts) and ``mass`` the share of the day that was recorded, 0 for too little. ``trust`` and ``slip`` are as in
    :class:`wfm.forecast.day_effects.DayEffects`; ``expected`` (whole days) and ``factor`` are of the future days. ``columns`` are the
    open slots among all ``slots``.
    """

    counts: FloatArray
    weights: FloatArray
    codes: Codes
    ahead: Codes
    days_ahead: FloatArray
    total: FloatArray
    mass: FloatArray
    trust: FloatArray
    slip: FloatArray
    expected: FloatArray
    factor: FloatArray
    columns: NDArray[np.intp]
    slots: int

    @classmethod
    def of(cls, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> Self:
        """Lay the ground; shapes as :meth:`wfm.forecast.forecaster.ForecastMethod.expect` has them."""
        recent = slice(max(0, len(past) - MEMORY_DAYS), len(past))
        past, counts = past.part(recent), counts[recent]
        belief = np.where(np.isnan(counts), 0.0, 1.0 if weights is None else weights[recent])
        before, after = (_codes(like) for like in like_weekdays(believed(counts, belief), past, future))
        columns = np.flatnonzero((belief > 0).any(axis=0))
        belief, came = belief[:, columns], np.nan_to_num(counts[:, columns])
        total, mass = _totals(came, belief, before)
        marks = np.concatenate([past.marks, future.marks])
        effects = day_effects(total, mass, np.concatenate([before, after]), marks, past.dates + future.dates)
        usual, ahead = slice(0, len(past)), slice(len(past), None)
        return cls(
            counts=came / effects.factor[usual, None],
            weights=belief * (effects.trust * (mass > 0))[:, None],
            codes=before,
            ahead=after,
            days_ahead=_days_ahead(past, future, mass > 0),
            total=total / effects.factor[usual],
            mass=mass,
            trust=effects.trust,
            slip=effects.slip,
            expected=effects.expected[ahead],
            factor=effects.factor[ahead],
            columns=columns,
            slots=counts.shape[1],
        )

    @property
    def age_days(self) -> FloatArray:
        """Days from each past day to the last one, shape (past days,)."""
        return np.arange(len(self.counts), dtype=np.float64)[::-1]

    def answer(self, matrix: FloatArray) -> FloatArray:
        """A matrix (future days x open slots) on all slots; NaN where days of the kind were never recorded at that time."""
        seen = np.stack([(self.weights[self.codes == code] > 0).any(axis=0) for code in range(7)])
        full = np.full((len(matrix), self.slots), np.nan)
        full[:, self.columns] = np.where(seen[self.ahead], np.maximum(matrix, 0.0), np.nan)
        return full


@runtime_checkable
class Grounded(ForecastMethod, Protocol):
    """A method that answers from the common ground."""

    def on(self, ground: Ground) -> FloatArray:
        """Expected contacts as :meth:`wfm.forecast.forecaster.ForecastMethod.expect` gives them."""
        ...


def answers(
    methods: Sequence[ForecastMethod], counts: FloatArray, past: Days, future: Days, weights: FloatArray | None
) -> list[FloatArray]:
    """What each method expects; the ground is laid once."""
    ground = Ground.of(counts, past, future, weights) if any(isinstance(m, Grounded) for m in methods) else None
    return [
        method.on(ground)
        if ground is not None and isinstance(method, Grounded)
        else method.expect(counts, past, future, weights)
        for method in methods
    ]


def profiles(counts: FloatArray, weights: FloatArray, codes: Codes, towards: float = 0.0) -> FloatArray:
    """The shape of each weekday's day, (7, slots), summing to 1 over the slots ever recorded on it; 0 where never recorded.

    Weighted means by slot; with ``towards`` > 0 drawn to the shape of all days as if so many contacts of that shape had been seen.
    """
    is_code = np.equal(codes[None, :], np.arange(7)[:, None]).astype(np.float64)
    seen, came = is_code @ weights, is_code @ (weights * counts)
    mean = ratio(came, seen, 0.0)
    if towards > 0:
        days = ratio(seen, seen.max(axis=1, keepdims=True), 0.0)
        common = ratio(came.sum(axis=0), seen.sum(axis=0), 0.0)
        reach = ratio((days * common).sum(axis=1, keepdims=True), mean.sum(axis=1, keepdims=True), 1.0)
        pull = ratio(np.full_like(mean, towards), (seen * mean).sum(axis=1, keepdims=True), 1.0)
        mean = np.where(
            seen > 0, (mean + pull * ratio(np.broadcast_to(common, mean.shape), reach, 0.0)) / (1 + pull), 0.0
        )
    return ratio(mean, mean.sum(axis=1, keepdims=True), 0.0)


def _totals(counts: FloatArray, weights: FloatArray, codes: Codes) -> tuple[FloatArray, FloatArray]:
    """Contacts of whole days and the share of the day that was recorded, 0 for too little, both shape (days,)."""
    recorded = (weights * profiles(counts, weights, codes)[codes]).sum(axis=1)
    mass = np.where(recorded >= ENOUGH, np.minimum(recorded, 1.0), 0.0)
    return ratio((weights * counts).sum(axis=1), mass, 0.0), mass


def _days_ahead(past: Days, future: Days, recorded: NDArray[np.bool_]) -> FloatArray:
    """Days after the last past date and before each future one, of weekdays that were ever recorded, shape (len(future),)."""
    working = {day.weekday() for day, known in zip(past.dates, recorded.tolist(), strict=True) if known}
    last = past.dates[-1]
    span = max(0, (future.dates[-1] - last).days)
    passed = np.cumsum([0, *((last + timedelta(days=k)).weekday() in working for k in range(1, span + 1))])
    return np.array([passed[max(0, (day - last).days - 1)] for day in future.dates], dtype=np.float64)


def _codes(types: DayTypes) -> Codes:
    return np.array([WEEKDAYS.index(kind) for kind in types], dtype=np.int64)
