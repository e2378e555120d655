"""Opening hours: as people write them, on days of any length."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import Opening, TimeGrid, Window
from wfm.domain.opening import weekdays_of, weekdays_text

windows = st.tuples(st.integers(0, 1_439), st.integers(1, 1_440)).filter(lambda pair: pair[0] < pair[1])
weeks = st.tuples(*[st.lists(windows.map(lambda pair: Window(start=pair[0], end=pair[1])), max_size=2).map(tuple)] * 7)


@given(weeks)
def test_hours_survive_writing_and_reading(week: tuple[tuple[Window, ...], ...]) -> None:
    opening = Opening.model_validate({"week": week})
    assert Opening.from_text(str(opening)) == opening


def test_hours_are_read_as_a_planner_writes_them() -> None:
    opening = Opening.from_text("Mon-Fri 08:00-20:00, sat 9:00 - 14:00")
    assert str(opening) == "mon-fri 08:00-20:00, sat 09:00-14:00"
    assert [len(day) for day in opening.week] == [1, 1, 1, 1, 1, 1, 0]


def test_a_lunch_break_is_two_windows_of_a_day() -> None:
    assert str(Opening.from_text("mon 08:00-14:00, mon 16:00-20:00")) == "mon 08:00-14:00, mon 16:00-20:00"


@pytest.mark.parametrize("text", ["24x7", "24/7", "always", " 24X7 "])
def test_round_the_clock_has_its_words(text: str) -> None:
    assert Opening.from_text(text).is_always
    assert str(Opening.from_text(text)) == "24x7"


def test_never_open_has_its_word() -> None:
    assert str(Opening(week=((),) * 7)) == "closed"
    assert Opening.from_text("closed").week == ((),) * 7


@pytest.mark.parametrize(
    ("text", "expectation"),
    [
        ("", "hours such as mon-fri 08:00-20:00"),
        ("daily 08:00-20:00", "weekdays such as mon"),
        ("fri-mon 08:00-20:00", "write two parts"),
        ("mon 20:00-08:00", "write hours across midnight as two windows"),
        ("mon 08:00-25:00", "clock time 00:00 to 24:00"),
        ("mon 8-20", "hours such as"),
    ],
)
def test_wrong_hours_say_what_was_expected(text: str, expectation: str) -> None:
    with pytest.raises(ValueError, match=expectation):
        Opening.from_text(text)


def test_the_mask_follows_the_wall_clock_over_both_changes() -> None:
    night = Opening.from_text("mon-sun 02:00-04:00")
    assert (
        night.mask(TimeGrid.of_days(date(2026, 3, 29), 1, 30, "Europe/Madrid")).sum() == 2
    )  # 02:00 to 03:00 is skipped
    assert night.mask(TimeGrid.of_days(date(2026, 10, 25), 1, 30, "Europe/Madrid")).sum() == 6  # and comes twice
    assert night.mask(TimeGrid.of_days(date(2026, 6, 1), 1, 30, "Europe/Madrid")).sum() == 4


def test_round_the_clock_masks_every_step_of_every_day() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert Opening.always().mask(TimeGrid.of_days(day, 1, 15, "Europe/Madrid")).all()


def test_a_single_date_overrules_its_weekday() -> None:
    christmas = date(2026, 12, 25)
    opening = Opening(week=Opening.always().week, dates=((christmas, (Window(start=600, end=720),)),))
    grid = TimeGrid.of_days(christmas, 2, 60, "Europe/Madrid")
    assert opening.mask(grid).tolist() == [10 <= hour < 12 for hour in range(24)] + [True] * 24
    assert not opening.is_always


def test_a_window_has_a_length_and_stays_inside_a_day() -> None:
    for start, end in ((600, 600), (600, 500), (600, 1_441), (-1, 60)):
        with pytest.raises(ValidationError):
            Window(start=start, end=end)


@given(st.lists(st.integers(0, 6), min_size=1, unique=True))
def test_weekdays_survive_writing_and_reading(days: list[int]) -> None:
    assert weekdays_of(weekdays_text(days)) == tuple(sorted(days))


def test_weekdays_are_runs_and_single_days() -> None:
    assert weekdays_of("Mon-Wed sat; fri") == (0, 1, 2, 4, 5)
    assert weekdays_text((5, 4, 0, 1, 2)) == "mon-wed, fri-sat"
    with pytest.raises(ValueError, match="expected weekdays such as mon or mon-fri, came 'funday'"):
        weekdays_of("funday")
