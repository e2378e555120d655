"""Deadlines on the wall clock and on the clock of business hours."""

import numpy as np

from tests.simulate.centre import days, flat
from wfm.domain import Channel, Opening, Turnaround
from wfm.simulate.deadline import deadlines

HOUR = 3_600.0
OFFICE = Opening.from_text("mon-fri 08:00-18:00")


def hours(
    *arrivals: float, opening: Opening = OFFICE, text: str = "90% in 4h of business", length: int = 7
) -> list[float]:
    grid = days(length)
    forecast = flat(grid, "mail", mean=0).varied(open=tuple(opening.mask(grid).tolist()))
    channel = Channel(name="mail", kind="deferred", targets=(Turnaround.from_text(text),))
    due = deadlines(HOUR * np.array(arrivals), forecast, channel)
    return [float(value) for value in due / HOUR]


def test_elapsed_time_runs_through_the_night() -> None:
    assert hours(9, 20, text="90% in 24h") == [33, 44]


def test_business_time_stops_when_the_channel_closes() -> None:
    assert hours(8, 16.25, 20, 3) == [12, 24 + 10.25, 24 + 12, 12]


def test_business_time_that_ends_with_the_day_ends_at_closing_time() -> None:
    assert hours(14) == [18]


def test_friday_evening_is_due_on_monday() -> None:
    friday = 4 * 24.0
    assert hours(friday + 17, length=14) == [7 * 24 + 11]


def test_beyond_the_grid_the_clock_does_not_stop() -> None:
    assert hours(6 * 24.0 + 12) == [7 * 24 + 4]


def test_a_channel_that_never_closes_has_one_clock_only() -> None:
    arrivals = (0.0, 13.7, 100.1)
    np.testing.assert_allclose(hours(*arrivals, opening=Opening.always()), hours(*arrivals, text="90% in 4h"))


def test_closed_days_of_the_forecast_stop_the_clock_too() -> None:
    grid = days(3)
    closed = OFFICE.mask(grid) & (grid.day_index != 1)
    forecast = flat(grid, "mail", mean=0).varied(open=tuple(closed.tolist()))
    bare = Channel(name="mail", kind="deferred", opening=OFFICE)
    assert deadlines(HOUR * np.array([16.0]), forecast, bare).tolist() == [HOUR * (2 * 24 + 10)]


def test_what_has_waited_is_due_so_much_earlier() -> None:
    forecast, bare = flat(days(1), "mail"), Channel(name="mail", kind="deferred")
    due = deadlines(np.zeros(2), forecast, bare, HOUR * np.array([3.0, 5.0]))
    assert due.tolist() == [HOUR, -HOUR]
