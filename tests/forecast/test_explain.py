"""An explanation starts from a mean day, names each factor, and ends exactly at the forecast."""

from datetime import date
from math import prod

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history, usual_mean
from wfm.domain import Channel, Forecast, InputError, Opening
from wfm.forecast import METHODS, Calendar, Event, explain_forecast, forecast, forecast_with_days, with_events

STEPS = grid(56)
PAST = history(STEPS, usual_mean(STEPS))
AHEAD = grid(14, date(2026, 3, 2))
OWN = forecast(PAST, PHONE, AHEAD)
TUESDAY = date(2026, 3, 3)
PROMOTION = Event(name="promotion", on=TUESDAY, uplift=0.4, author="planning", reason="campaign 12")
STAGES: tuple[tuple[str, Forecast], ...] = (("method", OWN), (f"event {PROMOTION}", with_events(OWN, [PROMOTION])))


@pytest.mark.parametrize("minute", [None, 600])
@pytest.mark.parametrize("method", [method.kind for method in METHODS if method.kind != "auto"])
def test_the_factors_multiply_to_the_forecast(method: str, minute: int | None) -> None:
    own = forecast(PAST, PHONE, AHEAD, method=method)
    found = explain_forecast([("method", own)], PAST, PHONE, Calendar(), TUESDAY, minute)
    steps = own.grid.within(TUESDAY, TUESDAY)
    expected = own.means()[steps].sum() if minute is None else own.means()[steps][20]
    assert found.contacts == pytest.approx(expected)
    first, *rest = found.reasons
    assert first.contacts * prod(row.times or 0 for row in rest) == pytest.approx(expected)


def test_each_reason_is_told_with_its_factor_and_the_band() -> None:
    found = explain_forecast(STAGES, PAST, PHONE, Calendar(), TUESDAY, 600)
    told = "\n".join(found.lines())
    for words in ("Tuesday 2026-03-03 10:00", "a mean day", "day: Tuesday, 8 such", "share of 10:00", "x   1.400"):
        assert words in told
    assert "event promotion: +40% on 2026-03-03, by planning (campaign 12)" in told
    assert "with a chance of 90%" in told
    share = next(row for row in found.reasons if "share of" in row.words)
    day = usual_mean(STEPS)[STEPS.within(date(2026, 1, 6), date(2026, 1, 6))]
    assert share.times == pytest.approx(day[20] / day.sum())


def test_a_risen_level_is_told_apart_from_the_day() -> None:
    risen = history(STEPS, usual_mean(STEPS) * np.where(STEPS.day_index >= 28, 1.5, 1.0))
    own = forecast(risen, PHONE, AHEAD)
    reasons = explain_forecast([("method", own)], risen, PHONE, Calendar(), TUESDAY).reasons
    level = next(row for row in reasons if row.words.startswith("level"))
    assert level.times == pytest.approx(1.5 / 1.25)
    day = next(row for row in reasons if row.words.startswith("day"))
    assert day.times == pytest.approx(7 / 5.8)  # five days of 1 and two of 0.4 a week


def test_a_holiday_that_was_never_seen_starts_from_its_weekday() -> None:
    calendar = Calendar(extra=((TUESDAY, "fair"),))
    own = forecast(PAST, PHONE, AHEAD, calendar)
    told = explain_forecast([("method", own)], PAST, PHONE, calendar, TUESDAY).lines()
    assert any("day: holiday (fair), none in the history, so we start from a usual Tuesday" in line for line in told)


def test_where_nothing_ever_came_nothing_is_told_to_come() -> None:
    shop = Channel(name="phone", opening=Opening.from_text("mon-sun 08:00-20:00"))
    silent = constant(28, 0.0)
    own = forecast(silent, shop, grid(7, date(2026, 2, 2)), aht_seconds=300)
    for minute in (60, 600, None):
        found = explain_forecast([("method", own)], silent, shop, Calendar(), date(2026, 2, 3), minute)
        assert found.contacts == 0
        assert found.lines()


def test_a_time_outside_the_horizon_is_refused() -> None:
    with pytest.raises(InputError, match="a time in the horizon 2026-03-02 to 2026-03-15, came 2026-01-05"):
        explain_forecast(STAGES, PAST, PHONE, Calendar(), MONDAY)


@pytest.mark.parametrize(("first", "hours"), [(date(2026, 3, 23), 23), (date(2026, 10, 19), 25)])
def test_on_days_on_which_clocks_change_the_reasons_still_end_at_the_forecast(first: date, hours: int) -> None:
    changed = date(first.year, first.month, first.day + 6)
    own, days = forecast_with_days(PAST, PHONE, grid(14, first))
    steps = own.grid.within(changed, changed)
    assert steps.stop - steps.start == 2 * hours
    found = explain_forecast([("method", own)], PAST, PHONE, Calendar(), changed, totals=days)
    assert found.contacts == pytest.approx(own.means()[steps].sum())
    assert found.band == ((0.05, days.bands[0][6]), (0.95, days.bands[-1][6]))
    if hours == 23:
        with pytest.raises(InputError, match="expected a time that 2026-03-29 has, came 02:30, which the change"):
            explain_forecast([("method", own)], PAST, PHONE, Calendar(), changed, 150)
        return
    twice = explain_forecast([("method", own)], PAST, PHONE, Calendar(), changed, 150)
    passes = own.means()[steps][own.grid.minute_of_day[steps] == 150]
    assert twice.contacts == pytest.approx(passes.sum())
    assert len(passes) == 2
    assert "comes twice, as clocks go back" in twice.reasons[-1].words


def test_a_day_said_to_be_like_another_is_explained_by_it() -> None:
    calendar = Calendar(extra=((TUESDAY, "fair"),), alike=((TUESDAY, "sat"),))
    own = forecast(PAST, PHONE, AHEAD, calendar)
    told = explain_forecast([("method", own)], PAST, PHONE, calendar, TUESDAY).lines()
    assert any("day: like Saturday (fair), 8 such days in the history" in line for line in told)


def test_a_closed_day_says_why_it_is_closed() -> None:
    weekdays = Channel(name="phone", opening=Opening.from_text("mon-fri 08:00-18:00"))
    feast = Calendar(extra=((date(2026, 2, 3), "fair"), (TUESDAY, "fair")))
    skipped = history(STEPS, np.where(STEPS.day_index == 29, np.nan, usual_mean(STEPS)))
    cases = (
        (weekdays, Calendar(), PAST, date(2026, 3, 7), "closed: outside the hours of phone"),
        (PHONE, Calendar(closed=(TUESDAY,)), PAST, TUESDAY, "closed, as the scenario says"),
        (PHONE, feast, skipped, TUESDAY, "closed on fair, as it was before"),
    )
    for channel, calendar, past, day, words in cases:
        own = forecast(past, channel, AHEAD, calendar)
        found = explain_forecast([("method", own)], past, channel, calendar, day)
        assert (found.contacts, found.reasons[-1].words) == (0, words)
