"""Singular vectors: a past mixed from few shapes is found again."""

import numpy as np
import pytest

from tests.forecast.histories import grid, usual_mean
from wfm.forecast import Calendar, Days
from wfm.forecast.days import FloatArray
from wfm.forecast.methods import SvdScores

DATES = grid(140).dates
SHAPE = usual_mean(grid(140, zone="UTC")).reshape(140, 48)


def expected(counts: FloatArray, days: int = 112) -> FloatArray:
    return SvdScores().expect(counts[:days], Days.of(DATES[:days], Calendar()), Days.of(DATES[days:], Calendar()))


def test_a_past_of_two_shapes_goes_on_as_it_was() -> None:
    assert expected(SHAPE) == pytest.approx(SHAPE[112:], rel=1e-3)


def test_noise_is_smoothed_away_and_leaves_no_bias() -> None:
    counts = np.random.default_rng(6).poisson(SHAPE).astype(float)
    found = expected(counts)
    usual = np.stack([counts[k:112:7].mean(axis=0) for k in range(7)])[np.arange(28) % 7]
    assert np.abs(found - SHAPE[112:]).mean() < np.abs(usual - SHAPE[112:]).mean()
    spread = np.sqrt(counts[:112].sum()) / counts[:112].sum()
    assert found.sum() == pytest.approx(SHAPE[112:].sum(), rel=4 * spread)


def test_yesterday_s_surprise_goes_on_where_surprises_did() -> None:
    rng = np.random.default_rng(7)
    level = np.zeros(112)
    for day in range(1, 112):
        level[day] = 0.8 * level[day - 1] + rng.normal(0, 0.05)
    level[-4:] = 0.2
    found = expected(np.exp(level)[:, None] * SHAPE[:112])
    assert (found[0] / SHAPE[112]).mean() > 1.05
    assert (found[20] / SHAPE[132]).mean() < (found[0] / SHAPE[112]).mean()


def test_gaps_are_bridged_by_the_shape_of_their_weekday() -> None:
    holed = SHAPE.copy()
    holed[90:110, 30:40] = np.nan
    assert expected(holed) == pytest.approx(SHAPE[112:], rel=0.02)


def test_slots_never_recorded_tell_nothing() -> None:
    closed = SHAPE.copy()
    closed[:, :10] = np.nan
    found = expected(closed)
    assert np.isnan(found[:, :10]).all()
    assert not np.isnan(found[:, 10:]).any()
