"""The forecast as the corridor asks for it."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history, noisy, real_set, usual_mean
from wfm.domain import InputError, NotFound
from wfm.domain.time import StepMinutes
from wfm.forecast import Belief, Calendar, Training, backtest_rows, forecast

SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)  # Mondays of the weeks in which clocks change


@pytest.mark.parametrize(("monday", "hours"), [(SPRING, 167), (AUTUMN, 169), (MONDAY + timedelta(days=70), 168)])
def test_a_week_of_changing_clocks_keeps_rate_and_total(monday: date, hours: int) -> None:
    steps = grid(56, monday - timedelta(days=56))
    week = grid(7, monday)
    predicted = forecast(history(steps, usual_mean(steps)), PHONE, week)
    assert week.count == 2 * hours
    assert predicted.means() == pytest.approx(usual_mean(week))


def test_a_past_week_of_changing_clocks_teaches_the_wall_clock() -> None:
    steps = grid(28, AUTUMN)
    week = grid(7, AUTUMN + timedelta(days=28))
    predicted = forecast(history(steps, usual_mean(steps)), PHONE, week)
    assert predicted.means() == pytest.approx(usual_mean(week))


@pytest.mark.parametrize("step_minutes", [5, 10, 15, 60])
def test_another_step_keeps_the_total_of_each_day(step_minutes: StepMinutes) -> None:
    past, first = noisy(56), MONDAY + timedelta(days=56)
    half_hours = forecast(past, PHONE, grid(7, first))
    other = forecast(past, PHONE, grid(7, first, step_minutes))
    assert np.bincount(other.grid.day_index, other.means()) == pytest.approx(
        np.bincount(half_hours.grid.day_index, half_hours.means())
    )


def test_a_holiday_is_like_the_quietest_weekday_and_is_named() -> None:
    friday_saturday = grid(56, zone="Asia/Dubai")
    counts = np.where(np.isin(friday_saturday.weekday, [4, 5]), 4.0, 20.0) - (friday_saturday.weekday == 4)
    national_day = date(2026, 3, 3)
    predicted = forecast(
        history(friday_saturday, counts),
        PHONE,
        grid(7, date(2026, 3, 2), zone="Asia/Dubai"),
        Calendar(extra=((national_day, "National Day"),)),
    )
    by_day = predicted.means().reshape(7, 48)[:, 0]
    assert by_day.tolist() == pytest.approx([20, 3, 20, 20, 3, 4, 20])
    assert any("2026-03-03 (National Day)" in note and "is fri" in note for note in predicted.notes)


def test_past_holidays_do_not_lower_their_weekday() -> None:
    steps = grid(56)
    saints = tuple((steps.dates[day], "Saint") for day in (36, 43, 50))  # Tuesdays
    counts = np.where(np.isin(steps.day_index, [36, 43, 50]), 2.0, np.where(steps.weekday == 6, 2.0, 20.0))
    predicted = forecast(history(steps, counts), PHONE, grid(7, MONDAY + timedelta(days=56)), Calendar(extra=saints))
    assert predicted.means().reshape(7, 48)[:, 0].tolist() == pytest.approx([20] * 6 + [2])


def test_a_history_without_handle_time_needs_one_by_hand() -> None:
    steps, week = grid(28), grid(7, MONDAY + timedelta(days=28))
    silent = history(steps, np.full(steps.count, 9.0), None)
    with pytest.raises(InputError, match=r"handle times of phone.*aht_seconds"):
        forecast(silent, PHONE, week)
    predicted = forecast(silent, PHONE, week, aht_seconds=250)
    assert set(predicted.aht_seconds) == {250.0}
    assert any("AHT of 4m10s" in note for note in predicted.notes)


def test_a_known_handle_time_is_not_overruled() -> None:
    week = grid(7, MONDAY + timedelta(days=28))
    assert forecast(constant(28), PHONE, week, aht_seconds=250) == forecast(constant(28), PHONE, week)


def test_an_unknown_method_is_told_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"mean_of_four, ewma_day_type, .*, auto; came 'prophet'"):
        forecast(constant(28), PHONE, grid(7, MONDAY + timedelta(days=28)), method="prophet")


def test_the_room_opens_without_loading_what_is_slow() -> None:
    check = "import sys, wfm.forecast; print(sorted({'scipy', 'holidays', 'numba', 'pandas'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("name", "default", "week1", "weeks5_8"),
    [("bank_calls", 0.077, 0.060, 0.060), ("anonymous_bank", 0.306, 0.208, 0.24), ("boston", 0.541, 0.44, 0.525)],
)
def test_real_histories_are_forecast_better_than_by_default(
    shared_data: Path, name: str, default: float, week1: float, weeks5_8: float
) -> None:
    known, channel, calendar = real_set(shared_data, name)
    rows = {
        (row.method, row.horizon): row for row in backtest_rows(known, channel, calendar, ("auto",), step_minutes=30)
    }
    assert rows["default", "week1"].wape_interval == pytest.approx(default, abs=0.0006)  # as published
    for horizon, bound in (("week1", week1), ("weeks5-8", weeks5_8)):
        row = rows["auto", horizon]
        assert row.wape_interval is not None
        assert row.ratio_to_default is not None
        assert row.coverage90 is not None
        assert row.wape_interval <= bound
        assert row.ratio_to_default <= 0.82
        assert 0.85 <= row.coverage90 <= 0.98


def test_counts_that_are_not_believed_leave_no_trace() -> None:
    usual, horizon = constant(56), grid(7, MONDAY + timedelta(days=56))
    tripled = np.where(usual.grid.day_index == 40, 30.0, 10.0)

    def weigh(past: Training) -> Belief:
        return Belief(np.where(past.counts > 20, 0.0, 1.0), ("One day was not believed.",))

    predicted = forecast(history(usual.grid, tripled), PHONE, horizon, weigh=weigh)
    untouched = forecast(usual, PHONE, horizon)
    assert predicted.means() == pytest.approx(untouched.means())
    assert max(predicted.dispersion) == pytest.approx(max(untouched.dispersion), rel=0.2)
    assert "One day was not believed." in predicted.notes
