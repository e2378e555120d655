"""An explanation starts from a mean day, names each factor, and ends exactly at the forecast."""

from datetime import date
from math import prod

import numpy as np
import pytest

from tests.forecast.histories import MONDAY, PHONE, constant, grid, history, usual_mean
from wfm.domain import Channel, Forecast, InputError, Opening
from wfm.forecast import METHODS, Calendar, Event, explain_forecast, forecast, with_events

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


def test_a_closed_day_is_told_as_closed() -> None:
    calendar = Calendar(closed=(TUESDAY,))
    own = forecast(PAST, PHONE, AHEAD, calendar)
    found = explain_forecast([("method", own)], PAST, PHONE, calendar, TUESDAY)
    assert found.contacts == 0
    assert found.reasons[-1].words == "closed"


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
