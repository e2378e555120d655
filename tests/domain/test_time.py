"""Time: days of 23 to 25 hours, repeated and skipped hours, and a grid that never shifts."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import Day, Interval, TimeGrid
from wfm.domain.time import instant, local

CHANGES = [
    ("Europe/Madrid", date(2026, 3, 29), 1_380),
    ("Europe/Madrid", date(2026, 10, 25), 1_500),
    ("Europe/Madrid", date(2026, 6, 1), 1_440),
    ("Australia/Lord_Howe", date(2026, 4, 5), 1_470),
    ("Australia/Lord_Howe", date(2026, 10, 4), 1_410),
    ("Asia/Kolkata", date(2026, 3, 29), 1_440),
    ("America/Sao_Paulo", date(2018, 11, 4), 1_380),
    ("America/Sao_Paulo", date(2018, 2, 17), 1_500),
    ("America/Sao_Paulo", date(2026, 2, 15), 1_440),
    ("Asia/Jerusalem", date(1999, 4, 2), 1_380),
    ("Asia/Jerusalem", date(1999, 9, 3), 1_500),
]
ZONES = st.sampled_from(sorted({zone for zone, _, _ in CHANGES}))
DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 31))


@pytest.mark.parametrize(("zone", "day", "minutes"), CHANGES)
def test_a_day_lasts_from_midnight_to_midnight_on_its_own_clock(zone: str, day: date, minutes: int) -> None:
    assert Day(date=day, zone=zone).minutes == minutes


@pytest.mark.parametrize(("zone", "day", "minutes"), CHANGES)
@pytest.mark.parametrize("step", [5, 15, 30])
def test_a_grid_of_a_day_has_as_many_steps_as_the_day(zone: str, day: date, minutes: int, step: int) -> None:
    grid = TimeGrid.of_days(day, 1, step, zone)  # type: ignore[arg-type]
    assert grid.count == minutes // step
    assert grid.dates == (day,)
    assert grid.interval == Day(date=day, zone=zone).interval


@pytest.mark.parametrize(("zone", "day", "minutes"), CHANGES)
def test_every_step_reads_the_same_on_the_grid_and_on_the_clock(zone: str, day: date, minutes: int) -> None:
    grid = TimeGrid.of_days(day - timedelta(days=2), 5, 30, zone)
    for index in range(grid.count):
        wall = (grid.start + timedelta(minutes=30 * index)).astimezone(ZoneInfo(zone))
        assert grid.minute_of_day[index] == wall.hour * 60 + wall.minute
        assert grid.dates[grid.day_index[index]] == wall.date()
        assert grid.weekday[index] == wall.weekday()


def test_madrid_skips_an_hour_in_spring_and_repeats_one_in_autumn() -> None:
    spring = TimeGrid.of_days(date(2026, 3, 29), 1, 60, "Europe/Madrid").minute_of_day // 60
    autumn = TimeGrid.of_days(date(2026, 10, 25), 1, 60, "Europe/Madrid").minute_of_day // 60
    assert spring.tolist() == [hour for hour in range(24) if hour != 2]
    assert autumn.tolist() == sorted([*range(24), 2])


def test_a_repeated_wall_time_is_its_first_pass_or_on_request_its_second() -> None:
    first = instant(date(2026, 10, 25), 150, "Europe/Madrid")
    second = instant(date(2026, 10, 25), 150, "Europe/Madrid", later=True)
    assert (first, second) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_a_skipped_wall_time_is_read_as_far_after_the_jump() -> None:
    assert local(instant(date(2026, 3, 29), 150, "Europe/Madrid"), "Europe/Madrid").strftime("%H:%M") == "03:30"
    midnight = instant(date(2018, 11, 4), 0, "America/Sao_Paulo")  # midnight itself is skipped
    assert local(midnight, "America/Sao_Paulo").strftime("%d %H:%M") == "04 01:00"


def test_minutes_beyond_midnight_belong_to_the_night_after() -> None:
    assert instant(date(2026, 6, 1), 1_500, "Europe/Madrid") == instant(date(2026, 6, 2), 60, "Europe/Madrid")


@given(zone=ZONES, day=DAYS, minute=st.integers(0, 1_439), later=st.booleans())
def test_a_wall_time_that_exists_comes_back_from_its_instant(zone: str, day: date, minute: int, later: bool) -> None:
    wall = local(instant(day, minute, zone, later=later), zone)
    shown = (wall.date() - day).days * 1_440 + wall.hour * 60 + wall.minute
    both = {instant(day, minute, zone), instant(day, minute, zone, later=True)}
    skipped = instant(day, minute, zone) > instant(day, minute, zone, later=True)
    assert shown == minute or (skipped and len(both) == 2)


@given(zone=ZONES, first=DAYS, days=st.integers(1, 20), step=st.sampled_from([5, 10, 15, 30]))
def test_days_tile_the_grid_without_gap_or_overlap(zone: str, first: date, days: int, step: int) -> None:
    grid = TimeGrid.of_days(first, days, step, zone)  # type: ignore[arg-type]
    slices = list(grid.day_slices())
    assert [day for day, _ in slices] == [first + timedelta(days=k) for k in range(days)]
    assert slices[0][1].start == 0
    assert slices[-1][1].stop == grid.count
    assert all(before.stop == after.start for (_, before), (_, after) in pairwise(slices))
    assert all((part.stop - part.start) * step == Day(date=day, zone=zone).minutes for day, part in slices)


@given(index=st.integers(-100, 200), second=st.integers(0, 1_799))
def test_index_and_instant_undo_each_other(index: int, second: int) -> None:
    grid = TimeGrid.of_days(date(2026, 3, 28), 2, 30, "Europe/Madrid")
    moment = grid.instant(index) + timedelta(seconds=second)
    assert grid.index(moment) == index
    assert (moment in grid) == (0 <= index < grid.count)


def test_a_part_of_a_grid_reads_as_the_grid_does() -> None:
    grid = TimeGrid.of_days(date(2026, 10, 24), 3, 30, "Europe/Madrid")
    part = grid.part(slice(40, 110))
    assert np.array_equal(part.minute_of_day, grid.minute_of_day[40:110])
    assert np.array_equal(part.weekday, grid.weekday[40:110])
    assert (part.start, part.end) == (grid.instant(40), grid.instant(110))
    assert grid.part(slice(None)) == grid


def test_an_empty_part_is_refused() -> None:
    with pytest.raises(ValidationError):
        TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC").part(slice(5, 5))


def test_within_finds_local_dates_and_nothing_outside() -> None:
    grid = TimeGrid.of_days(date(2026, 10, 24), 3, 30, "Europe/Madrid")
    assert grid.within(date(2026, 10, 25), date(2026, 10, 25)) == slice(48, 98)
    assert grid.within(date(2026, 1, 1), date(2026, 12, 31)) == slice(0, 146)
    outside = grid.within(date(2026, 11, 1), date(2026, 11, 2))
    assert outside.start == outside.stop


def test_arrays_of_a_grid_cannot_be_changed() -> None:
    grid = TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC")
    for values in (grid.minute_of_day, grid.weekday, grid.day_index, grid.offset_minutes):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1


def test_grids_that_have_worked_out_their_arrays_are_still_equal() -> None:
    one, other = (TimeGrid.of_days(date(2026, 1, 1), 1, 30, "UTC") for _ in range(2))
    assert one.weekday.size == other.minute_of_day.size == 48
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize("step", [0, 1, 6, 20, 45, 120])
def test_a_step_that_does_not_tile_the_hour_in_use_is_refused(step: int) -> None:
    with pytest.raises(ValidationError):
        TimeGrid(start=datetime(2026, 1, 1, tzinfo=UTC), step_minutes=step, count=1, zone="UTC")  # type: ignore[arg-type]


def test_an_unknown_zone_and_a_naive_start_are_refused() -> None:
    with pytest.raises(ValidationError, match="IANA time zone such as Europe/Madrid"):
        Day(date=date(2026, 1, 1), zone="Mars/Base")
    with pytest.raises(ValidationError):
        TimeGrid.model_validate({"start": "2026-01-01T00:00", "step_minutes": 30, "count": 1, "zone": "UTC"})


def test_instants_are_kept_in_utc() -> None:
    grid = TimeGrid.model_validate({"start": "2026-01-01T00:00+02:00", "step_minutes": 30, "count": 1, "zone": "UTC"})
    assert grid.start == datetime(2025, 12, 31, 22, tzinfo=UTC)
    assert grid.start.tzinfo is UTC


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
intervals = st.builds(
    lambda start, minutes: Interval(start=start, end=start + timedelta(minutes=minutes)), moments, st.integers(1, 10**6)
)


@given(intervals, intervals)
def test_overlap_is_symmetric_and_no_longer_than_either(one: Interval, other: Interval) -> None:
    overlap = one.overlap_minutes(other)
    assert overlap == other.overlap_minutes(one)
    assert 0 <= overlap <= min(one.minutes, other.minutes)
    assert one.overlap_minutes(one) == pytest.approx(one.minutes)


def test_an_interval_needs_an_end_after_its_start() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError, match="expected an end after the start"):
        Interval(start=start, end=start)


@pytest.mark.parametrize("day", [date(2026, 4, 4), date(2026, 10, 3)])
def test_hours_cover_the_days_where_clocks_change_by_half_an_hour(day: date) -> None:
    grid = TimeGrid.of_days(day, 2, 60, "Australia/Lord_Howe")
    midnight = instant(day + timedelta(days=2), 0, "Australia/Lord_Howe")
    assert grid.end - midnight == timedelta(minutes=30)
    assert len(grid.dates) == 2
