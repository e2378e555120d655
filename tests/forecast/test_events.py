"""Events: uplift on their dates, exponential decay after, only on their channel; a past event teaches nothing."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.forecast.histories import PHONE, constant, grid
from wfm.domain import Forecast
from wfm.forecast import Event, forecast, with_events, without_events
from wfm.forecast.events import event_factors

FIRST = date(2026, 2, 4)


def event(**changes: Any) -> Event:
    fields = {"name": "mailing", "on": FIRST, "uplift": 0.4, "author": "planning", "reason": "campaign 12"}
    return Event.model_validate({**fields, **changes})


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(constant(28), PHONE, grid(14, date(2026, 2, 2)))


def day_factors(made: Forecast, plain: Forecast) -> list[float]:
    return [float(made.means()[steps].sum() / plain.means()[steps].sum()) for _, steps in plain.grid.day_slices()]


def test_an_uplift_halves_with_every_half_life_after_its_day(plain: Forecast) -> None:
    found = day_factors(with_events(plain, [event(decay_days=2)]), plain)
    assert found[:2] == pytest.approx([1, 1])
    assert found[2] == pytest.approx(1.4)
    assert found[4] == pytest.approx(1.2)
    assert found[6] == pytest.approx(1.1)
    assert found[3] == pytest.approx(1 + 0.4 / 2**0.5)


def test_without_decay_an_event_ends_with_its_last_day(plain: Forecast) -> None:
    found = day_factors(with_events(plain, [event(until=FIRST + timedelta(days=1))]), plain)
    assert found[1:5] == pytest.approx([1, 1.4, 1.4, 1])


def test_an_event_of_another_channel_changes_nothing(plain: Forecast) -> None:
    assert with_events(plain, [event(channel="chat")]) is plain
    assert with_events(plain, [event(on=date(2025, 1, 1))]) is plain


def test_bands_move_with_the_mean_and_a_note_says_who_and_why(plain: Forecast) -> None:
    made = with_events(plain, [event(channel="phone")])
    steps = made.grid.within(FIRST, FIRST)
    assert np.array(made.bands)[:, steps] == pytest.approx(1.4 * np.array(plain.bands)[:, steps])
    assert made.notes[-1] == "Event mailing: +40% on 2026-02-04, by planning (campaign 12)."
    assert Forecast.model_validate(made.model_dump()) == made


def test_events_that_meet_multiply(plain: Forecast) -> None:
    made = with_events(plain, [event(), event(name="strike", uplift=-0.5)])
    assert day_factors(made, plain)[2] == pytest.approx(1.4 * 0.5)


def test_a_past_event_does_not_teach_the_future(plain: Forecast) -> None:
    past = event(on=date(2026, 1, 26), uplift=1.0, decay_days=3)
    history = constant(28)
    raised = history.varied(offered=tuple((history.counts() * event_factors([past], "phone", history.grid)).tolist()))
    horizon = plain.grid
    assert forecast(raised, PHONE, horizon).means().sum() > 1.05 * plain.means().sum()
    cleaned = without_events(raised, [past])
    assert forecast(cleaned, PHONE, horizon).means() == pytest.approx(plain.means())


def test_where_an_event_left_nobody_nothing_is_known() -> None:
    history = constant(7)
    cleaned = without_events(history, [event(on=date(2026, 1, 6), uplift=-1)])
    steps = history.grid.within(date(2026, 1, 6), date(2026, 1, 6))
    assert set(cleaned.offered[steps]) == {None}
    assert cleaned.offered[: steps.start] == history.offered[: steps.start]


@pytest.mark.parametrize(
    ("changes", "expectation"),
    [
        ({"uplift": -1.5}, "greater than or equal to -1"),
        ({"until": FIRST - timedelta(days=1)}, "expected a last date"),
        ({"author": " "}, "at least 1 character"),
        ({"reason": ""}, "at least 1 character"),
    ],
)
def test_an_event_that_cannot_be_is_refused(changes: dict[str, Any], expectation: str) -> None:
    with pytest.raises(ValidationError, match=expectation):
        event(**changes)
