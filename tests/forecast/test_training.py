"""What a forecast may learn from."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history
from wfm.domain import Channel, InputError
from wfm.forecast import Calendar
from wfm.forecast.training import training

WEEK_NINE = grid(7, MONDAY + timedelta(days=56))


def test_the_past_ends_with_its_last_recorded_day() -> None:
    past = training(constant(50), PHONE, WEEK_NINE, Calendar())
    assert past.days.dates == grid(50).dates
    assert past.counts.shape == (50, 48)
    assert past.trained_until == grid(50).end
    assert any("begins 6 days after" in note for note in past.notes)


def test_a_horizon_within_a_day_learns_that_morning() -> None:
    noon = grid(57).part(slice(56 * 48 + 24, 57 * 48))
    past = training(constant(57), PHONE, noon, Calendar())
    assert past.trained_until == noon.start
    assert np.isnan(past.counts[-1]).tolist() == [False] * 24 + [True] * 24


@pytest.mark.parametrize(("days", "told"), [(1, "1 day"), (6, "6 days")])
def test_less_than_a_week_is_refused_in_words(days: int, told: str) -> None:
    with pytest.raises(InputError, match=f"at least one full week .* came {told}\\.") as refused:
        training(constant(days), PHONE, WEEK_NINE, Calendar())
    assert refused.value.faults[0].fix


def test_a_history_that_begins_after_the_horizon_is_refused() -> None:
    with pytest.raises(InputError, match="came 0 days"):
        training(constant(9, first=WEEK_NINE.dates[-1]), PHONE, WEEK_NINE, Calendar())


def test_a_history_without_a_single_count_is_refused() -> None:
    empty = history(grid(20), np.full(20 * 48, np.nan))
    with pytest.raises(InputError, match="came 0 days"):
        training(empty, PHONE, WEEK_NINE, Calendar())


def test_a_week_with_a_closed_weekend_is_a_full_week() -> None:
    steps = grid(7)
    weekdays = steps.weekday < 5
    week = history(steps, np.where(weekdays, 9.0, np.nan))
    past = training(week.varied(open=tuple(weekdays.tolist())), PHONE, WEEK_NINE, Calendar())
    assert len(past.days) == 5
    with pytest.raises(InputError, match="came 5 days"):
        training(week, PHONE, WEEK_NINE, Calendar())  # open, but not recorded


def test_a_short_history_says_so() -> None:
    assert any("short history" in note for note in training(constant(10), PHONE, WEEK_NINE, Calendar()).notes)
    assert not any("short history" in note for note in training(constant(28), PHONE, WEEK_NINE, Calendar()).notes)


def test_dates_the_calendar_closes_teach_nothing() -> None:
    past = training(constant(56), PHONE, WEEK_NINE, Calendar(closed=(MONDAY,)))
    assert np.isnan(past.counts[0]).all()
    assert past.shut[0].all()


def test_another_channel_s_history_is_refused() -> None:
    with pytest.raises(InputError, match="expected a history of channel chat, came one of phone"):
        training(constant(14), Channel(name="chat"), WEEK_NINE, Calendar())


def test_coarse_counts_and_a_foreign_zone_are_noted() -> None:
    hours = grid(28, step_minutes=60, zone="UTC")
    past = training(history(hours, np.full(hours.count, 8.0)), PHONE, WEEK_NINE, Calendar())
    assert past.parts == 2
    assert set(past.counts[1:-1].ravel().tolist()) == {4.0}
    assert sum("60-minute" in note or "zone UTC" in note for note in past.notes) == 2
