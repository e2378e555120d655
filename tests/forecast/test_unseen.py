"""What is expected of intervals that the past never showed, and that it is said."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history
from wfm.forecast import Calendar, forecast

STEPS = grid(28)
NEXT_WEEK = grid(7, MONDAY + timedelta(days=28))
SUNDAY, SATURDAY = NEXT_WEEK.weekday == 6, NEXT_WEEK.weekday == 5


def test_a_weekday_always_closed_expects_nothing() -> None:
    weekday = STEPS.weekday < 6
    shop = history(STEPS, np.where(weekday, 9.0, np.nan)).varied(open=tuple(weekday.tolist()))
    predicted = forecast(shop, PHONE, NEXT_WEEK)
    assert not predicted.means()[SUNDAY].any()
    assert predicted.means()[~SUNDAY] == pytest.approx(9)
    assert any(note.startswith("48 open intervals on 1 day from 2026-02-08") for note in predicted.notes)


def test_a_weekday_open_but_never_recorded_expects_the_mean_of_all_days() -> None:
    counts = np.where(STEPS.weekday == 6, np.nan, np.where(STEPS.weekday == 5, 3.0, 9.0))
    predicted = forecast(history(STEPS, counts), PHONE, NEXT_WEEK)
    assert predicted.means()[SUNDAY] == pytest.approx(8)
    assert predicted.means()[SATURDAY] == pytest.approx(3)
    assert any("never recorded" in note for note in predicted.notes)


def test_a_holiday_is_closed_where_the_quietest_weekday_is() -> None:
    is_open = (STEPS.weekday < 5) | (STEPS.minute_of_day < 14 * 60)
    counts = np.where(is_open, np.where(STEPS.weekday < 5, 9.0, 2.0), np.nan)
    shop = history(STEPS, counts).varied(open=tuple(is_open.tolist()))
    predicted = forecast(shop, PHONE, NEXT_WEEK, Calendar(extra=((NEXT_WEEK.dates[1], "Patron saint"),)))
    assert predicted.mean[48 : 2 * 48] == pytest.approx((2.0,) * 28 + (0.0,) * 20)


def test_nothing_unseen_says_nothing() -> None:
    predicted = forecast(history(STEPS, np.full(STEPS.count, 9.0)), PHONE, NEXT_WEEK)
    assert not any("open intervals" in note for note in predicted.notes)
