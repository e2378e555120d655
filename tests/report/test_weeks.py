"""Weeks run from Monday to Sunday, whatever the horizon."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.tiny_plan import GRID
from wfm.report.weeks import day_totals, typical, weeks


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_weeks_hold_every_day_once_and_break_only_before_mondays(first: date, count: int) -> None:
    days = [first + timedelta(days=k) for k in range(count)]
    parts = weeks(days)
    assert [day for part in parts for day in part] == days
    assert all(part[0].weekday() == 0 for part in parts[1:])
    assert all(len(part) <= 7 for part in parts)


def test_a_day_of_twenty_five_hours_sums_twenty_five_hours() -> None:
    assert day_totals(GRID, np.ones(GRID.count)).tolist() == [24, 25, 24]


@pytest.mark.parametrize(("totals", "chosen"), [([5.0], 0), ([3.0, 9.0, 8.0, 8.5], 3), ([1.0, 2.0], 1)])
def test_the_typical_week_is_neither_the_fullest_nor_a_holiday(totals: list[float], chosen: int) -> None:
    assert typical(totals) == chosen
