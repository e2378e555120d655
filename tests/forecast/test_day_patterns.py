"""How the surprises of a day hang together, against algebra that is done another way."""

import numpy as np
import pytest

from wfm.forecast.day_patterns import Patterns, raised, roots, surprises, trust_in_days

SLOTS = 12


def drawn(days: int, seed: int = 1, rise: float = 0.8) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return surprises with one pattern, all slots up or down together, and noise of variance 0.25."""
    rng = np.random.default_rng(seed)
    return rise * rng.normal(size=(days, 1)) * np.ones(SLOTS) + 0.5 * rng.normal(size=(days, SLOTS))


def test_a_pattern_that_was_put_in_is_found() -> None:
    found = Patterns.fit(drawn(2000), np.ones(2000), 1)
    assert np.abs(found.shapes[0]) == pytest.approx(0.8, rel=0.1)
    assert found.noise == pytest.approx(0.25, rel=0.15)


def test_what_is_to_be_expected_is_the_regression_on_what_was_seen() -> None:
    past = drawn(20_000, 2)
    seen = np.zeros((1, SLOTS), dtype=np.bool_)
    seen[:, :5] = True
    day = drawn(1, 3)
    slopes = np.linalg.lstsq(past[:, :5], past[:, 5:], rcond=None)[0]
    assert Patterns.fit(past, np.ones(len(past)), 1).rest(day, seen)[0, 5:] == pytest.approx(
        (day[:, :5] @ slopes)[0], abs=0.1
    )


def test_nothing_seen_means_nothing_expected() -> None:
    patterns = Patterns.fit(drawn(50), np.ones(50), 2)
    assert not patterns.rest(drawn(3), np.zeros((3, SLOTS), dtype=np.bool_)).any()


def test_a_wild_morning_counts_no_further_than_three_deviations() -> None:
    patterns = Patterns.fit(drawn(200), np.ones(200), 1)
    seen = np.tile(np.arange(SLOTS) < 4, (2, 1))
    wild, wilder = patterns.rest(np.array([[-50.0], [-500.0]]) * np.ones(SLOTS), seen)
    assert wild == pytest.approx(wilder)


def test_no_surprise_and_no_strength_change_nothing() -> None:
    mean = np.array([0.0, 0.5, 30.0, 1157.0])
    assert raised(mean, np.zeros(4)) == pytest.approx(mean)
    assert raised(mean, np.full(4, 0.7), 0.0).tolist() == mean.tolist()


def test_a_full_surprise_gives_what_came() -> None:
    mean, came = np.array([4.0, 30.0, 1157.0]), np.array([9.0, 20.0, 1300.0])
    assert roots(raised(mean, roots(came) - roots(mean))) == pytest.approx(roots(came), rel=0.02)


def test_what_was_not_recorded_surprises_nobody() -> None:
    assert surprises(np.array([np.nan, 9.0]), np.array([4.0, 9.0])).tolist() == [0.0, 0.0]


def test_a_day_unlike_all_others_teaches_less() -> None:
    days = drawn(40)
    days[7] = 30.0
    trust = trust_in_days(days)
    assert trust[7] < 0.05
    assert np.median(trust) == 1.0


def test_the_mean_of_models_has_the_mean_of_their_covariances() -> None:
    past = drawn(100)
    models = [Patterns.fit(past, np.ones(100), count) for count in (1, 2)]
    shared = [one.shapes.T @ one.shapes for one in (*models, Patterns.mean(models))]
    assert shared[2] == pytest.approx((shared[0] + shared[1]) / 2)
    assert Patterns.mean(models[:1]).noise.tolist() == models[0].noise.tolist()
