"""A calendar for each agent, which any calendar program can subscribe to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from icalendar import Calendar, Event, Timezone

from wfm.domain import Shift
from wfm.domain.time import local
from wfm.report.roster_file import activities_text
from wfm.study import Plan


@dataclass(frozen=True)
class Icalendar:
    """``calendar-<agent>.ics``: an event a shift, in the centre's time zone, its breaks in the description (RFC 5545).

    An event's UID is made of scenario, agent and date, so that a changed roster moves the event instead of adding another.
    ``sequence`` tells calendars which version is newer: raise it by one with each published change, as
    ``Icalendar(sequence=2)``. DTSTAMP is the end of what the forecast knew, never the clock.
    """

    sequence: int = 0

    kind: ClassVar[str] = "icalendar"
    media_type: ClassVar[str] = "text/calendar"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file an agent, those without shifts included: an empty calendar clears what was there."""
        return {
            f"calendar-{agent.id}.ics": self._calendar(plan, agent.id).to_ical()
            for agent in plan.scenario.workforce.agents
        }

    def _calendar(self, plan: Plan, agent: str) -> Calendar:
        horizon = plan.scenario.horizon
        calendar = Calendar()
        calendar.add("prodid", f"-//wfm//wfm {plan.version}//EN")
        calendar.add("version", "2.0")
        calendar.add("name", f"{plan.scenario.name} {agent}")
        first, last = horizon.dates[0] - timedelta(days=1), horizon.dates[-1] + timedelta(days=3)
        calendar.add_component(Timezone.from_tzid(horizon.zone, first_date=first, last_date=last))
        seen: Counter[str] = Counter()
        for shift in plan.solution.roster.shifts_of(agent):
            seen[str(shift.day)] += 1
            calendar.add_component(self._event(plan, agent, shift, seen[str(shift.day)]))
        return calendar

    def _event(self, plan: Plan, agent: str, shift: Shift, number: int) -> Event:
        zone = plan.scenario.horizon.zone
        event = Event()
        event.add("uid", f"{plan.scenario.name}.{agent}.{shift.day}{f'.{number}' if number > 1 else ''}@wfm")
        event.add("dtstamp", known_until(plan))
        event.add("sequence", self.sequence)
        event.add("summary", shift.template)
        event.add("dtstart", _edge(shift.start, zone))
        event.add("dtend", _edge(shift.end, zone))
        breaks = activities_text(shift, zone) or "none"
        head = "Breaks" if all(row.kind == "break" for row in shift.activities) else "Breaks and other work"
        event.add("description", f"{head}: {breaks}\nPaid: {shift.paid_minutes / 60:g} h")
        return event


def _edge(moment: datetime, zone: str) -> datetime:
    """The wall-clock time; the second of two equal ones in UTC, because a wall-clock time means the first (RFC 5545, 3.3.5)."""
    wall = local(moment, zone)
    return moment if wall.fold else wall


def known_until(plan: Plan) -> datetime:
    """The last moment that any forecast of the plan learned from."""
    return max(forecast.trained_until for forecast in plan.forecasts)
