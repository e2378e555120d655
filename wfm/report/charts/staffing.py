"""Agents required against agents rostered, interval by interval of a week."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from wfm.domain import TimeGrid
from wfm.report.allocation import Floats
from wfm.report.charts.axes import Axes
from wfm.report.charts.svg import boxes, drawing, polyline, staircase, tag

HEIGHT = 240.0


def staffing_chart(grid: TimeGrid, required: Floats, rostered: Floats) -> Markup:
    """The requirement as an area, rostered heads as a line; where they part, the gap is filled by its sign."""
    axes = Axes(grid, float(max(required.max(), rostered.max())), HEIGHT)
    need = staircase(axes.edges, [axes.y(value) for value in required.tolist()])
    have = staircase(axes.edges, [axes.y(value) for value in rostered.tolist()])
    floor = axes.y(0)
    area = [(axes.edges[0], floor), *need, (axes.edges[-1], floor)]
    picture = [
        *axes.behind(),
        tag("path", d=polyline(area) + "z", class_="need"),
        tag("path", d=boxes(_gaps(axes, rostered, required)), class_="over"),
        tag("path", d=boxes(_gaps(axes, required, rostered)), class_="short"),
        tag("path", d=polyline(have), class_="have"),
    ]
    return drawing(HEIGHT, f"Agents required and rostered, week of {grid.dates[0]}", picture)


def _gaps(axes: Axes, more: Floats, less: Floats) -> Iterator[tuple[float, float, float, float]]:
    """A box on every step where ``more`` lies above ``less``."""
    for k, (upper, lower) in enumerate(zip(more.tolist(), less.tolist(), strict=True)):
        if upper > lower:
            yield axes.edges[k], axes.y(upper), axes.edges[k + 1] - axes.edges[k], axes.y(lower) - axes.y(upper)
