"""Shifts: one stretch of elapsed time, through midnight and through changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import Activity, BreakTemplate, Shift, ShiftTemplate
from wfm.domain.time import instant, local

ZONE = "Europe/Madrid"
NIGHT = ShiftTemplate(
    name="night",
    starts=(1_320,),
    minutes=510,
    breaks=(
        BreakTemplate(minutes=30, earliest=180, latest=300),
        BreakTemplate(minutes=15, earliest=360, latest=420, paid=True),
    ),
)


@pytest.mark.parametrize(
    ("day", "end", "night_minutes"),
    [
        (date(2026, 6, 1), "06:30", 420),
        (date(2026, 3, 28), "07:30", 360),
        (date(2026, 10, 24), "05:30", 450),
    ],
)
def test_a_night_shift_lasts_as_long_when_clocks_change(day: date, end: str, night_minutes: int) -> None:
    shift = NIGHT.placed(day, 1_320, (200, 400), ZONE)
    assert shift.interval.minutes == 510
    assert shift.paid_minutes == NIGHT.paid_minutes == 480
    assert (shift.day, local(shift.end, ZONE).strftime("%H:%M")) == (day, end)
    assert shift.night_minutes(ZONE) == night_minutes
    assert shift.is_night(ZONE)


def test_breaks_stand_where_they_were_placed() -> None:
    shift = NIGHT.placed(date(2026, 3, 28), 1_320, (200, 400), ZONE)
    assert [(pause.start - shift.start).seconds // 60 for pause in shift.activities] == [200, 400]
    assert [(pause.interval.minutes, pause.paid) for pause in shift.activities] == [(30, False), (15, True)]
    with pytest.raises(ValueError, match="zip"):
        NIGHT.placed(date(2026, 3, 28), 1_320, (200,), ZONE)


def test_three_hours_of_night_make_a_night_shift() -> None:
    late, later = (
        ShiftTemplate(name="late", starts=(start,), minutes=480).placed(date(2026, 6, 1), start, (), ZONE)
        for start in (1_079, 1_080)
    )
    assert (late.night_minutes(ZONE), late.is_night(ZONE)) == (179, False)
    assert (later.night_minutes(ZONE), later.is_night(ZONE)) == (180, True)


def test_a_shift_of_a_whole_day_counts_the_night_in_which_it_ends() -> None:
    whole = ShiftTemplate(name="whole", starts=(1_410,), minutes=1_440).placed(date(2026, 6, 1), 1_410, (), ZONE)
    assert whole.night_minutes(ZONE) == 390 + 30


@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), start=st.integers(0, 1_439), minutes=st.integers(1, 1_440))
def test_night_minutes_agree_with_counting_minute_by_minute(day: date, start: int, minutes: int) -> None:
    shift = ShiftTemplate(name="any", starts=(start,), minutes=minutes).placed(day, start, (), ZONE)
    walls = (local(shift.start + timedelta(minutes=k), ZONE) for k in range(minutes))
    assert shift.night_minutes(ZONE) == sum(wall.hour >= 23 or wall.hour < 6 for wall in walls)


def test_breaks_of_a_template_are_in_order_and_inside() -> None:
    early, late = (
        BreakTemplate(minutes=30, earliest=60, latest=120),
        BreakTemplate(minutes=30, earliest=180, latest=240),
    )
    assert ShiftTemplate(name="day", starts=(480,), minutes=480, breaks=(early, late)).paid_minutes == 420
    for breaks, minutes in (((late, early), 480), ((early, early), 480), ((late,), 260)):
        with pytest.raises(ValidationError, match="expected the breaks of shift day in order"):
            ShiftTemplate(name="day", starts=(480,), minutes=minutes, breaks=breaks)
    with pytest.raises(ValidationError, match="latest start of the break"):
        BreakTemplate(minutes=30, earliest=120, latest=60)


def test_on_call_is_neither_paid_nor_night_work_and_has_no_breaks() -> None:
    standby = ShiftTemplate(name="standby", starts=(1_320,), minutes=540, on_call=True)
    shift = standby.placed(date(2026, 6, 1), 1_320, (), ZONE)
    assert (shift.on_call, shift.interval.minutes, shift.night_minutes(ZONE), shift.is_night(ZONE)) == (
        True,
        540,
        420,
        False,
    )
    assert standby.paid_minutes == shift.paid_minutes == 0
    assert not NIGHT.placed(date(2026, 6, 1), 1_320, (200, 400), ZONE).on_call
    with pytest.raises(ValidationError, match="expected no breaks in the shift night, which is on call; came 2"):
        NIGHT.varied(on_call=True)


@pytest.mark.parametrize("name", ["off", "work"])
def test_words_of_wishes_are_no_names_of_shifts(name: str) -> None:
    with pytest.raises(ValidationError, match="wishes use them"):
        ShiftTemplate(name=name, starts=(480,), minutes=480)


def test_a_shift_ends_after_its_start_with_activities_in_order_inside() -> None:
    start = datetime(2026, 6, 1, 8, tzinfo=UTC)
    hour = timedelta(hours=1)
    pause = Activity(start=start + hour, end=start + 2 * hour)
    with pytest.raises(ValidationError, match="to end after its start"):
        Shift(template="day", day=date(2026, 6, 1), start=start, end=start)
    for activities in ((pause, pause), (pause.varied(end=start + 9 * hour),), (pause.varied(end=pause.start),)):
        with pytest.raises(ValidationError, match="activities in order inside the shift"):
            Shift(template="day", day=date(2026, 6, 1), start=start, end=start + 8 * hour, activities=activities)


def test_a_template_tells_itself_in_short() -> None:
    assert str(NIGHT) == "night 22:00-22:00 8h30"
    assert instant(date(2026, 6, 1), 1_320, ZONE) == NIGHT.placed(date(2026, 6, 1), 1_320, (200, 400), ZONE).start
