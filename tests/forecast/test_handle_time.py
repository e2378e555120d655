"""Handle times by time of day: right where known, drawn to the mean where thin, deaf to absurd values."""

import numpy as np
import pytest

from tests.forecast.histories import constant, grid, history
from wfm.forecast.handle_time import handle_time_by_slot

STEPS = grid(28)
EVENING = STEPS.minute_of_day >= 18 * 60


def noise(seed: int, share: float) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(-(share**2) / 2, share, STEPS.count)


def test_a_constant_is_returned() -> None:
    assert handle_time_by_slot(constant(14)) == pytest.approx(300)


def test_long_evening_calls_are_found_within_their_confidence() -> None:
    truth = np.where(EVENING, 420.0, 300.0)
    learned = handle_time_by_slot(history(STEPS, np.full(STEPS.count, 40.0), truth * noise(1, 0.1)))
    assert learned is not None
    assert learned[:36] == pytest.approx(300, rel=4 * 0.1 / np.sqrt(28))
    assert learned[36:] == pytest.approx(420, rel=4 * 0.1 / np.sqrt(28))


def test_slots_that_differ_by_chance_only_are_drawn_to_the_mean() -> None:
    raw = 300 * noise(2, 0.8)
    learned = handle_time_by_slot(history(STEPS, np.full(STEPS.count, 1.0), raw))
    assert learned is not None
    by_slot = raw.reshape(28, 48).mean(axis=0)
    assert learned.std() < 0.4 * by_slot.std()
    assert learned.mean() == pytest.approx(300, rel=0.1)


def test_a_call_of_ten_days_changes_nothing() -> None:
    aht = 30 * noise(3, 0.3)
    clean = handle_time_by_slot(history(STEPS, np.full(STEPS.count, 5.0), aht))
    aht[500] = 939_774.0
    assert clean is not None
    assert handle_time_by_slot(history(STEPS, np.full(STEPS.count, 5.0), aht)) == pytest.approx(clean, rel=0.02)


def test_an_interval_weighs_by_its_handled_contacts() -> None:
    counts = np.where(STEPS.day_index % 2, 30.0, 10.0)
    aht = np.where(STEPS.day_index % 2, 200.0, 400.0)
    learned = handle_time_by_slot(history(STEPS, counts, aht))
    assert learned is not None
    assert learned == pytest.approx(250, rel=0.02)  # halving by age moves it a little
    swapped = history(STEPS, counts, aht).varied(handled=tuple(np.where(STEPS.day_index % 2, 10.0, 30.0).tolist()))
    assert handle_time_by_slot(swapped) == pytest.approx(350, rel=0.02)


def test_recent_handle_times_weigh_more() -> None:
    drifted = np.where(STEPS.day_index < 14, 300.0, 360.0)
    learned = handle_time_by_slot(history(STEPS, np.full(STEPS.count, 9.0), drifted))
    assert learned is not None
    assert learned.mean() > 332


def test_zero_seconds_and_nothing_recorded_are_unknown() -> None:
    counts = np.full(STEPS.count, 5.0)
    assert handle_time_by_slot(history(STEPS, counts, None)) is None
    assert handle_time_by_slot(history(STEPS, counts, 0.0)) is None
    assert handle_time_by_slot(history(STEPS, 0 * counts, 300.0)) is None
