"""The quietest weekday is learned, whatever day the weekend falls on."""

import numpy as np
import pytest

from tests.forecast.histories import grid
from wfm.domain.opening import WEEKDAYS
from wfm.forecast import Calendar, Days
from wfm.forecast.quietest import quietest_weekday

DAYS = Days.of(grid(28).dates, Calendar())


@pytest.mark.parametrize("quiet", WEEKDAYS)
def test_any_weekday_can_be_the_quietest(quiet: str) -> None:
    busy = np.array([[2.0 if day == quiet else 9.0] for day in DAYS.weekdays])
    assert quietest_weekday(busy, DAYS) == quiet


def test_a_day_never_recorded_is_not_quiet() -> None:
    counts = np.array([[np.nan if day in {"sat", "sun"} else 9.0 - (day == "fri")] for day in DAYS.weekdays])
    assert quietest_weekday(counts, DAYS) == "fri"


def test_one_outage_does_not_make_a_weekday_quiet() -> None:
    counts = np.array([[5.0 if day == "sun" else 9.0] for day in DAYS.weekdays])
    counts[0] = 0.0
    assert quietest_weekday(counts, DAYS) == "sun"
