"""Levels of weekdays fade as fast as it pays."""

import numpy as np
import pytest

from wfm.forecast.days import FloatArray
from wfm.forecast.weekday_levels import WeekdayLevels

CODES = np.arange(280) % 7
USUAL = np.full(7, 500.0)


def learned(total: FloatArray, weight: FloatArray | None = None) -> WeekdayLevels:
    days = len(total)
    known = np.ones(days) if weight is None else weight
    return WeekdayLevels.of(total, known, CODES[:days], np.ones(days), USUAL)


def test_a_steady_queue_remembers_long_and_a_drifting_one_forgets() -> None:
    noise = np.random.default_rng(1).normal(0, 30, 280)
    drift = np.linspace(0, 400, 280)
    assert learned(500 + noise).half_life_days > 2 * learned(500 + drift + noise).half_life_days


def test_a_weekday_that_falls_alone_falls_alone() -> None:
    total = np.where(CODES == 6, np.linspace(500, 100, 280), 500.0)
    found = learned(total)
    assert found.near[:6] == pytest.approx(500)
    assert found.near[6] < 200


def test_weekdays_never_recorded_are_as_usual() -> None:
    assert learned(np.full(280, 80.0), (CODES != 6).astype(float)).far == pytest.approx([80] * 6 + [500], rel=0.01)


def test_two_weeks_are_enough_for_an_answer() -> None:
    assert learned(np.full(14, 80.0)).near == pytest.approx(80, rel=0.1)
