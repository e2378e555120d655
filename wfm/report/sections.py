"""What each section of the report shows, worked out before any markup is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from markupsafe import Markup

from wfm.domain import Channel, ServiceLevel, Turnaround
from wfm.forecast import Accuracy
from wfm.report.allocation import Floats, heads_on_queue
from wfm.report.burden import Burden
from wfm.report.changes import ChangeRow, change_rows
from wfm.report.charts.forecast import days_chart, week_chart
from wfm.report.charts.heat import HeatScale, heat_strip
from wfm.report.charts.parts import parts_chart
from wfm.report.charts.staffing import staffing_chart
from wfm.report.charts.timeline import timeline
from wfm.report.hindsight import accuracy_by_channel, outcome
from wfm.report.service import ChannelService
from wfm.report.weeks import typical, weeks
from wfm.report.wording import short_day
from wfm.study import Plan


@dataclass(frozen=True)
class Tab:
    """One of several pictures of which a reader sees one at a time."""

    name: str
    picture: Markup
    chosen: bool = False


@dataclass(frozen=True)
class ForecastSection:
    """Expected contacts of one channel."""

    channel: str
    contacts: float
    days: Markup
    weeks: tuple[Tab, ...]
    notes: tuple[str, ...]
    band: str
    accuracy: Accuracy | None
    came: bool
    parts: Markup | None = None
    changes: tuple[ChangeRow, ...] = ()
    findings: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffingSection:
    """Agents required and rostered: a chart a week, heat strips in all and by channel, with the words of their colours."""

    weeks: tuple[Tab, ...]
    total: Markup
    channels: tuple[Tab, ...]
    legend: tuple[str, ...]


@dataclass(frozen=True)
class DayCell:
    """Service of one channel on one day; ``level`` -3..1: how far it is under its target, 1 for met."""

    day: date
    simulated: float | None
    predicted: float | None
    level: int


def forecast_sections(plan: Plan) -> Iterator[ForecastSection]:
    """A section for each channel."""
    scored, stories = accuracy_by_channel(plan), {row.channel: row for row in plan.stories}
    for forecast in plan.forecasts:
        came, story = outcome(plan, forecast.channel), stories.get(forecast.channel)
        totals = [sum(forecast.mean[part]) for part in _week_slices(plan)]
        charts = [week_chart(forecast.part(part), None if came is None else came[part]) for part in _week_slices(plan)]
        levels = f"{100 * forecast.levels[0]:g}–{100 * forecast.levels[-1]:g} %" if forecast.levels else ""
        yield ForecastSection(
            channel=forecast.channel,
            contacts=sum(totals),
            days=days_chart(forecast, came, story),
            weeks=_tabs(plan, charts, typical(totals)),
            notes=forecast.notes,
            band=levels,
            accuracy=scored.get(forecast.channel),
            came=came is not None,
            parts=parts_chart(story.parts) if story else None,
            changes=tuple(change_rows(plan, story)) if story else (),
            findings=tuple(row.words for row in reversed(story.findings)) if story else (),
            unmet=tuple(row.unmet_words(plan.scenario.horizon.zone) for row in story.unmet) if story else (),
        )


def staffing_section(plan: Plan, rows: Sequence[ChannelService]) -> StaffingSection:
    """The requirement of all channels together against all heads on the queue; each channel against its share of them."""
    grid = plan.scenario.horizon
    required = np.sum([row.requirement.gross for row in rows], axis=0)
    rostered = heads_on_queue(plan)
    slices = _week_slices(plan)
    charts = [staffing_chart(grid.part(part), required[part], rostered[part]) for part in slices]
    scale = HeatScale.of(required)
    return StaffingSection(
        weeks=_tabs(plan, charts, typical([float(required[part].sum()) for part in slices])),
        total=heat_strip(grid, required, rostered, scale, "all channels"),
        channels=tuple(Tab(row.channel.name, _channel_heat(row, scale)) for row in rows),
        legend=tuple(scale.words()),
    )


def roster_weeks(plan: Plan) -> list[tuple[str, Markup]]:
    """The timeline of each calendar week, under its name."""
    parts = weeks(plan.scenario.horizon.dates)
    return [(_week_name(days), timeline(plan, days)) for days in parts]


def service_calendar(row: ChannelService) -> list[list[DayCell | None]]:
    """Weeks of seven days, Monday first, None outside the horizon."""
    days = row.requirement.grid.dates
    cells = {
        day: DayCell(day, seen, told, _level(row.channel, told if row.simulated is None else seen))
        for day, seen, told in zip(days, row.simulated_by_day, row.predicted_by_day, strict=True)
    }
    return [_week_of(week, cells) for week in weeks(days)]


def largest(rows: Sequence[Burden]) -> dict[str, float]:
    """The longest bar of each column of the fairness table; at least 1."""
    hours = max((max(row.paid_minutes, row.contract_minutes) for row in rows), default=1)
    nights, weekends = (max((getattr(row, name) for row in rows), default=1) for name in ("nights", "weekends"))
    return {"hours": max(hours, 1), "nights": max(nights, 1), "weekends": max(weekends, 1)}


def _channel_heat(row: ChannelService, scale: HeatScale) -> Markup:
    gross: Floats = np.array(row.requirement.gross)
    return heat_strip(row.requirement.grid, gross, row.heads, scale, row.channel.name)


def _week_slices(plan: Plan) -> list[slice]:
    grid = plan.scenario.horizon
    return [grid.within(days[0], days[-1]) for days in weeks(grid.dates)]


def _week_name(days: Sequence[date]) -> str:
    reach = short_day(days[0]) + (f" – {short_day(days[-1])}" if len(days) > 1 else "")
    return f"Week {days[0].isocalendar().week}, {reach}"


def _tabs(plan: Plan, pictures: Sequence[Markup], chosen: int) -> tuple[Tab, ...]:
    names = map(_week_name, weeks(plan.scenario.horizon.dates))
    return tuple(Tab(name, picture, k == chosen) for k, (name, picture) in enumerate(zip(names, pictures, strict=True)))


def _week_of(week: Sequence[date], cells: dict[date, DayCell]) -> list[DayCell | None]:
    by_weekday = {day.weekday(): cells[day] for day in week}
    return [by_weekday.get(weekday) for weekday in range(7)]


def _level(channel: Channel, share: float | None) -> int:
    """0 where there is no promise or nothing to say, 1 met, -1 up to 5 points under it, -2 up to 15, -3 worse."""
    target = channel.target(ServiceLevel) or channel.target(Turnaround)
    if target is None or share is None:
        return 0
    missing = target.share - share
    return 1 if missing <= 0 else -1 - sum(missing > edge for edge in (0.05, 0.15))
