"""Shapes of the day are drawn together as far as the past shows that it pays."""

import numpy as np
import pytest

from wfm.forecast.shapes import Smoothing, profiles

SLOTS, DAYS = 48, 140
CODES = np.arange(DAYS) % 7
WEIGHTS = np.ones((DAYS, SLOTS))
HILL = 1 + np.sin(np.linspace(0, np.pi, SLOTS))


def drawn(mean: np.ndarray, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).poisson(np.broadcast_to(mean, (DAYS, SLOTS))).astype(float)


def test_few_contacts_of_a_smooth_day_are_smoothed_and_shared() -> None:
    counts = drawn(HILL)
    learned = Smoothing.learn(counts, WEIGHTS, CODES)
    assert learned.reach >= 1
    assert learned.pull >= 300
    off = [np.abs(profiles(counts, WEIGHTS, CODES, how) - HILL / HILL.sum()).sum() for how in (None, learned)]
    assert off[1] < 0.5 * off[0]


def test_many_contacts_of_a_jagged_day_stay_as_they_are() -> None:
    jagged = np.where(np.arange(SLOTS) % 2, 300.0, 900.0)
    learned = Smoothing.learn(drawn(jagged), WEIGHTS, CODES)
    assert learned.reach == 0


def test_weekdays_that_differ_are_not_drawn_together() -> None:
    early = np.where(np.arange(SLOTS) < 24, 60.0, 6.0)
    mean = np.where((CODES == 6)[:, None], early, early[::-1])
    assert Smoothing.learn(drawn(mean), WEIGHTS, CODES).pull <= 100


def test_smoothing_keeps_sums_and_closed_slots() -> None:
    rows = np.array([[0.0, 4, 0, 8, 1], [0.0, 0, 0, 0, 0]])
    found = Smoothing(reach=1.0).smooth(rows)
    assert found.sum(axis=1) == pytest.approx([13, 0])
    assert ((found == 0) == (rows == 0)).all()
    assert found[0, 3] < 8


def test_shapes_sum_to_one_where_anything_was_recorded() -> None:
    weights = WEIGHTS * (CODES != 6)[:, None]
    assert profiles(drawn(HILL), weights, CODES, Smoothing(2.0, 100.0)).sum(axis=1) == pytest.approx([1] * 6 + [0])
