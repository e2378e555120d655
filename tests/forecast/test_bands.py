"""Bands are the quantiles of negative binomial counts."""

import time

import numpy as np
import pytest
from scipy import stats

from wfm.forecast.bands import quantiles

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@pytest.mark.parametrize("dispersion", [1e-6, 0.01, 0.3, 4.0])
def test_they_agree_with_the_reference_distribution(dispersion: float) -> None:
    mean = np.array([0.01, 0.7, 5.0, 36.0, 1157.0, 40_000.0])
    size = 1 / dispersion
    reference = [stats.nbinom.ppf(level, size, size / (size + mean)) for level in LEVELS]
    assert (quantiles(mean, np.full(6, dispersion), LEVELS) == np.maximum(reference, 0)).all()


def test_dispersion_zero_is_poisson() -> None:
    mean = np.array([0.2, 3.0, 90.0, 2500.0])
    assert (quantiles(mean, np.zeros(4), LEVELS) == [stats.poisson.ppf(level, mean) for level in LEVELS]).all()


def test_nothing_expected_has_no_band() -> None:
    assert not quantiles(np.zeros(3), np.full(3, 0.5), LEVELS).any()


def test_each_quantile_is_the_smallest_count_that_reaches_its_level() -> None:
    mean, dispersion = np.linspace(0.1, 200, 400), np.full(400, 0.08)
    size = 1 / 0.08
    for level, band in zip(LEVELS, quantiles(mean, dispersion, LEVELS), strict=True):
        assert (stats.nbinom.cdf(band, size, size / (size + mean)) >= level).all()
        assert (stats.nbinom.cdf(band - 1, size, size / (size + mean)) < level).all()


def test_eight_weeks_of_half_hours_take_a_fraction_of_a_second() -> None:
    rng = np.random.default_rng(5)
    begin = time.process_time()
    quantiles(rng.gamma(2, 50, 2688), rng.uniform(0.01, 0.2, 2688), LEVELS)
    assert time.process_time() - begin < 0.3
