"""Poisson regression: what days have in common is found apart from what sets them apart."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, grid, usual_mean
from wfm.forecast import Calendar, Days
from wfm.forecast.calendar import MARKS
from wfm.forecast.days import FloatArray
from wfm.forecast.methods import PoissonGlm

DATES = grid(168).dates
SHAPE = usual_mean(grid(168, zone="UTC")).reshape(168, 48)
JITTERY = SHAPE * np.random.default_rng(3).lognormal(0, 0.06, (168, 1))


def expected(counts: FloatArray, days: int, calendar: Calendar | None = None) -> FloatArray:
    known = calendar or Calendar()
    return PoissonGlm().expect(counts[:days], Days.of(DATES[:days], known), Days.of(DATES[days : days + 28], known))


def test_the_first_business_days_of_a_month_are_learned() -> None:
    first = MARKS.index("business day 1 of the month")
    payday = Days.of(DATES, Calendar()).marks[:, [first]]
    busy = np.where(payday, 1.2, 1.0) * JITTERY
    may = expected(busy, 112)  # until 26 April
    first_of_may = 4
    assert may[first_of_may].sum() > 1.08 * may[first_of_may + 7].sum()


def test_a_new_level_is_followed_at_once_and_less_surely_later() -> None:
    raised = JITTERY * np.where(np.arange(168) >= 105, 1.2, 1.0)[:, None]
    found = expected(raised, 112) / SHAPE[112:140]
    assert found[0].mean() > 1.06
    assert found[0].mean() > found[20].mean()


def test_a_hurricane_leaves_no_mark() -> None:
    struck = SHAPE.copy()
    struck[100] *= 10
    assert expected(struck, 112) == pytest.approx(expected(SHAPE, 112), rel=0.02)


def test_a_day_half_recorded_counts_for_its_half() -> None:
    holed = SHAPE.copy()
    holed[105:112, 24:] = np.nan
    assert expected(holed, 112) == pytest.approx(SHAPE[112:140], rel=0.02)


def test_a_holiday_is_forecast_like_the_holidays_before() -> None:
    holidays = (MONDAY + timedelta(days=30), MONDAY + timedelta(days=73), date(2026, 4, 29))
    calendar = Calendar(extra=tuple((day, "feast") for day in holidays))
    quiet = SHAPE.copy()
    for day in holidays[:2]:
        quiet[(day - MONDAY).days] = SHAPE[6]  # as a Sunday
    coming = (holidays[2] - MONDAY).days - 112
    assert expected(quiet, 112, calendar)[coming] == pytest.approx(SHAPE[6], rel=0.05)
