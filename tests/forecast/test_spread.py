"""Spread: what rehearsals missed by, intervals and whole days, becomes bands that hold."""

import numpy as np
import pytest

from tests.forecast.histories import negative_binomial
from wfm.forecast.days import FloatArray
from wfm.forecast.rehearsal import Rehearsal
from wfm.forecast.spread import Spread, of_whole_days

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MEAN = np.random.default_rng(1).uniform(20, 300, (56, 48))
FIRST_WEEK = np.zeros(48, dtype=np.int64)


def rehearsed(actual: FloatArray, mean: FloatArray = MEAN, count: int = 1) -> list[Rehearsal]:
    return [Rehearsal(100 + 7 * k, mean[None], actual) for k in range(count)]


def covered(spread: Spread, actual: FloatArray, mean: FloatArray, low: int, high: int) -> float:
    bands = spread.bands(mean.ravel(), np.zeros(mean.size, dtype=np.int64), LEVELS)
    return float(((actual.ravel() >= bands[low]) & (actual.ravel() <= bands[high])).mean())


def test_levels_are_left_alone_where_the_distribution_is_right() -> None:
    spread = Spread.of(rehearsed(negative_binomial(MEAN, 0.03, 2)), 8)
    assert spread.corrected(LEVELS) == pytest.approx(LEVELS, abs=0.035)


def test_heavier_tails_than_negative_binomial_are_covered() -> None:
    rng = np.random.default_rng(4)
    jolts = [np.exp(0.1 * rng.standard_t(2.5, MEAN.shape)) for _ in range(2)]
    seen, coming = (rng.poisson(MEAN * jolt).astype(float) for jolt in jolts)
    spread = Spread.of(rehearsed(seen), 8)
    for low, high, share in ((1, 3, 0.5), (0, 4, 0.9)):
        assert covered(spread, coming, MEAN, low, high) == pytest.approx(share, abs=0.04)


def test_small_intervals_may_stray_more_than_large_ones() -> None:
    mean = np.where(np.arange(48) % 2 == 0, 4.0, 400.0) * np.ones((56, 1))
    noise = np.where(np.arange(48) % 2 == 0, 0.8, 0.01)
    rng = np.random.default_rng(6)
    seen = rng.poisson(mean * rng.gamma(1 / noise, noise, mean.shape)).astype(float)
    spread = Spread.of(rehearsed(seen, mean), 8)
    small, large = spread.dispersion(np.array([4.0, 400.0]), np.zeros(2, dtype=np.int64))
    assert small > 10 * large


def test_bands_rise_with_their_level() -> None:
    spread = Spread.of(rehearsed(negative_binomial(MEAN, 0.2, 3)), 8)
    fine = np.linspace(0.01, 0.99, 99)
    bands = spread.bands(MEAN[0], FIRST_WEEK, tuple(fine.tolist()))
    assert (np.diff(bands, axis=0) >= 0).all()


def test_nothing_rehearsed_is_wide_and_uncorrected() -> None:
    nothing = Spread.of((), 3)
    assert nothing.corrected(LEVELS) == LEVELS
    low, _, _, _, high = nothing.bands(MEAN[0], FIRST_WEEK, LEVELS)
    assert ((high - low) > 0.8 * MEAN[0]).all()


def test_days_whose_intervals_go_together_are_less_sure_than_their_sum() -> None:
    rng = np.random.default_rng(7)
    together = rng.poisson(MEAN * rng.lognormal(0, 0.1, (56, 1))).astype(float)
    apart = rng.poisson(MEAN * rng.lognormal(0, 0.1, MEAN.shape)).astype(float)
    total = np.array([MEAN[0].sum()])
    week = np.zeros(1, dtype=np.int64)
    wide, narrow = (
        np.ptp(Spread.of(of_whole_days(rehearsed(seen, count=8)), 8).bands(total, week, (0.05, 0.95)))
        for seen in (together, apart)
    )
    assert wide > 2 * narrow


def test_a_day_s_rehearsal_is_of_its_known_intervals() -> None:
    actual = np.array([[1.0, np.nan, 2.0], [np.nan] * 3])
    (day,) = of_whole_days([Rehearsal(9, np.array([[[5.0, 6.0, np.nan], [1.0, 1.0, 1.0]]]), actual)])
    assert day.means[0].tolist() == [[5.0], [0.0]]
    assert day.actual[0, 0] == 1.0
    assert np.isnan(day.actual[1, 0])
