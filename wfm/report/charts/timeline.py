"""The roster of a week as a timeline: a row an agent, a bar a shift, nights whole, breaks as notches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from markupsafe import Markup

from wfm.domain import Activity, Agent, Shift
from wfm.domain.time import instant, local
from wfm.report.charts.svg import WIDTH, Scale, drawing, label, tag
from wfm.report.shades import shades
from wfm.report.wording import agent_text, day_text, hours
from wfm.study import Plan

LEFT, RIGHT, TOP, ROW, BAR = 156.0, 60.0, 24.0, 21.0, 17.0
OVERHANG_HOURS = 9
"""Room behind the last day, so that its night is drawn to the end."""
_CHARACTER = 5.0
_NAME_LENGTH = 20
_SATURDAY = 5


def timeline(plan: Plan, days: Sequence[date]) -> Markup:
    """Shifts that start on some consecutive days, on an axis of elapsed time: a day of 25 hours is wider."""
    week = _Week.of(plan, days)
    agents = plan.scenario.workforce.agents
    height = TOP + ROW * len(agents) + 4
    picture = [*week.behind(height)]
    for row, agent in enumerate(agents):
        picture += week.row(agent, TOP + ROW * row)
    return drawing(height, f"Roster of the week of {days[0]}", picture, class_="timeline")


@dataclass(frozen=True)
class _Week:
    plan: Plan
    days: Sequence[date]
    edges: tuple[datetime, ...]
    shade_of: dict[str, int]

    @classmethod
    def of(cls, plan: Plan, days: Sequence[date]) -> _Week:
        edges = (instant(day, 0, plan.scenario.horizon.zone) for day in (*days, days[-1] + timedelta(days=1)))
        return cls(plan, days, tuple(edges), shades(plan.scenario))

    def x(self, moment: datetime) -> float:
        end = self.edges[-1] + timedelta(hours=OVERHANG_HOURS)
        scale = Scale(0, (end - self.edges[0]).total_seconds(), LEFT, WIDTH - RIGHT)
        return scale((min(moment, end) - self.edges[0]).total_seconds())

    def behind(self, height: float) -> Iterator[Element]:
        for day, begin, end in zip(self.days, self.edges[:-1], self.edges[1:], strict=True):
            left, right = self.x(begin), self.x(end)
            if day.weekday() >= _SATURDAY:
                yield tag("rect", x=left, y=TOP - 4, width=right - left, height=height - TOP, class_="weekend")
            yield tag("path", d=f"M{left:.1f} 6V{height:.0f}", class_="grid")
            yield label(left + 6, 15, day_text(day), class_="tick")
        yield tag("path", d=f"M{self.x(self.edges[-1]):.1f} 6V{height:.0f}", class_="grid")
        yield label(WIDTH - 4, 15, "paid", class_="tick end")

    def row(self, agent: Agent, y: float) -> Iterator[Element]:
        shifts = [shift for shift in self.plan.solution.roster.shifts_of(agent.id) if shift.day in self.days]
        name = agent_text(agent)
        short = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
        yield tag("path", d=f"M0 {y + ROW - 2:.0f}H{WIDTH}", class_="row")
        yield label(0, y + 13, short, class_="name")
        yield from self._time_off(agent, y)
        for shift in shifts:
            yield self._bar(agent, shift, y)
        yield from self._wrong(agent, y)
        yield label(WIDTH - 4, y + 13, hours(sum(shift.paid_minutes for shift in shifts)), class_="tick end")

    def _time_off(self, agent: Agent, y: float) -> Iterator[Element]:
        for day, begin, end in zip(self.days, self.edges[:-1], self.edges[1:], strict=True):
            if (agent.id, day) in self.plan.scenario.workforce.days_off:
                left, right = self.x(begin), self.x(end)
                yield tag("rect", x=left + 2, y=y + 3, width=right - left - 4, height=11, class_="timeoff")
                yield label((left + right) / 2, y + 12, "time off", class_="tick mid")

    def _bar(self, agent: Agent, shift: Shift, y: float) -> Element:
        left, right = self.x(shift.start), self.x(shift.end)
        words = self._span(shift)
        told = words if len(words) * _CHARACTER + 5 <= right - left else words.partition("–")[0]
        breaks = [
            tag(
                "rect",
                x=self.x(part.start),
                y=y + BAR - 5,
                width=self.x(part.end) - self.x(part.start),
                height=5,
                class_=part.kind,
            )
            for part in shift.activities
        ]
        hint = f"{agent.id}, {day_text(shift.day)}: {shift.template} {words}, {hours(shift.paid_minutes)} paid"
        hint += "".join(f"; {self._span(part)} {part.kind} {part.what}" for part in shift.activities if part.what)
        bar = tag(
            "rect", x=left, y=y, width=right - left, height=BAR, rx=3, class_=f"s{self.shade_of.get(shift.template, 7)}"
        )
        return tag("g", tag("title", hint), bar, *breaks, label(left + 3, y + 10, told, class_="span"))

    def _span(self, shift: Shift | Activity) -> str:
        """From and to on the wall clock, full hours without minutes: ``06:30–15``."""
        zone = self.plan.scenario.horizon.zone
        edges = (local(moment, zone) for moment in (shift.start, shift.end))
        return "–".join(f"{edge:%H:%M}" if edge.minute else f"{edge:%H}" for edge in edges)

    def _wrong(self, agent: Agent, y: float) -> Iterator[Element]:
        """A dashed frame around the days of each forbidden breach."""
        for breach in self.plan.solution.forbidden_breaches:
            days = [
                k
                for k, day in enumerate(self.days)
                if breach.first and breach.last and breach.first <= day <= breach.last
            ]
            if breach.agent == agent.id and days:
                left, right = self.x(self.edges[days[0]]), self.x(self.edges[days[-1] + 1])
                frame = tag("rect", x=left + 1, y=y - 2, width=right - left - 2, height=BAR + 3, rx=4, class_="wrong")
                yield tag("g", tag("title", f"✗ {breach.rule}: {breach.words}"), frame)
