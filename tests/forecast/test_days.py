"""Days x slots: the wall clock read through days of 23 and 25 hours."""

from datetime import date

import numpy as np
import pytest

from tests.forecast.histories import grid
from wfm.forecast import Calendar, Days
from wfm.forecast.days import from_days, strongest, to_days

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_a_day_of_24_hours_is_laid_out_as_it_is() -> None:
    steps = grid(2)
    values = np.arange(96.0)
    assert (to_days(values, steps) == values.reshape(2, 48)).all()


def test_the_skipped_hour_is_unknown() -> None:
    steps = grid(1, SPRING)
    row = to_days(np.ones(steps.count), steps)[0]
    assert steps.count == 46
    assert np.flatnonzero(np.isnan(row)).tolist() == [4, 5]


def test_the_repeated_hour_is_one_slot_and_its_rate_comes_back_twice() -> None:
    steps = grid(1, AUTUMN)
    values = np.zeros(steps.count)
    values[4:8] = [10.0, 20.0, 30.0, 60.0]  # 02:00 02:30 02:00 02:30
    row = to_days(values, steps)
    assert row[0, 4:6].tolist() == [20.0, 40.0]
    assert from_days(row, steps)[3:9].tolist() == [0.0, 20.0, 40.0, 20.0, 40.0, 0.0]


def test_one_known_pass_of_a_repeated_hour_is_enough() -> None:
    steps = grid(1, AUTUMN)
    values = np.zeros(steps.count)
    values[4:8] = [np.nan, 20.0, 30.0, np.nan]
    assert to_days(values, steps)[0, 4:6].tolist() == [30.0, 20.0]


def test_weekdays_do_not_follow_the_calendar() -> None:
    christmas = date(2026, 12, 25)
    days = Days.of((christmas,), Calendar(closed=(christmas,)))
    assert (days.types, days.weekdays, days.closed.tolist()) == (("closed",), ("fri",), [True])


@pytest.mark.parametrize("count", [1, 4, 6])
def test_the_strongest_vectors_are_those_of_the_largest_eigenvalues(count: int) -> None:
    rows = np.random.default_rng(5).normal(size=(40, 6))
    moments = rows.T @ rows
    values, vectors = strongest(moments, count)
    assert values == pytest.approx(np.linalg.eigvalsh(moments)[::-1][:count])
    assert moments @ vectors.T == pytest.approx(vectors.T * values)
    assert vectors @ vectors.T == pytest.approx(np.eye(count), abs=1e-12)
