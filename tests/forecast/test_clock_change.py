"""Hours that clocks skip or repeat, in histories that got them wrong."""

from datetime import date

import numpy as np
import pytest

from tests.forecast.histories import grid, history, negative_binomial, usual_mean
from wfm.domain import Interval
from wfm.forecast import Calendar, clean

NO_HOLIDAYS = Calendar()


def test_changes_of_clocks_that_were_recorded_well_are_no_damage() -> None:
    steps = grid(300, date(2026, 2, 2))
    assert clean(history(steps, negative_binomial(usual_mean(steps) + 20, 0.02, 5)), NO_HOLIDAYS).findings == ()


@pytest.mark.parametrize("second", [np.nan, 0.0])
def test_an_hour_that_occurs_twice_and_was_counted_once_is_found(second: float) -> None:
    steps = grid(77, date(2026, 8, 31))
    counts = negative_binomial(usual_mean(steps) + 20, 0.02, 5)
    before = int(np.flatnonzero(np.diff(steps.offset_minutes))[0]) - 1
    counts[before : before + 2] += counts[before + 2 : before + 4]
    counts[before + 2 : before + 4] = second
    cleaned = clean(history(steps, counts), NO_HOLIDAYS)
    (found,) = cleaned.findings
    assert found.kind == "clock_change"
    assert set(cleaned.weights[before : before + 4]) == {0.0}
    assert sum(weight < 1 for weight in cleaned.weights) == 4


def test_a_second_pass_that_is_missing_is_found_in_a_quiet_night_too() -> None:
    steps = grid(77, date(2026, 8, 31))
    counts = negative_binomial(usual_mean(steps) / 20, 0.02, 5)
    second = int(np.flatnonzero(np.diff(steps.offset_minutes))[0]) + 1
    counts[second : second + 2] = np.nan
    (found,) = clean(history(steps, counts), NO_HOLIDAYS).findings
    assert found.kind == "clock_change"
    assert found.usual < 8


def test_a_skipped_hour_counted_into_the_next_is_found() -> None:
    steps = grid(77, date(2026, 2, 2))
    counts = negative_binomial(usual_mean(steps) + 20, 0.02, 5)
    after = int(np.flatnonzero(np.diff(steps.offset_minutes))[0]) + 1
    counts[after : after + 2] *= 2
    (found,) = clean(history(steps, counts), NO_HOLIDAYS).findings
    assert found.kind == "clock_change"
    assert found.span == Interval(start=steps.instant(after), end=steps.instant(after + 2))
