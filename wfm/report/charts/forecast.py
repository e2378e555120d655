"""Expected contacts: a bar a day, and a week by interval with its band; dots for what really came."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import numpy as np
from markupsafe import Markup

from wfm.domain import Forecast
from wfm.report.allocation import Floats
from wfm.report.charts.axes import Axes
from wfm.report.charts.svg import WIDTH, Scale, drawing, label, number, polyline, staircase, tag, ticks
from wfm.report.weeks import day_totals
from wfm.report.wording import count, day_text
from wfm.study import ForecastStory

DAYS_HEIGHT, WEEK_HEIGHT = 170.0, 230.0
_LEFT, _FLOOR = 46.0, 146.0
_SATURDAY = 5
_LEAST = 0.005
"""Changes of a day by less are not drawn."""


def days_chart(forecast: Forecast, came: Floats | None, story: ForecastStory | None = None) -> Markup:
    """Expected contacts of each local day as bars; a dot where all of the day's contacts are known.

    With its story, each bar shows what people added to the method's own (or took away from it), and the day's outer band.
    """
    grid = forecast.grid
    totals = day_totals(grid, forecast.means())
    # A day of which a part is unknown sums to NaN, and gets no dot.
    known = np.full(len(totals), np.nan) if came is None else day_totals(grid, _closed_as_zero(forecast, came))
    highest = story.days.bands[-1] if story and story.days.bands else ()
    top = float(np.nanmax([*totals, *known, *highest]))
    x, y = Scale(0, len(totals), _LEFT, WIDTH - 6), Scale(0, ticks(top)[-1], _FLOOR, 14)
    added = _added(totals, story, x, y) if story else ()
    picture = [*_value_lines(top, y), *_bars(forecast, totals, x, y), *added, *_dots(known, x, y)]
    return drawing(DAYS_HEIGHT, f"Expected contacts of {forecast.channel} by day", picture)


def week_chart(forecast: Forecast, came: Floats | None) -> Markup:
    """Expected contacts of each interval as a line inside the band between its outer quantiles; a dot for what came."""
    top = max(*forecast.mean, *(forecast.bands[-1] if forecast.bands else ()), 0.0)
    top = top if came is None or np.isnan(came).all() else max(top, float(np.nanmax(came)))
    axes = Axes(forecast.grid, top, WEEK_HEIGHT)
    picture = [*axes.behind()]
    if forecast.bands:
        low, high = ([axes.y(value) for value in band] for band in (forecast.bands[0], forecast.bands[-1]))
        area = [*staircase(axes.edges, high), *reversed(staircase(axes.edges, low))]
        picture.append(tag("path", d=polyline(area) + "z", class_="band"))
    mean = staircase(axes.edges, [axes.y(value) for value in forecast.mean])
    picture.append(tag("path", d=polyline(mean), class_="line"))
    if came is not None:
        points = [(axes.x(k + 0.5), axes.y(value)) for k, value in enumerate(came.tolist()) if value == value]
        picture.append(tag("path", d="".join(f"M{number(x)} {number(y)}h0" for x, y in points), class_="dots"))
    first = forecast.grid.dates[0]
    return drawing(WEEK_HEIGHT, f"Expected contacts of {forecast.channel}, week of {first}", picture)


def _closed_as_zero(forecast: Forecast, came: Floats) -> Floats:
    return np.where(np.array(forecast.open), came, 0.0)


def _value_lines(top: float, y: Scale) -> Iterator[Element]:
    for value in ticks(top):
        yield tag("path", d=f"M{_LEFT} {y(value):.1f}H{WIDTH - 6}", class_="grid")
        yield label(_LEFT - 6, y(value) + 4, f"{value:g}", class_="tick end")


def _bars(forecast: Forecast, totals: Floats, x: Scale, y: Scale) -> Iterator[Element]:
    width = x(1) - x(0)
    for k, (day, total) in enumerate(zip(forecast.grid.dates, totals.tolist(), strict=True)):
        shape = "bar quiet" if day.weekday() >= _SATURDAY else "bar"
        hint = tag("title", f"{day_text(day)}: {count(total)}")
        yield tag(
            "rect", hint, x=x(k) + 0.12 * width, y=y(total), width=0.76 * width, height=_FLOOR - y(total), class_=shape
        )
        if len(totals) <= 14 or day.weekday() == 0 or k == 0:
            yield label(x(k + 0.5), DAYS_HEIGHT - 8, day_text(day), class_="tick mid")


def _added(totals: Floats, story: ForecastStory, x: Scale, y: Scale) -> Iterator[Element]:
    """The part of a bar that people added, or a frame for what they took away; and the band of the day as a line."""
    width = x(1) - x(0)
    for k, (own, total) in enumerate(zip(story.parts.own, totals.tolist(), strict=True)):
        if abs(total - own) >= _LEAST * max(total, own):
            low, high = sorted((own, total))
            hint = tag("title", f"changed by {total - own:+,.0f}")
            shape = {"x": x(k) + 0.12 * width, "y": y(high), "width": 0.76 * width, "height": y(low) - y(high)}
            yield tag("rect", hint, **shape, class_="added" if total > own else "taken")
    for k in range(len(totals) if story.days.bands else 0):
        low, high = story.days.bands[0][k], story.days.bands[-1][k]
        if high > 0:
            yield tag("path", d=f"M{number(x(k + 0.5))} {number(y(low))}V{number(y(high))}", class_="reach")


def _dots(known: Floats, x: Scale, y: Scale) -> Iterator[Element]:
    for k, total in enumerate(known.tolist()):
        if total == total:
            yield tag("circle", tag("title", f"came: {count(total)}"), cx=x(k + 0.5), cy=y(total), r=4, class_="dot")
