"""Totals of days come with bands of their own."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, noisy
from wfm.forecast import Calendar, DayTotals, Event, Override, forecast, forecast_with_days

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


def test_totals_follow_what_changes_the_forecast() -> None:
    made, days = forecast_with_days(
        noisy(84), PHONE, HORIZON, Calendar(closed=(HORIZON.dates[1],)), method="svd_scores"
    )
    raised = Event(name="sale", on=HORIZON.dates[0], uplift=0.5, author="Ana", reason="sale").applied(made)
    told = Override(channel="phone", first=HORIZON.dates[2], contacts=50, made_on=MONDAY, author="Ana", reason="agreed")
    opened = told.applied(raised)
    moved = days.following(opened)
    assert moved.mean[0] == pytest.approx(1.5 * days.mean[0])
    assert [band[0] for band in moved.bands] == pytest.approx([1.5 * band[0] for band in days.bands])
    assert moved.mean[2] == pytest.approx(50)
    assert [band[1] for band in moved.bands] == [0] * 5
    assert [band[5] for band in moved.bands] == pytest.approx([band[5] for band in days.bands])


def test_a_day_that_was_empty_gets_bands_of_its_own() -> None:
    steps = grid(1)
    made = forecast(noisy(28), PHONE, grid(1, MONDAY + timedelta(days=28)))
    empty = DayTotals(
        channel="phone", dates=(MONDAY,), mean=(0.0,), dispersion=(0.1,), levels=(0.05, 0.95), bands=((0.0,),) * 2
    )
    moved = empty.following(made)
    assert moved.bands[0][0] < moved.mean[0] < moved.bands[1][0]
    assert len(steps.dates) == len(moved.dates)
