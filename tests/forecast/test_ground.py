"""The common ground makes days comparable: what a past level, a holiday or a faint count was matters no more."""

import numpy as np
import pytest

from tests.forecast.histories import grid, negative_binomial, usual_mean
from wfm.forecast import Calendar, Days
from wfm.forecast.ground import Ground
from wfm.forecast.methods import Auto

GRID = grid(168, zone="UTC")
MEAN = usual_mean(GRID).reshape(168, 48)
COUNTS = negative_binomial(MEAN, 0.01, seed=2)
PAST, FUTURE = Days.of(GRID.dates[:140], Calendar()), Days.of(GRID.dates[140:], Calendar())


def halved(days_ago: int) -> np.ndarray:
    return COUNTS[:140] * np.where(np.arange(140) < 140 - days_ago, 2.0, 1.0)[:, None]


def test_days_before_a_lasting_new_level_are_brought_to_it() -> None:
    ground = Ground.of(halved(35), PAST, FUTURE)
    assert ground.counts[:100].sum() == pytest.approx(
        Ground.of(COUNTS[:140], PAST, FUTURE).counts[:100].sum(), rel=0.05
    )


@pytest.mark.parametrize("days_ago", [21, 35])
def test_a_level_that_halved_weeks_ago_is_forecast_to_stay(days_ago: int) -> None:
    found = Auto().expect(halved(days_ago), PAST, FUTURE)
    assert found.sum() == pytest.approx(MEAN[140:].sum(), rel=0.1)


def test_two_weeks_of_a_new_level_are_believed_in_the_first_week() -> None:
    first = Auto().expect(halved(14), PAST, FUTURE)[:7]
    assert first.sum() < 1.45 * MEAN[140:147].sum()


def test_holidays_and_eves_do_not_move_the_level() -> None:
    feast = Calendar(extra=((GRID.dates[135], "feast"), (GRID.dates[136], "feast")))
    ground = Ground.of(COUNTS[:140], Days.of(GRID.dates[:140], feast), FUTURE)
    assert ground.steady[135:137].tolist() == [0, 0]
    assert (np.delete(ground.steady, [135, 136])[100:] > 0).all()
