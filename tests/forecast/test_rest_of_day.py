"""The rest of a day adds up to its forecast, before and after, and says when there is no update."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history, noisy, usual_mean
from wfm.domain.history import as_counts
from wfm.forecast import RestOfDay, UpdateStrength, forecast_with_days, rest_of_day, update

HORIZON = grid(7, MONDAY + timedelta(days=63))
MADE, DAYS = forecast_with_days(noisy(63), PHONE, HORIZON, method="ewma_day_type")
NOON = 24


def learned(strength: float, doubt: float = 1.0, days: int = 60) -> UpdateStrength:
    pattern = tuple(np.full(48, 0.5).tolist())
    return UpdateStrength(
        channel="phone",
        step_minutes=30,
        patterns=(pattern,),
        noise=(1.0,) * 48,
        hours=((0.3,) * 48, (0.3,) * 48),
        strength=(strength,) * 48,
        doubt=(doubt,) * 48,
        days=days,
    )


def told(strength: UpdateStrength, steps: int = NOON, factor: float = 1.5) -> RestOfDay:
    counts = np.where(np.arange(HORIZON.count) < steps, factor * usual_mean(HORIZON), np.nan)
    return rest_of_day(MADE, DAYS, history(HORIZON, counts), strength)


def test_what_came_and_what_is_left_add_up() -> None:
    row = told(learned(0.8, 0.5))
    means = MADE.means()
    assert row.came == pytest.approx(1.5 * usual_mean(HORIZON)[:NOON].sum())
    assert row.expected == pytest.approx(means[:NOON].sum())
    assert row.before == pytest.approx(means[NOON:48].sum())
    counts = as_counts(np.where(np.arange(HORIZON.count) < NOON, 1.5 * usual_mean(HORIZON), np.nan))
    seen = history(HORIZON, np.full(HORIZON.count, np.nan)).varied(offered=counts)
    assert row.after == pytest.approx(update(MADE, seen, learned(0.8, 0.5)).means()[NOON:48].sum())
    assert row.after > row.before
    assert row.forecast.grid.count == 48
    assert "at 80% of its strength, as 60 days have taught" in row.words()


def test_less_doubt_narrows_the_band() -> None:
    doubtful, sure = told(learned(0.8, 1.0)), told(learned(0.8, 0.2))
    assert np.ptp(sure.after_band) < np.ptp(doubtful.after_band)
    assert sure.before_band == doubtful.before_band


def test_no_update_is_said_with_its_reason() -> None:
    row = told(learned(0.0))
    assert (row.after, row.after_band) == (row.before, row.before_band)
    assert "No update: at this time of day 60 past days told nothing sure about the rest" in row.words()
    assert "No update: it takes 21 days to learn one, and 9 could be used" in told(learned(0.0, days=9)).words()


def test_when_the_day_is_over_nothing_is_left() -> None:
    row = told(learned(0.8), steps=48)
    assert (row.before, row.after, row.after_band) == (0, 0, (0, 0))
    assert row.words().endswith("Nothing more is expected today.")
