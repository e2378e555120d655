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


def test_one_with_holidays_takes_days_that_are_like_each_other() -> None:
    counts = np.where(np.arange(35) % 7 == 6, 1.0, 10.0)[:, None] * np.ones((35, 48))
    feast = Calendar(extra=((DATES[36], "feast"),))
    past, future = Days.of(DATES[:35], feast), Days.of(DATES[35:38], feast)
    assert MeanOfFour().expect(counts, past, future)[:, 0].tolist() == [10, 10, 10]
    assert MeanOfFour(with_holidays=True).expect(counts, past, future)[:, 0].tolist() == [10, 1, 10]
