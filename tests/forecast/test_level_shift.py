"""Shifts of level, in daily counts whose truth is known."""

import numpy as np
import pytest

from wfm.forecast.level_shift import level_shifts

DAYS = np.arange(140)


def came(level: np.ndarray, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(500 * level).astype(float)


@pytest.mark.parametrize("factor", [0.5, 1.6, 3.0])
def test_the_day_and_size_of_a_shift_are_found(factor: float) -> None:
    ((day, jump),) = level_shifts(came(np.where(DAYS >= 100, factor, 1.0)), DAYS >= 0)
    assert day == 100
    assert np.exp(jump) == pytest.approx(factor, rel=0.1)


def test_up_and_down_again_are_two_shifts() -> None:
    found = level_shifts(came(np.where((DAYS >= 50) & (DAYS < 90), 2.0, 1.0)), DAYS >= 0)
    assert sorted(day for day, _ in found) == [50, 90]


@pytest.mark.parametrize("seed", range(5))
def test_chance_and_slow_growth_are_no_shift(seed: int) -> None:
    assert level_shifts(came(np.exp(DAYS / 140), seed), DAYS >= 0) == ()


def test_days_that_are_unknown_or_damaged_are_passed_over() -> None:
    counts = came(np.where(DAYS >= 100, 1.6, 1.0))
    counts[::7], counts[95:98] = np.nan, 0.0
    ((day, _),) = level_shifts(counts, (DAYS < 95) | (DAYS >= 98))
    assert abs(day - 100) <= 3


def test_six_weeks_are_needed() -> None:
    assert level_shifts(came(np.where(DAYS >= 20, 3.0, 1.0))[:41], DAYS[:41] >= 0) == ()
