"""Daily smoothing: the level is followed at the speed that the past asks for."""

import numpy as np
import pytest

from tests.forecast.histories import grid, usual_mean
from wfm.forecast import Calendar, Days
from wfm.forecast.days import FloatArray
from wfm.forecast.methods import TopDown

DATES = grid(140).dates
SHAPE = usual_mean(grid(140, zone="UTC")).reshape(140, 48)


def expected(counts: FloatArray) -> FloatArray:
    return TopDown().expect(counts[:112], Days.of(DATES[:112], Calendar()), Days.of(DATES[112:], Calendar()))


def test_a_steady_past_goes_on() -> None:
    assert expected(SHAPE) == pytest.approx(SHAPE[112:], rel=1e-3)


def test_a_level_that_wanders_is_followed_closer_than_one_that_jitters() -> None:
    rng = np.random.default_rng(8)
    steps = rng.normal(0, 0.05, 112)
    wandering, jittering = np.cumsum(steps), rng.permutation(np.cumsum(steps))
    wandering[-1] = jittering[-1] = 0.4
    moved = [
        float(np.log(expected(np.exp(level)[:, None] * SHAPE[:112]) / SHAPE[112:]).mean() - level[-30:-1].mean())
        for level in (wandering, jittering)
    ]
    assert abs(moved[0] - (0.4 - wandering[-30:-1].mean())) < abs(moved[1] - (0.4 - jittering[-30:-1].mean()))


def test_the_day_has_its_weekday_s_shape() -> None:
    found = expected(SHAPE)
    assert found / found.sum(axis=1, keepdims=True) == pytest.approx(
        SHAPE[112:] / SHAPE[112:].sum(axis=1, keepdims=True), rel=1e-3
    )


def test_weekends_off_do_not_make_the_level_older() -> None:
    week = np.where(np.arange(140)[:, None] % 7 < 5, SHAPE, np.nan)
    raised = week * np.where(np.arange(140) >= 84, 1.2, 1.0)[:, None]
    found = expected(raised)
    assert np.isnan(found[[5, 6, 12, 13]]).all()
    assert (found[7] / found[0]) == pytest.approx(1, abs=0.03)
    assert (found[0] / SHAPE[112]).mean() > 1.1
