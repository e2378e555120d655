"""Noise: as large as what the problem pays, and gone or down to a wish at the end."""

import numpy as np
import pytest

from wfm.schedule.search.noise import FIRST_DUTY, LARGEST_MINUTE, OWN, Noise

WISHES = np.array([[0.0, 2.0, np.inf], [5.0, 0.0, 2.0]])


def test_minutes_have_noise_that_falls_to_nothing_and_duties_have_none() -> None:
    noise = Noise.of([0.0, 2.0, 4.0], [100.0], [WISHES], [30.0])
    assert noise.of_minute(1.0) == pytest.approx(LARGEST_MINUTE * 3.0)
    assert noise.of_minute(0.5) == pytest.approx(noise.of_minute(1.0) / 4)
    assert noise.of_minute(0.0) == noise.of_duty(1.0) == noise.of_duty(0.0) == 0.0


def test_more_agents_have_less_noise() -> None:
    few, many = (Noise.of([1.0], [], [WISHES] * number, []) for number in (30, 3_000))
    assert few.of_minute(1.0) == pytest.approx(10 * many.of_minute(1.0))


def test_duties_have_noise_from_a_head_down_to_the_smallest_wish() -> None:
    noise = Noise.of([], [100.0, 0.0], [WISHES], [])
    assert noise.of_duty(1.0) == pytest.approx(FIRST_DUTY * 100)
    assert noise.of_duty(1e-9) == pytest.approx(2.0, rel=1e-6)
    assert noise.of_duty(0.5) == pytest.approx((FIRST_DUTY * 100 * 2.0) ** 0.5)
    assert noise.of_duty(0.0) == noise.of_minute(1.0) == 0.0


def test_prices_of_the_order_of_days_make_more_noise() -> None:
    assert Noise.of([], [30.0], [], [30.0]).first == pytest.approx(FIRST_DUTY * (30 + OWN * 30))


def test_nothing_at_a_price_has_no_noise() -> None:
    noise = Noise.of([], [], [], [])
    assert noise.of_duty(1.0) == noise.of_minute(1.0) == noise.quick.of_duty(0.5) == 0.0
