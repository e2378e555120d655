"""Misses: one entry for whatever was rehearsed and recorded, with what a short past adds to it."""

import numpy as np
import pytest

from wfm.forecast.misses import Misses
from wfm.forecast.rehearsal import Rehearsal


def rehearsal(origin: int, days: int = 8) -> Rehearsal:
    return Rehearsal(origin, np.full((1, days, 2), 5.0), np.full((days, 2), 6.0))


def test_an_entry_knows_its_week_ahead_its_day_and_its_rehearsal() -> None:
    misses = Misses.of([rehearsal(70), rehearsal(63)])
    assert len(misses) == 2 * 8 * 2
    assert misses.week.tolist() == ([0] * 14 + [1] * 2) * 2
    assert set(misses.day.tolist()) == set(range(63, 78))
    assert (misses.days, misses.rehearsals) == (15, 2)
    assert misses.part(misses.origin == 63).mean.tolist() == [5.0] * 16


def test_what_was_not_recorded_or_not_expected_is_no_miss() -> None:
    mean, actual = np.array([[[5.0, 0.0, 3.0]]]), np.array([[np.nan, 4.0, 2.0]])
    misses = Misses.of([Rehearsal(70, mean, actual)])
    assert (misses.mean.tolist(), misses.actual.tolist()) == ([3.0], [2.0])


def test_a_forecast_from_a_short_past_is_expected_to_stray_more() -> None:
    misses = Misses.of([rehearsal(28), rehearsal(203)])
    early, late = misses.strain[misses.origin == 28], misses.strain[misses.origin == 203]
    assert early == pytest.approx((1 + 2 / 4) / (1 + 2 / 30))
    assert late == pytest.approx(1.0, abs=0.01)


def test_nothing_rehearsed_is_no_miss() -> None:
    nothing = Misses.of(())
    assert (len(nothing), nothing.days, nothing.rehearsals) == (0, 0, 0)


def test_a_few_of_many_misses_are_of_all_hours_and_days_alike() -> None:
    slots = np.tile(np.arange(48.0), (56, 1))
    misses = Misses.of([Rehearsal(70 + 7 * k, 1 + slots[None], slots) for k in range(7)])
    some = misses.some(1000)
    assert len(some) == 1000
    assert np.bincount(some.actual.astype(int)).tolist() == pytest.approx([1000 / 48] * 48, abs=6)
    assert some.day.mean() == pytest.approx(misses.day.mean(), abs=1)
    assert misses.some(len(misses)) is misses
