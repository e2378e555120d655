"""Patience: all waiting over all abandons."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from wfm.importers.patience import mean_patience


def test_the_estimate_is_the_maximum_of_the_censored_likelihood() -> None:
    draw = np.random.default_rng(5)
    waits, abandoned = draw.exponential(60, 500), draw.random(500) < 0.3
    best = minimize_scalar(
        lambda mean: abandoned.sum() * np.log(mean) + waits.sum() / mean, bounds=(1, 10_000), method="bounded"
    )
    assert mean_patience(waits, abandoned) == pytest.approx(best.x, rel=1e-4)


def test_unknown_waits_count_nothing_and_without_abandons_there_is_no_estimate() -> None:
    assert mean_patience(np.array([30.0, np.nan, 60.0]), np.array([True, False, False])) == 90
    assert mean_patience(np.array([30.0, 60.0]), np.array([False, False])) is None
    assert mean_patience(np.array([0.0, 0.0]), np.array([True, False])) is None
