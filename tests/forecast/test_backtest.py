"""Backtests: origins lie where they should, methods see only the past, and rows are pooled right."""

from datetime import timedelta
from itertools import count

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history, noisy
from wfm.domain import InputError
from wfm.forecast import METHODS, Calendar, Event, accuracy, backtest, backtest_rows, forecast
from wfm.forecast.backtest import origin_dates
from wfm.forecast.events import event_factors


def weeks_before(days: int, origins: int = 8, horizon_days: int = 56) -> list[int]:
    return [(day - MONDAY).days // 7 for day in origin_dates(constant(days), origins, horizon_days)]


def test_origins_follow_the_published_protocol() -> None:
    assert weeks_before(184) == [10, 12, 14, 16, 18]
    assert weeks_before(365) == [12, 16, 21, 25, 30, 34, 39, 44]
    assert weeks_before(3 * 365) == [57, 70, 83, 96, 109, 122, 135, 148]


def test_a_short_history_is_tested_from_the_middle_on() -> None:
    assert weeks_before(70, horizon_days=7) == [4, 5, 6, 7, 9]
    assert weeks_before(21, horizon_days=7) == [1, 2]


def test_a_history_no_longer_than_the_horizon_is_refused() -> None:
    with pytest.raises(InputError, match="at least 63 days of history to test 56 days ahead, came 56 days"):
        backtest(constant(56), PHONE)


def test_the_default_and_the_method_are_scored_at_both_distances() -> None:
    rows = backtest_rows(noisy(140), PHONE, methods=("ewma_day_type",), origins=2)
    assert [(row.method, row.horizon, row.origins) for row in rows] == [
        ("default", "week1", 2),
        ("default", "weeks5-8", 2),
        ("ewma_day_type", "week1", 2),
        ("ewma_day_type", "weeks5-8", 2),
    ]
    assert rows[0].ratio_to_default == rows[0].wql_ratio_to_default == 1
    for row, beside in zip(rows[2:], rows[:2], strict=True):
        assert row.wape_interval is not None
        assert row.ratio_to_default == pytest.approx(row.wape_interval / (beside.wape_interval or 0))


def test_more_days_in_the_mean_err_less_where_nothing_changes() -> None:
    default, ewma = backtest(noisy(182), PHONE, method="ewma_day_type", origins=4, horizon_days=7)
    assert ewma.ratio_to_default is not None
    assert ewma.ratio_to_default < 1
    assert default.method == "default"


def test_one_origin_is_the_accuracy_of_its_forecast() -> None:
    whole = noisy(84)
    row = backtest(whole, PHONE, method="mean_of_four", origins=1, horizon_days=7)[0]
    week = grid(7, MONDAY + timedelta(days=70))
    found = accuracy(forecast(whole, PHONE, week, method="mean_of_four"), whole)
    assert (row.wape_interval, row.wape_day, row.bias, row.wql) == pytest.approx(
        (found.wape_interval, found.wape_day, found.bias, found.wql)
    )
    assert (row.coverage50, row.coverage90) == pytest.approx((found.coverage50, found.coverage90))


def test_a_week_without_a_record_is_left_out() -> None:
    steps = grid(84)
    counts = np.where(steps.day_index >= 77, np.nan, 9.0)
    assert backtest(history(steps, counts), PHONE, origins=1, horizon_days=7)[0].origins == 1
    gone = np.where(steps.day_index >= 70, np.nan, 9.0)
    assert backtest(history(steps, gone), PHONE, origins=1, horizon_days=7) == ()


def test_seconds_are_those_of_the_given_clock() -> None:
    ticks = count()
    rows = backtest_rows(constant(84), PHONE, origins=1, horizon_days=7, clock=lambda: float(next(ticks)))
    assert [row.seconds for row in rows] == [1, 1]
    assert backtest(constant(84), PHONE, origins=1, horizon_days=7)[0].seconds is None


def test_all_means_every_method_and_the_mean_of_four_is_the_default() -> None:
    rows = backtest_rows(noisy(63), PHONE, methods=("all",), origins=1, horizon_days=7)
    assert [row.method for row in rows] == ["default", *(method.kind for method in METHODS[1:])]
    assert METHODS[0].kind == "mean_of_four"


def test_the_worst_ratio_is_that_of_a_single_origin() -> None:
    row = backtest_rows(noisy(140), PHONE, methods=("svd_scores",), origins=3, horizon_days=7)[1]
    assert row.worst_ratio is not None
    assert row.ratio_to_default is not None
    assert row.worst_ratio >= row.ratio_to_default


def test_days_are_covered_as_their_own_bands_say_and_torn_ones_are_left_out() -> None:
    whole = backtest_rows(noisy(140), PHONE, methods=("svd_scores",), origins=4)[3]
    assert whole.coverage90_day is not None
    assert whole.coverage90_day >= 0.75
    steps = grid(84)
    torn = np.where((steps.day_index >= 70) & (steps.minute_of_day < 60), np.nan, 9.0)
    row = backtest(history(steps, torn), PHONE, origins=1, horizon_days=7)[0]
    assert row.coverage90 is not None
    assert row.coverage90_day is None


def test_events_are_on_the_horizon_and_out_of_what_is_learned() -> None:
    days = (MONDAY + timedelta(days=58), MONDAY + timedelta(days=75))
    sales = [Event(name="sale", on=day, uplift=1.0, author="planning", reason="campaign 12") for day in days]
    known = constant(140)
    raised = known.varied(offered=tuple((known.counts() * event_factors(sales, "phone", known.grid)).tolist()))
    args = (PHONE, Calendar(), ("ewma_day_type",), 4, 14)
    told, untold = (backtest_rows(raised, *args, weigh=None, events=events) for events in (sales, ()))
    assert [row.wape_day for row in told] == pytest.approx([0, 0], abs=1e-9)
    assert all(row.wape_day is not None and row.wape_day > 0.01 for row in untold)
