"""The parts of a forecast: level by week, kinds of days, time of day, and changes that add up to the forecast."""

from datetime import date

import numpy as np
import pytest

from tests.forecast.histories import PHONE, grid, history, usual_mean
from wfm.domain import Forecast
from wfm.forecast import Calendar, Event, decompose, forecast, with_events

STEPS = grid(58)
AHEAD = grid(7, date(2026, 3, 9))
FAIR = Calendar(extra=((date(2026, 2, 4), "fair"),))


def test_level_kinds_and_time_of_day_are_those_of_the_past() -> None:
    past = history(STEPS, usual_mean(STEPS) * np.where(STEPS.day_index >= 28, 1.5, 1.0))
    found = decompose([("method", forecast(past, PHONE, AHEAD, FAIR))], past, PHONE, FAIR)
    assert [row.kind for row in found.kinds] == ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
    assert [row.days for row in found.kinds] == [9, 9, 7, 8, 8, 8, 8, 1]
    assert len(found.weeks) == 8  # two days of a ninth week are too few
    levels = [level for _, level in found.weeks]
    assert levels[-1] / levels[0] == pytest.approx(1.5, rel=0.02)
    assert [day.weekday() for day, _ in found.weeks] == [0] * 8
    assert np.argmax(found.profile) == pytest.approx(24, abs=1)
    assert len(found.profile) == 48


def test_changes_add_up_to_the_forecast() -> None:
    past = history(STEPS, usual_mean(STEPS))
    own = forecast(past, PHONE, AHEAD)
    sale = Event(name="sale", on=date(2026, 3, 10), uplift=0.5, author="Ana", reason="campaign")
    stages: list[tuple[str, Forecast]] = [("method", own), ("event sale", with_events(own, [sale]))]
    found = decompose(stages, past, PHONE, Calendar())
    (change,) = found.changes
    assert change.what == "event sale"
    assert change.contacts[1] == pytest.approx(0.5 * found.own[1])
    assert change.contacts[0] == 0
    total = np.array(found.own) + change.contacts
    assert total.sum() == pytest.approx(stages[-1][1].means().sum())
