"""Calendars keep their events' identity, and every event starts and ends at its instant, clock changes included."""

from datetime import UTC, datetime

import icalendar
import pytest

from tests.report.tiny_plan import DAY, SATURDAY, SUNDAY, roster, tiny_plan
from wfm.domain import Assignment, Roster
from wfm.report.views import Icalendar
from wfm.study import Plan


def events(plan: Plan, agent: str, sequence: int = 0) -> list[icalendar.Component]:
    text = Icalendar(sequence=sequence).render(plan)[f"calendar-{agent}.ics"]
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def edge(event: icalendar.Component, name: str) -> datetime:
    """The instant at which an event starts or ends."""
    moment: datetime = event.decoded(name)
    return moment.astimezone(UTC)


def with_roster(plan: Plan, changed: Roster) -> Plan:
    return plan.varied(solution=plan.solution.varied(roster=changed))


@pytest.mark.parametrize("agent", ["anna", "berta", "chloe"])
def test_every_shift_is_an_event_at_its_instants(agent: str) -> None:
    found = [(edge(event, "dtstart"), edge(event, "dtend")) for event in events(tiny_plan(), agent)]
    assert found == [(shift.start, shift.end) for shift in roster().shifts_of(agent)]


def test_the_second_of_two_equal_wall_clock_times_is_not_the_first() -> None:
    plan = tiny_plan()
    shift = DAY.placed(SUNDAY, 480, (180, 360), "Europe/Madrid").varied(
        start=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), end=datetime(2026, 10, 25, 9, tzinfo=UTC), activities=()
    )
    (event,) = events(
        with_roster(plan, Roster.of(plan.scenario.horizon, [Assignment(agent="anna", shift=shift)])), "anna"
    )
    assert edge(event, "dtstart") == shift.start


def test_an_event_keeps_its_identity_when_its_shift_moves() -> None:
    plan = tiny_plan()
    later = Assignment(agent="anna", shift=DAY.placed(SATURDAY, 540, (180, 360), "Europe/Madrid"))
    moved = events(with_roster(plan, Roster.of(plan.scenario.horizon, [later])), "anna", sequence=1)
    before = events(plan, "anna")
    assert moved[0]["uid"] == before[0]["uid"]
    assert (before[0]["sequence"], moved[0]["sequence"]) == (0, 1)


def test_two_shifts_of_a_day_are_two_events() -> None:
    plan = tiny_plan()
    (first,) = (row for row in roster().assignments if row.agent == "chloe")
    twice = Roster.of(plan.scenario.horizon, [first, first])
    assert len({str(event["uid"]) for event in events(with_roster(plan, twice), "chloe")}) == 2


def test_the_time_zone_comes_with_the_calendar_and_breaks_with_the_event() -> None:
    text = Icalendar().render(tiny_plan())["calendar-anna.ics"].decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Madrid" in text
    assert "Breaks: 11:00-11:30 unpaid" in text
    assert "DTSTAMP:20261018T220000Z" in text


def test_an_agent_without_shifts_has_an_empty_calendar() -> None:
    plan = tiny_plan()
    assert events(with_roster(plan, Roster.of(plan.scenario.horizon, [])), "anna") == []
