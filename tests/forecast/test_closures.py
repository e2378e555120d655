"""Closures by custom are those that the years before show."""

from datetime import date, timedelta

import numpy as np

from tests.forecast.histories import PHONE, constant, grid, history
from wfm.domain import ContactHistory
from wfm.forecast import Calendar, forecast

FIRST = date(2025, 1, 6)
SPAIN = Calendar(country="ES")
CHRISTMAS, IMMACULATE = date(2025, 12, 25), date(2025, 12, 8)
HORIZON = grid(7, date(2026, 12, 21))


def recorded(*gone: date, days: int = 700) -> ContactHistory:
    steps = grid(days, FIRST)
    absent = np.isin(steps.day_index, [(day - FIRST).days for day in gone])
    return history(steps, np.where(absent, np.nan, 10.0))


def test_a_holiday_closed_last_year_is_closed_this_year() -> None:
    predicted = forecast(recorded(CHRISTMAS), PHONE, HORIZON, SPAIN)
    fourth = HORIZON.day_index == 4
    assert not np.array(predicted.open)[fourth].any()
    assert not predicted.means()[fourth].any()
    assert np.array(predicted.open)[~fourth].all()
    assert any(
        "nothing was recorded on the same holiday before: 2026-12-25 (Christmas Day)" in n for n in predicted.notes
    )


def test_a_holiday_that_was_worked_is_open() -> None:
    assert all(forecast(recorded(IMMACULATE), PHONE, HORIZON, SPAIN).open)


def test_a_name_never_seen_is_open_and_the_planner_is_asked() -> None:
    short = constant(21, first=date(2026, 11, 30))
    assert all(forecast(short, PHONE, HORIZON, SPAIN).open)
    days = grid(21, date(2026, 11, 30))
    silent = history(days, np.where(days.day_index == 8, np.nan, 10.0))  # the Immaculate Conception
    predicted = forecast(silent, PHONE, HORIZON, SPAIN)
    assert all(predicted.open)
    assert any("Nothing was recorded on any of 1 past holidays" in note for note in predicted.notes)


def test_weekdays_never_worked_tell_nothing() -> None:
    steps = grid(700, FIRST)
    thursdays = np.where(steps.weekday == 3, np.nan, 10.0)  # 2025-12-25 is a Thursday, 2026-12-25 a Friday
    predicted = forecast(history(steps, thursdays), PHONE, HORIZON, SPAIN)
    assert predicted.open[4 * 48]
    assert HORIZON.dates[4] == CHRISTMAS + timedelta(days=365)
