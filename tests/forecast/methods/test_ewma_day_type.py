"""The exponentially weighted mean by day type, by hand."""

import numpy as np
import pytest

from tests.forecast.histories import grid
from wfm.forecast import Calendar, Days
from wfm.forecast.methods import EwmaDayType
from wfm.forecast.methods.ewma_day_type import DECAY

DATES = grid(28).dates


def expected(counts: np.ndarray, calendar: Calendar) -> np.ndarray:
    return EwmaDayType().expect(counts, Days.of(DATES[:21], calendar), Days.of(DATES[21:], calendar))


def test_newer_weeks_weigh_more() -> None:
    counts = np.repeat([10.0, 20.0, 40.0], 7).reshape(21, 1)
    by_hand = (40 + 20 * DECAY + 10 * DECAY**2) / (1 + DECAY + DECAY**2)
    assert expected(counts, Calendar()) == pytest.approx(np.full((7, 1), by_hand))


def test_a_holiday_and_the_quietest_weekday_learn_from_each_other() -> None:
    counts = np.array([[4.0 if day.weekday() == 5 else 20.0] for day in DATES[:21]])
    counts[18] = 7.0  # a holiday on a Friday, the day before the newest Saturday
    saints = Calendar(extra=((DATES[18], "Saint"), (DATES[22], "Saint")))
    pooled = (4 + 7 * DECAY + 4 * DECAY**2 + 4 * DECAY**3) / (1 + DECAY + DECAY**2 + DECAY**3)
    by_day = expected(counts, saints)[:, 0]
    assert by_day.tolist() == pytest.approx([20, pooled, 20, 20, 20, pooled, 20])
