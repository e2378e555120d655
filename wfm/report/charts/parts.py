"""A forecast taken apart: its level week by week, its kinds of days, and its time of day, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast import Decomposition
from wfm.report.charts.svg import WIDTH, Scale, drawing, label, polyline, staircase, tag, ticks
from wfm.report.wording import count, percent, short_day

HEIGHT, TOP, BOTTOM = 170.0, 26.0, 24.0
GAP, LEFT = 34.0, 42.0
MOST_NAMES = 6
"""Dates below a panel, so that they do not run into each other."""


def parts_chart(parts: Decomposition) -> Markup:
    """Three panels that share nothing but their height."""
    width = (WIDTH - 2 * GAP) / 3
    panels = (_level, _kinds, _time_of_day)
    drawn = [element for k, panel in enumerate(panels) for element in panel(parts, k * (width + GAP), width)]
    return drawing(HEIGHT, f"What the forecast of {parts.channel} is made of", drawn)


def _level(parts: Decomposition, left: float, width: float) -> Iterator[Element]:
    """Contacts of each past week over those usual on days like its own."""
    levels = [level for _, level in parts.weeks]
    x, y = _scales(len(levels), max([1.0, *levels]), left, width)
    yield from _frame("Level: each week against the mean of its days", left, width, y, percents=True)
    yield tag("path", d=f"M{left + LEFT:.1f} {y(1):.1f}H{left + width:.1f}", class_="base")
    if levels:
        points = [(x(k + 0.5), y(level)) for k, level in enumerate(levels)]
        yield tag("path", d=polyline(points), class_="line")
        every = -(-len(levels) // MOST_NAMES)
        for k, (day, level) in enumerate(parts.weeks):
            hint = tag("title", f"week of {short_day(day)}: {percent(level, 0)}")
            yield tag("circle", hint, cx=x(k + 0.5), cy=y(level), r=3, class_="mean")
            if k % every == 0:
                yield label(x(k + 0.5), HEIGHT - 7, short_day(day), class_="tick mid")


def _kinds(parts: Decomposition, left: float, width: float) -> Iterator[Element]:
    """Mean contacts of each kind of day."""
    x, y = _scales(len(parts.kinds), max((row.contacts for row in parts.kinds), default=1.0), left, width)
    yield from _frame("Kind of day: mean contacts", left, width, y)
    for k, row in enumerate(parts.kinds):
        hint = tag("title", f"{row.kind}: {count(row.contacts)} contacts, {row.days} days")
        bar = x(k + 0.84) - x(k + 0.16)
        floor = HEIGHT - BOTTOM
        yield tag(
            "rect", hint, x=x(k + 0.16), y=y(row.contacts), width=bar, height=floor - y(row.contacts), class_="bar"
        )
        yield label(x(k + 0.5), HEIGHT - 7, row.kind, class_="tick mid")


def _time_of_day(parts: Decomposition, left: float, width: float) -> Iterator[Element]:
    """Mean contacts of each slot of the day."""
    x, y = _scales(len(parts.profile), max(parts.profile), left, width)
    yield from _frame(f"Time of day: mean contacts of {parts.step_minutes} minutes", left, width, y)
    edges = [x(k) for k in range(len(parts.profile) + 1)]
    yield tag("path", d=polyline(staircase(edges, [y(contacts) for contacts in parts.profile])), class_="line")
    for hour in range(0, 24, 6):
        yield label(x(60 * hour / DAY_MINUTES * len(parts.profile)), HEIGHT - 7, f"{hour:02d}:00", class_="tick mid")


def _scales(number: int, top: float, left: float, width: float) -> tuple[Scale, Scale]:
    return Scale(0, max(number, 1), left + LEFT, left + width), Scale(0, ticks(top)[-1], HEIGHT - BOTTOM, TOP)


def _frame(title: str, left: float, width: float, y: Scale, *, percents: bool = False) -> Iterator[Element]:
    yield label(left, 12, title, class_="name")
    marks: Sequence[float] = ticks(y.last)
    for value in marks:
        yield tag("path", d=f"M{left + LEFT:.1f} {y(value):.1f}H{left + width:.1f}", class_="grid")
        yield label(left + LEFT - 6, y(value) + 4, f"{100 * value:g}%" if percents else f"{value:g}", class_="tick end")
