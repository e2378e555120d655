"""What an event did is measured against the forecast of its eve, with an uncertainty that holds the truth."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, noisy
from wfm.domain import ContactHistory
from wfm.forecast import Calendar, Event, EventEffect, event_effects, forecast, learned_events, without_events
from wfm.forecast.events import event_factors

FIRST = date(2026, 3, 4)
METHOD = "ewma_day_type"


def event(**changes: Any) -> Event:
    fields = {"name": "mailing", "on": FIRST, "uplift": 0.4, "author": "planning", "reason": "campaign 12"}
    return Event.model_validate({**fields, **changes})


def raised(history: ContactHistory, *events: Event) -> ContactHistory:
    return history.varied(offered=tuple((history.counts() * event_factors(events, "phone", history.grid)).tolist()))


def measured(history: ContactHistory, *events: Event) -> tuple[EventEffect, ...]:
    return event_effects(history, PHONE, events, Calendar(), METHOD)


def test_on_a_constant_history_the_effect_is_found_exactly() -> None:
    told = event(until=FIRST + timedelta(days=1), decay_days=2)
    (effect,) = measured(raised(constant(80), told.varied(uplift=0.25)), told)
    assert effect.measured == pytest.approx(0.25, abs=0.005)  # a smaller uplift has decayed to nothing sooner
    assert effect.low < 0.25 < effect.high
    assert (effect.channel, effect.event) == ("phone", told)
    assert effect.days == (told.ends - told.on).days + 1
    assert "assumed +40%, measured +25%" in effect.words()


def test_the_bounds_hold_the_truth_in_nine_cases_of_ten_or_more() -> None:
    truth = 0.3
    found = [measured(raised(noisy(62, seed), event(uplift=truth)), event())[0] for seed in range(20)]
    held = sum(effect.low <= truth <= effect.high for effect in found)
    assert (
        held >= 15
    )  # with a chance of 90 % each, fewer than 15 of 20 come once in 80 runs; the bounds are wider than that
    assert np.mean([effect.measured for effect in found]) == pytest.approx(truth, abs=0.1)


def test_an_earlier_event_is_taken_out_as_it_was_measured() -> None:
    first, second = event(on=FIRST - timedelta(days=7), uplift=0.1), event(name="second")
    history = raised(constant(80), first.varied(uplift=1.0), second)
    early, late = measured(history, second, first)
    assert early.measured == pytest.approx(1.0, abs=1e-6)
    assert late.measured == pytest.approx(0.4, abs=1e-6)
    assert early.words().count("so that the assumption was wrong") == 1


def test_an_event_that_nothing_is_known_of_is_not_measured() -> None:
    soon, early = event(on=MONDAY + timedelta(days=80)), event(on=MONDAY + timedelta(days=5))
    elsewhere, nothing = event(channel="chat"), event(uplift=0)
    assert measured(constant(80), soon, early, elsewhere, nothing) == ()
    closed = event_effects(constant(80), PHONE, [event()], Calendar(closed=(FIRST,)), METHOD)
    assert closed == ()


def test_an_event_still_on_is_measured_by_its_days_so_far() -> None:
    told = event(until=FIRST + timedelta(days=30), uplift=0.5)
    history = raised(constant((FIRST - MONDAY).days + 10), told)
    (effect,) = measured(history, told)
    assert effect.days == 10
    assert effect.measured == pytest.approx(0.5, abs=1e-6)
    assert learned_events([told], [effect], history.grid.dates[-1]) == (told,)


def test_what_was_assumed_too_high_does_not_lower_later_forecasts() -> None:
    told = event(uplift=2.0, until=FIRST + timedelta(days=6))
    history = raised(constant(75), told.varied(uplift=0.2))
    horizon, plain = grid(7, MONDAY + timedelta(days=75)), constant(75)
    wanted = forecast(plain, PHONE, horizon).means().sum()
    taken = learned_events([told], measured(history, told), history.grid.dates[-1])
    assert forecast(without_events(history, taken), PHONE, horizon).means().sum() == pytest.approx(wanted, rel=1e-6)
    assert forecast(without_events(history, [told]), PHONE, horizon).means().sum() < 0.95 * wanted


def test_a_day_on_which_hardly_anybody_came_is_not_blown_up() -> None:
    strike = event(uplift=-0.95)
    history = raised(constant(80), strike)
    cleaned = without_events(history, [strike])
    steps = history.grid.within(FIRST, FIRST)
    assert set(cleaned.offered[steps]) == {None}
    (effect,) = measured(history, strike)
    assert effect.measured == pytest.approx(-0.95, abs=1e-6)
