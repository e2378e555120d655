"""Backlogs of a scenario: ages on the clock of business hours, closed days skipped, and evenly spread where nothing is known."""

from datetime import UTC, date, datetime

import pytest

from wfm.domain import Backlog, Channel, Opening, TimeGrid, Turnaround
from wfm.importers import Waiting
from wfm.study.waiting import aged_backlog, counted_backlog

HOUR = 3600.0
TICKETS = Channel(
    name="tickets",
    kind="deferred",
    opening=Opening.from_text("mon-fri 08:00-18:00"),
    targets=(Turnaround.from_text("90% in 4h of business"),),
)
MONDAY = TimeGrid.of_days(date(2026, 11, 30), 7, 30, "Europe/Madrid")


def ages(*rows: Waiting, closed: tuple[date, ...] = (), channel: Channel = TICKETS) -> list[float]:
    """Return the ages in hours."""
    return [age / HOUR for age in aged_backlog(rows, channel, 300.0, MONDAY, closed).age_seconds]


def test_friday_afternoon_is_hours_ago_not_days() -> None:
    friday = Waiting(came=datetime(2026, 11, 27, 15, 0, tzinfo=UTC))  # four o'clock in Madrid, two hours before closing
    thursday = Waiting(came=datetime(2026, 11, 26, 15, 0, tzinfo=UTC))
    sunday = Waiting(came=datetime(2026, 11, 29, 15, 0, tzinfo=UTC))
    assert ages(friday, thursday, sunday) == pytest.approx([2.0, 12.0, 0.0])
    assert ages(thursday, closed=(date(2026, 11, 27),)) == pytest.approx([2.0])
    wall = TICKETS.varied(targets=(Turnaround.from_text("90% in 24h"),))
    assert ages(friday, channel=wall) == pytest.approx([56.0])


def test_what_is_due_on_monday_at_ten_has_two_hours_left() -> None:
    due = Waiting(due=datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    late = Waiting(due=datetime(2026, 11, 27, 15, 0, tzinfo=UTC), contacts=3)
    assert ages(due, late) == pytest.approx([2.0, 6.0])
    assert aged_backlog([late], TICKETS, 300.0, MONDAY, ()).contacts == (3.0,)
    assert aged_backlog([], TICKETS, 300.0, MONDAY, ()) == Backlog()


def test_a_bare_number_came_evenly_over_the_turnaround() -> None:
    waiting = counted_backlog(40, TICKETS, 420.0)
    assert waiting.total == pytest.approx(40)
    assert waiting.age_seconds[0] == pytest.approx(3.8 * HOUR)
    assert sum(waiting.age_seconds) / 10 == pytest.approx(2 * HOUR)
