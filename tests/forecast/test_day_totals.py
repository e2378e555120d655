"""Totals of days come with bands of their own."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, noisy
from wfm.forecast import DayTotals, forecast, forecast_with_days

HORIZON = grid(14, MONDAY + timedelta(days=84))


def test_a_day_is_the_sum_of_its_intervals() -> None:
    intervals, days = forecast_with_days(noisy(84), PHONE, HORIZON, method="svd_scores")
    assert intervals == forecast(noisy(84), PHONE, HORIZON, method="svd_scores")
    assert days.dates == HORIZON.dates
    assert np.array(days.mean) == pytest.approx(np.bincount(HORIZON.day_index, intervals.means()))


def test_independent_intervals_make_days_surer_than_the_sum_of_their_bands() -> None:
    intervals, days = forecast_with_days(noisy(84), PHONE, HORIZON, method="svd_scores")
    widths = np.array(intervals.bands[-1]) - np.array(intervals.bands[0])
    assert (np.ptp(np.array(days.bands), axis=0) < 0.6 * np.bincount(HORIZON.day_index, widths)).all()


def test_rows_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 1 values, one a day, came 2"):
        DayTotals(channel="phone", dates=(MONDAY,), mean=(1.0, 2.0), dispersion=(0.1,))
