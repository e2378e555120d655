"""The calendar tells weekdays, holidays and closed dates apart."""

from datetime import date

import pytest

from wfm.forecast import Calendar
from wfm.forecast.calendar import MARKS, OFFICES_ONLY, ONE_DAY, kept_by_offices_only

CHRISTMAS = date(2026, 12, 25)
MADRID_DAY = date(2026, 5, 2)
PLAIN_FRIDAY = date(2026, 12, 4)


def test_without_a_country_every_date_is_its_weekday() -> None:
    assert Calendar().day_types([CHRISTMAS, MADRID_DAY]) == ("fri", "sat")


def test_a_region_has_its_country_s_holidays_and_its_own() -> None:
    dates = [CHRISTMAS, MADRID_DAY, PLAIN_FRIDAY]
    assert Calendar(country="ES").day_types(dates) == ("holiday", "sat", "fri")
    assert Calendar(country="ES-MD").day_types(dates) == ("holiday", "holiday", "fri")


def test_a_moving_holiday_is_found_each_year() -> None:
    good_fridays = [date(2024, 3, 29), date(2025, 4, 18), date(2026, 4, 3)]
    assert Calendar(country="ES").day_types(good_fridays) == ("holiday",) * 3


def test_own_dates_are_holidays_and_closed_ones_win() -> None:
    calendar = Calendar(extra=((PLAIN_FRIDAY, "Patron saint"), (CHRISTMAS, "Yule")), closed=(CHRISTMAS,))
    assert calendar.day_types([PLAIN_FRIDAY, CHRISTMAS]) == ("holiday", "closed")
    assert calendar.holidays([PLAIN_FRIDAY, MADRID_DAY]) == {PLAIN_FRIDAY: "Patron saint"}


@pytest.mark.parametrize(
    ("code", "hint"), [("XX", "ES-MD with its region"), ("ES-QQ", "one of AN, AR"), ("spain", "came 'spain'")]
)
def test_an_unknown_country_is_refused_with_what_is_expected(code: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        Calendar(country=code)


def test_names_do_not_follow_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "es")
    new_year = date(2009, 1, 1)  # a year no other test has asked for
    assert Calendar(country="ES").holidays([new_year]) == {new_year: "New Year's Day"}


def test_a_calendar_survives_json() -> None:
    calendar = Calendar(country="ES-MD", extra=((CHRISTMAS, "Yule"),), closed=(MADRID_DAY,))
    assert Calendar.model_validate_json(calendar.model_dump_json()) == calendar


def test_eves_shorten_where_the_weekend_begins_on_friday() -> None:
    passover, independence = date(1999, 4, 1), date(2011, 7, 4)
    assert Calendar(country="IL").day_types([passover - ONE_DAY, passover]) == ("eve", "holiday")
    assert Calendar(country="US").day_types([independence - ONE_DAY, independence]) == ("sun", "holiday")


def test_christmas_eve_and_own_eves_are_eves_everywhere() -> None:
    calendar = Calendar(country="ES", eves=(PLAIN_FRIDAY,))
    assert calendar.day_types([CHRISTMAS - ONE_DAY, PLAIN_FRIDAY]) == ("eve", "eve")
    assert Calendar().day_types([CHRISTMAS - ONE_DAY]) == ("thu",)


def marked(day: date, calendar: Calendar) -> set[str]:
    return {mark for mark, there in zip(MARKS, calendar.marks([day])[0], strict=True) if there}


def test_christmas_new_year_and_thanksgiving_are_family_holidays_unless_said_to_be_like_a_weekday() -> None:
    spain, states = Calendar(country="ES"), Calendar(country="US")
    assert marked(CHRISTMAS, spain) == {"holiday", "family holiday"}
    assert "family holiday" in marked(date(2026, 1, 1), spain) & marked(date(2026, 11, 26), states)
    assert "family holiday" not in marked(date(2026, 10, 12), states) | marked(CHRISTMAS, Calendar())
    assert "family holiday" not in marked(CHRISTMAS, spain.varied(alike=((CHRISTMAS, "sun"),)))


def test_holidays_of_offices_are_told_by_their_names() -> None:
    named = Calendar(country="US").holidays(date(2023, 1, 1) + k * ONE_DAY for k in range(365)).values()
    offices = {name for name in named if kept_by_offices_only(name)}
    assert offices == OFFICES_ONLY | {"Veterans Day (observed)"}


def test_business_days_are_counted_from_both_ends_of_the_month() -> None:
    spain = Calendar(country="ES")
    assert marked(date(2026, 1, 2), spain) == {"business day 1 of the month", "day after a holiday"}
    assert marked(date(2026, 1, 30), spain) == {"last business day of the month"}
    assert marked(date(2026, 1, 29), spain) == {"last but one business day of the month"}
    assert marked(date(2026, 1, 15), spain) == {"middle of the month"}
    assert marked(date(2026, 1, 31), spain) == set()


def test_the_weekend_is_the_country_s_or_the_planner_s() -> None:
    sunday, friday = date(2026, 11, 1), date(2026, 11, 6)
    assert marked(sunday, Calendar(country="IL")) == {"business day 1 of the month"}
    assert marked(friday, Calendar(country="IL")) == set()
    assert marked(sunday, Calendar(weekend=("fri", "sat"))) == {"business day 1 of the month"}


def test_the_planner_s_word_on_a_day_counts_more_than_a_holiday_and_less_than_a_closure() -> None:
    said = Calendar(country="ES", alike=((CHRISTMAS, "sun"), (PLAIN_FRIDAY, "sat")))
    assert said.day_types([CHRISTMAS, PLAIN_FRIDAY]) == ("sun", "sat")
    assert said.holidays([CHRISTMAS]) == {CHRISTMAS: "Christmas Day"}
    assert said.varied(closed=(CHRISTMAS,)).day_types([CHRISTMAS]) == ("closed",)
