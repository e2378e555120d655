"""Bands are the quantiles of negative binomial counts."""

import numpy as np
import pytest
from scipy import stats

from wfm.forecast.bands import cumulative, quantiles, quantiles_along

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@pytest.mark.parametrize("dispersion", [1e-6, 0.01, 0.3, 4.0])
def test_they_are_within_half_a_count_of_the_reference(dispersion: float) -> None:
    mean = np.array([0.01, 0.7, 5.0, 36.0, 1157.0, 40_000.0])
    size = 1 / dispersion
    reference = np.array([stats.nbinom.ppf(level, size, size / (size + mean)) for level in LEVELS])
    assert (np.abs(quantiles(mean, np.full(6, dispersion), LEVELS) - reference) <= 0.5 + 1e-6 * mean).all()


def test_dispersion_zero_is_poisson() -> None:
    mean = np.array([0.2, 3.0, 90.0, 2500.0])
    reference = np.array([stats.poisson.ppf(level, mean) for level in LEVELS])
    assert (np.abs(quantiles(mean, np.zeros(4), LEVELS) - reference) <= 0.5).all()


def test_nothing_expected_has_no_band() -> None:
    assert not quantiles(np.zeros(3), np.full(3, 0.5), LEVELS).any()


@pytest.mark.parametrize(("low", "high", "share"), [(0.25, 0.75, 0.5), (0.05, 0.95, 0.9)])
def test_small_counts_are_covered_as_often_as_the_level_says(low: float, high: float, share: float) -> None:
    mean = np.random.default_rng(1).uniform(2, 12, 20_000)
    below, above = quantiles(mean, np.full(mean.shape, 0.1), (low, high))
    came = stats.nbinom.rvs(10, 10 / (10 + mean), random_state=2)
    error = np.sqrt(share * (1 - share) / len(mean))
    assert ((came >= below) & (came <= above)).mean() == pytest.approx(share, abs=3.3 * error + 0.015)


def test_interpolated_quantiles_are_those_that_are_solved_for() -> None:
    mean = np.random.default_rng(3).gamma(2, 50, 2688)
    many = quantiles(mean, np.full(2688, 0.05), LEVELS)
    few = np.hstack([quantiles(mean[k : k + 48], np.full(48, 0.05), LEVELS) for k in range(0, 2688, 48)])
    assert many == pytest.approx(few, abs=0.05)


def test_the_distribution_and_its_quantiles_are_inverse() -> None:
    mean = np.linspace(20, 300, 50)
    for level, band in zip(LEVELS, quantiles(mean, np.full(50, 0.05), LEVELS), strict=True):
        assert cumulative(band - 0.5, mean, np.full(50, 0.05)) == pytest.approx(level)


def test_nothing_is_below_zero() -> None:
    assert cumulative(np.array([-1.0, -5.0]), np.ones(2), np.zeros(2)).tolist() == [0, 0]


@pytest.mark.parametrize("count", [10, 2688])
def test_no_levels_give_no_quantiles(count: int) -> None:
    mean = np.linspace(1, 300, count)
    assert quantiles_along(mean, lambda at: np.full(len(at), 0.05), ()).shape == (0, count)
