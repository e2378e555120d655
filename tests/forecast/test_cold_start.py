"""A queue without a past is forecast with the week of another one, at the volume that the planner expects, and unsure of it."""

from datetime import timedelta

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, grid, history, noisy, usual_mean
from wfm.domain import Channel, ContactHistory, Forecast, InputError, Opening
from wfm.forecast import Borrowed, Calendar, borrowed_forecast, forecast_with_days, knows_enough, lent, template_history
from wfm.forecast.day_totals import DayTotals

HORIZON = grid(14, MONDAY + timedelta(days=63))
CHAT = Channel(name="chat", opening=Opening.from_text("mon-fri 09:00-17:00"))
TOLD = Borrowed(channel="chat", like="phone", contacts=120)
METHOD = "ewma_day_type"


def own(days: int, scale: float = 1.0) -> ContactHistory:
    """Return ``days`` days of chat before the horizon, at ``scale`` times what was told; an empty past for 0."""
    steps = grid(63)
    week = usual_mean(grid(7))[CHAT.opening.mask(grid(7))].sum() / 5
    counts = np.where(steps.day_index >= 63 - days, scale * 120 / week * usual_mean(steps), np.nan)
    return history(steps, np.where(CHAT.opening.mask(steps), counts, np.nan)).varied(channel="chat")


def cold(
    told: Borrowed = TOLD, own_past: ContactHistory | None = None, **changes: object
) -> tuple[Forecast, DayTotals]:
    lender = history(grid(63), usual_mean(grid(63)))
    chat = CHAT.varied(**changes)
    past = lent(told, lender, own_past or own(0), chat, HORIZON)
    return borrowed_forecast(past, chat, HORIZON, Calendar(), METHOD, aht_seconds=400)


def test_an_open_day_brings_the_volume_that_was_told_in_the_shape_of_the_other_queue() -> None:
    made, days = cold()
    by_day = made.means().reshape(14, 48).sum(axis=1)
    assert by_day[:5].mean() == pytest.approx(120, rel=1e-3)
    assert set(by_day[[5, 6, 12, 13]]) == {0.0}
    assert days.mean == pytest.approx(by_day)
    is_open = CHAT.opening.mask(HORIZON)
    shape = usual_mean(HORIZON) * is_open
    assert made.means() == pytest.approx(shape * made.means().sum() / shape.sum(), rel=0.02)
    assert set(made.aht_seconds) == {400.0}


def test_a_weekly_volume_is_that_of_the_week() -> None:
    made, _ = cold(TOLD.varied(contacts=700, per="week"))
    assert made.means()[: 7 * 48].sum() == pytest.approx(700, rel=1e-3)


def test_bands_are_wider_than_those_of_a_known_queue_and_the_notes_say_why() -> None:
    made, days = cold()
    _, known = forecast_with_days(noisy(63), PHONE, HORIZON, Calendar(), METHOD)
    width, usual = (np.ptp([row.bands[0][0], row.bands[-1][0]]) / row.mean[0] for row in (days, known))
    assert width > 2 * usual
    assert 0.7 < width < 1.4
    assert made.notes[0].startswith(
        "Nothing is known of chat yet: it is forecast with the week of phone on its own hours"
    )
    assert "120 contacts a day" in made.notes[0]


def test_first_days_move_the_volume_and_narrow_the_band() -> None:
    (none, wide), (some, narrow) = cold(), cold(own_past=own(7, 2.0))
    assert 1.5 < some.means().sum() / none.means().sum() < 2.0
    assert narrow.bands[-1][0] / narrow.mean[0] < wide.bands[-1][0] / wide.mean[0]
    assert some.notes[0].startswith("Only 5 known days of chat")
    assert cold(own_past=own(7, 1.0))[0].means() == pytest.approx(none.means(), rel=0.01)


def test_two_weeks_of_its_own_are_enough() -> None:
    assert not knows_enough(own(0), HORIZON)
    assert not knows_enough(own(11), HORIZON)
    assert knows_enough(own(14), HORIZON)


def test_a_template_needs_no_other_queue() -> None:
    lender = template_history("typical", HORIZON)
    past = lent(TOLD.varied(like="typical"), lender, own(0), CHAT, HORIZON)
    made, _ = borrowed_forecast(past, CHAT, HORIZON, Calendar(), METHOD, aht_seconds=400)
    assert made.means()[:48].sum() == pytest.approx(120, rel=0.02)
    assert "a typical week" in made.notes[0]


def test_nothing_can_be_borrowed_from_a_queue_that_is_closed_then() -> None:
    nights = Opening.from_text("mon-sun 02:00-03:00")
    lender = history(grid(63), np.where(grid(63).minute_of_day < 480, np.nan, 5.0))
    with pytest.raises(InputError, match="expected contacts of phone in the hours of chat, came none"):
        lent(TOLD, lender, own(0), CHAT.varied(opening=nights), HORIZON)
