"""The clock of business hours stands still over nights, weekends and holidays, and is not fooled by summer time."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import BusinessClock, Opening, TimeGrid, Turnaround
from wfm.domain.time import local

OFFICE = Opening.from_text("mon-fri 08:00-18:00, sat 09:00-13:00")


def due(came: str, hours: float, opening: Opening = OFFICE, *, business: bool = True) -> str:
    """Return the local deadline in Madrid of work that comes at a local time of 2026."""
    moment = datetime.fromisoformat(f"2026-{came}")
    grid = TimeGrid.of_days(moment.date(), 10, 30, "Europe/Madrid")
    clock = BusinessClock.of_turnaround(
        Turnaround(share=0.9, within_seconds=3600 * hours, business=business), opening.mask(grid), 1800.0
    )
    arrival = (moment.replace(tzinfo=local(grid.start, grid.zone).tzinfo) - grid.start).total_seconds()
    seconds = clock.deadlines(np.array([arrival]), 3600 * hours).item()
    return f"{local(grid.start + timedelta(seconds=seconds), grid.zone):%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("came", "hours", "deadline"),
    [
        ("11-30 09:10", 4, "11-30 13:10:00"),
        ("11-30 14:00", 4, "11-30 18:00:00"),  # to the last second of the day, not to the next morning
        ("11-30 16:20", 4, "12-01 10:20:00"),  # over a night
        ("12-04 16:00", 4, "12-05 11:00:00"),  # Friday to Saturday
        ("12-05 12:00", 4, "12-07 11:00:00"),  # over a Sunday
        ("12-06 11:00", 4, "12-07 12:00:00"),  # comes while closed
        ("12-04 17:00", 15, "12-07 18:00:00"),
    ],
)
def test_deadlines_stand_still_while_closed(came: str, hours: float, deadline: str) -> None:
    assert due(came, hours) == deadline


def test_a_holiday_is_skipped() -> None:
    closed = OFFICE.varied(dates=((date(2026, 12, 8), ()),))
    assert due("12-07 16:00", 4, closed) == "12-09 10:00:00"


def test_the_night_of_summer_time_is_counted_in_hours_that_pass() -> None:
    always = Opening.always()
    assert due("03-29 01:00", 4, always) == "03-29 06:00:00"  # two o'clock became three
    assert due("10-25 01:00", 4, always) == "10-25 04:00:00"  # three o'clock became two
    assert due("03-28 12:00", 4) == "03-30 11:00:00"  # and office hours do not notice
    assert due("10-24 12:00", 4) == "10-26 11:00:00"


def test_the_wall_clock_never_stops() -> None:
    assert due("12-05 12:00", 4, business=False) == "12-05 16:00:00"


def test_beyond_the_grid_the_clock_runs_on() -> None:
    clock = BusinessClock.of(np.array([True, False]), 1800.0)
    assert clock.deadlines(np.array([600.0, 2000.0, 5000.0]), 3600.0).tolist() == [6000.0, 5400.0 + 1800.0, 8600.0]
    assert clock.read(np.array([0.0, 900.0, 2700.0, 4000.0])).tolist() == [0.0, 900.0, 1800.0, 2200.0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=30), st.floats(0, 60), st.floats(0.001, 20))
def test_the_deadline_is_the_first_moment_so_much_later_on_the_clock(
    is_open: list[bool], arrival: float, within: float
) -> None:
    clock = BusinessClock.of(np.array(is_open), 1.0)
    deadline = clock.deadlines(np.array([arrival]), within)
    assert clock.read(deadline) == pytest.approx(clock.read(np.array([arrival])) + within)
    assert clock.read(deadline - 1e-6).item() < clock.read(deadline).item()


def test_the_last_moment_of_a_reading_is_where_the_clock_runs_on() -> None:
    clock = BusinessClock.of(np.array([True, False, False, True]), 1800.0)
    assert clock.first_shown(np.array([900.0, 1800.0, 2700.0])).tolist() == [900.0, 1800.0, 6300.0]
    assert clock.last_shown(np.array([900.0, 1800.0, 2700.0])).tolist() == [900.0, 5400.0, 6300.0]
