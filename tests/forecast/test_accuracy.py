"""Accuracy by hand: small forecasts whose errors are known."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history, noisy
from wfm.domain import InputError
from wfm.forecast import Accuracy, accuracy, forecast

WEEK = grid(7, MONDAY + timedelta(days=28))
TEN_A_STEP = forecast(constant(28), PHONE, WEEK)


def scored(counts: np.ndarray, aht_seconds: float | None = 300.0) -> Accuracy:
    return accuracy(TEN_A_STEP, history(WEEK, counts, aht_seconds))


def test_a_perfect_forecast_has_no_error() -> None:
    found = scored(np.full(WEEK.count, 10.0))
    assert (found.intervals, found.days) == (336, 7)
    assert [found.offered, found.expected] == pytest.approx([3360, 3360])
    assert found.wape_interval == pytest.approx(0)
    assert found.wape_day == pytest.approx(0)
    assert found.bias == pytest.approx(0)
    assert (found.intervals_off, found.days_off, found.aht_off) == (0, 0, 0)
    assert found.coverage50 == found.coverage90 == 1


def test_errors_that_cancel_within_a_day_count_by_interval_only() -> None:
    found = scored(np.tile([8.0, 12.0], WEEK.count // 2))
    assert found.wape_interval == pytest.approx(0.2)
    assert found.wape_day == pytest.approx(0)
    assert (found.intervals_off, found.days_off) == (1, 0)


def test_bias_is_positive_where_too_much_was_forecast() -> None:
    found = scored(np.full(WEEK.count, 8.0))
    assert found.bias == pytest.approx(0.25)
    assert found.days_off == 1


def test_thresholds_are_those_of_the_planner() -> None:
    counts = np.full(WEEK.count, 10.0)
    counts[:12], counts[48 : 48 + 12] = 11.0, 13.0  # within 10 %; beyond it, and one day off by more than 5 %
    found = scored(counts, 305.0)
    assert found.intervals_off == pytest.approx(12 / 336)
    assert found.days_off == pytest.approx(1 / 7)
    assert found.aht_off == 0
    assert scored(counts, 312.0).aht_off == 1
    assert scored(counts, None).aht_off is None


def test_unrecorded_intervals_are_not_scored() -> None:
    counts = np.full(WEEK.count, 10.0)
    counts[100:] = np.nan
    found = scored(counts)
    assert (found.intervals, found.days) == (100, 3)
    assert found.wape_interval == pytest.approx(0)


def test_an_actual_on_another_grid_is_scored_alike() -> None:
    quarters = grid(9, MONDAY + timedelta(days=27), 15)
    assert accuracy(TEN_A_STEP, history(quarters, np.full(quarters.count, 4.0))) == scored(np.full(WEEK.count, 8.0))


def test_where_nothing_came_no_share_is_told() -> None:
    found = scored(np.zeros(WEEK.count))
    assert found.wape_interval is found.wape_day is found.bias is found.wql is None
    assert found.intervals_off == 1


def test_quantile_loss_of_the_median_alone_is_the_wape() -> None:
    past = noisy(84)
    medians = forecast(past.part(slice(0, 77 * 48)), PHONE, grid(7, MONDAY + timedelta(days=77)), levels=(0.5,))
    found = accuracy(medians.varied(mean=medians.bands[0]), past)
    assert found.wql == pytest.approx(found.wape_interval)
    assert found.coverage50 is found.coverage90 is None


def test_a_history_of_other_days_or_another_channel_is_refused() -> None:
    with pytest.raises(InputError, match="expected recorded intervals between"):
        accuracy(TEN_A_STEP, constant(28))
    with pytest.raises(InputError, match="channel phone, came a history of chat"):
        accuracy(TEN_A_STEP, constant(40).varied(channel="chat"))
