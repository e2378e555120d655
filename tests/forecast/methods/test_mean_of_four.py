"""The mean of the last four same weekdays, by hand."""

import numpy as np

from tests.forecast.histories import grid
from wfm.forecast import Calendar, Days
from wfm.forecast.methods import MeanOfFour

DATES = grid(42).dates


def test_it_is_the_mean_of_the_last_four_recorded_mondays() -> None:
    counts = np.arange(35.0).reshape(35, 1)
    counts[28] = np.nan  # the latest Monday is absent: one more week counts instead
    past, future = Days.of(DATES[:35], Calendar()), Days.of(DATES[35:37], Calendar())
    assert MeanOfFour().expect(counts, past, future).tolist() == [[(0 + 7 + 14 + 21) / 4], [(8 + 15 + 22 + 29) / 4]]


def test_it_knows_no_holidays() -> None:
    counts = np.random.default_rng(1).poisson(20, (35, 48)).astype(float)
    saints = Calendar(extra=((DATES[33], "Saint"), (DATES[35], "Saint")))
    with_saints, without = (
        MeanOfFour().expect(counts, Days.of(DATES[:35], calendar), Days.of(DATES[35:], calendar))
        for calendar in (saints, Calendar())
    )
    assert (with_saints == without).all()
