"""The common ground of the methods: a past with its days made comparable, computed once for all that build on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.day_effects import day_effects
from wfm.forecast.days import Codes, Days, FloatArray, believed, ratio
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.level_shift import level_shifts
from wfm.forecast.likeness import likeness, no_busier, with_ordinary
from wfm.forecast.shapes import Smoothing, profiles

MEMORY_DAYS = 760  # two years and a month: older days tell little and cost time
ENOUGH = 0.2  # of a day's usual contacts must be recorded for the day to count


@dataclass(frozen=True)
class Ground:
    """A past whose days differ by weekday and level only, and the days to forecast.

    ``counts`` (past days x open slots) are divided by the day's factor, brought to the last level and 0 where not recorded; ``weights``
    likewise, 0 where not recorded or not believed. ``codes`` are the weekdays 0..6 that past days are most like, ``ahead`` (days x 7) how
    much future days are like each; ``days_ahead`` counts the working days that lie between the past and each future day. ``total`` are
    the past days' contacts (of the whole day, divided like the counts) and ``mass`` the share of the day that was recorded, 0 for too
    little. ``trust``, ``slip`` and ``half_life_days`` are as in :class:`wfm.forecast.day_effects.DayEffects`; ``steady`` is how far a
    day tells the level, 0 for holidays and eves; ``expected`` (whole days) and ``factor`` are of the future days. ``columns`` are the
    open slots among all ``slots``; ``smoothing`` is what is best for shapes of this past.
    """

    counts: FloatArray
    weights: FloatArray
    codes: Codes
    ahead: FloatArray
    days_ahead: FloatArray
    total: FloatArray
    mass: FloatArray
    trust: FloatArray
    slip: FloatArray
    steady: FloatArray
    expected: FloatArray
    factor: FloatArray
    columns: NDArray[np.intp]
    slots: int
    half_life_days: float
    smoothing: Smoothing

    @classmethod
    def of(cls, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> Self:
        """Lay the ground; shapes as :meth:`wfm.forecast.forecaster.ForecastMethod.expect` has them."""
        recent = slice(max(0, len(past) - MEMORY_DAYS), len(past))
        past, counts = past.part(recent), counts[recent]
        known = ~np.isnan(counts)
        belief = np.where(known, 1.0 if weights is None else weights[recent], 0.0)
        before, after = likeness(believed(counts, belief), past, future)
        codes = np.argmax(before, axis=1)
        columns = np.flatnonzero((belief > 0).any(axis=0))
        belief, came = (each.take(columns, axis=1) for each in (belief, np.where(known, counts, 0.0)))
        total, mass = _totals(came, belief, codes)
        level = _level(total, mass)
        came, total = came / level[:, None], total / level
        effects = day_effects(
            total,
            mass,
            np.concatenate([before, after]),
            np.concatenate([past.marks, future.marks]),
            _names(past, future),
            past.dates + future.dates,
        )
        ahead, factor = slice(len(past), None), effects.factor[: len(past)]
        came, belief = came / factor[:, None], belief * (effects.trust * (mass > 0))[:, None]
        return cls(
            counts=came,
            weights=belief,
            codes=codes,
            ahead=after,
            days_ahead=_days_ahead(past, future, mass > 0),
            total=total / factor,
            mass=mass,
            trust=effects.trust,
            slip=effects.slip,
            steady=effects.trust * mass * (before.max(axis=1) == 1),
            expected=effects.expected[ahead],
            factor=effects.factor[ahead],
            columns=columns,
            slots=counts.shape[1],
            half_life_days=effects.half_life_days,
            smoothing=Smoothing.learn(came, belief, codes),
        )

    @property
    def age_days(self) -> FloatArray:
        """Days from each past day to the last one, shape (past days,)."""
        return np.arange(len(self.counts), dtype=np.float64)[::-1]

    def answer(self, matrix: FloatArray) -> FloatArray:
        """A matrix (future days x open slots) on all slots; NaN where days of the kind were never recorded at that time."""
        full = np.full((len(matrix), self.slots), np.nan)
        full[:, self.columns] = np.where(self._seen, np.maximum(matrix, 0.0), np.nan)
        return full

    @cached_property
    def _seen(self) -> NDArray[np.bool_]:
        """Whether days like each future one were ever recorded at that time, shape (future days, open slots)."""
        recorded = np.stack([(self.weights[self.codes == code] > 0).any(axis=0) for code in range(7)])
        return np.asarray(self.ahead @ recorded > 0)


@runtime_checkable
class Grounded(ForecastMethod, Protocol):
    """A method that answers from the common ground."""

    def on(self, ground: Ground) -> FloatArray:
        """Expected contacts as :meth:`wfm.forecast.forecaster.ForecastMethod.expect` gives them."""
        ...


def answers(
    methods: Sequence[ForecastMethod], counts: FloatArray, past: Days, future: Days, weights: FloatArray | None
) -> list[FloatArray]:
    """What each method expects; the ground is laid once, and no slot of a holiday is busier than on an ordinary day."""
    future, special = with_ordinary(future)
    grounded = [method if isinstance(method, Grounded) else None for method in methods]
    ground = Ground.of(counts, past, future, weights) if any(grounded) else None
    found = (
        some.on(ground) if some and ground else method.expect(counts, past, future, weights)
        for method, some in zip(methods, grounded, strict=True)
    )
    return [no_busier(matrix, special) for matrix in found]


def _level(total: FloatArray, mass: FloatArray) -> FloatArray:
    """The level of each past day against the last one, 1 where it never shifted for good."""
    log = np.zeros(len(total))
    for shift in level_shifts(np.where(mass > 0, total, np.nan), mass > 0):
        log[: shift.day] -= shift.jump
    return np.exp(log)


def _totals(counts: FloatArray, weights: FloatArray, codes: Codes) -> tuple[FloatArray, FloatArray]:
    """Contacts of whole days and the share of the day that was recorded, 0 for too little, both shape (days,)."""
    recorded = (weights * profiles(counts, weights, codes)[codes]).sum(axis=1)
    mass = np.where(recorded >= ENOUGH, np.minimum(recorded, 1.0), 0.0)
    return ratio((weights * counts).sum(axis=1), mass, 0.0), mass


def _days_ahead(past: Days, future: Days, recorded: NDArray[np.bool_]) -> FloatArray:
    """Days after the last past date and before each future one, of weekdays that were ever recorded, shape (len(future),)."""
    working = {day.weekday() for day, known in zip(past.dates, recorded.tolist(), strict=True) if known}
    last = past.dates[-1]
    span = max(0, (max(future.dates) - last).days)
    passed = np.cumsum([0, *((last + timedelta(days=k)).weekday() in working for k in range(1, span + 1))])
    return np.array([passed[max(0, (day - last).days - 1)] for day in future.dates], dtype=np.float64)


def _names(past: Days, future: Days) -> NDArray[np.bool_]:
    """Which days are holidays of a name that past and future share, one column a name."""
    names = sorted(set(past.names) & set(future.names) - {""})
    return np.asarray(np.array(past.names + future.names)[:, None] == np.array(names, dtype=str)[None, :])
