"""The frame of a chart over some days: values to the left, days below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from wfm.domain import TimeGrid
from wfm.report.charts.svg import WIDTH, Scale, label, tag, ticks
from wfm.report.wording import day_text

LEFT, RIGHT, TOP, BOTTOM = 46.0, 6.0, 12.0, 24.0
_SATURDAY = 5


@dataclass(frozen=True)
class Axes:
    """Scales of a chart over the steps of a grid, with what is drawn behind it."""

    grid: TimeGrid
    top: float
    height: float

    @cached_property
    def x(self) -> Scale:
        """Where a step begins."""
        return Scale(0, self.grid.count, LEFT, WIDTH - RIGHT)

    @cached_property
    def y(self) -> Scale:
        """Where a value lies."""
        return Scale(0, ticks(self.top)[-1], self.height - BOTTOM, TOP)

    @cached_property
    def edges(self) -> list[float]:
        """Where each step begins and the last ends."""
        return [self.x(k) for k in range(self.grid.count + 1)]

    def behind(self) -> Iterator[Element]:
        """Weekends shaded, a line at every round value, a line and a name for each day."""
        floor = self.height - BOTTOM
        for day, steps in self.grid.day_slices():
            begin, end = self.x(steps.start), self.x(steps.stop)
            if day.weekday() >= _SATURDAY:
                yield tag("rect", x=begin, y=TOP, width=end - begin, height=floor - TOP, class_="weekend")
            yield tag("path", d=f"M{begin:.1f} {TOP}V{floor}", class_="grid")
            yield label((begin + end) / 2, self.height - 7, day_text(day), class_="tick mid")
        for value in ticks(self.top):
            yield tag("path", d=f"M{LEFT} {self.y(value):.1f}H{WIDTH - RIGHT}", class_="grid")
            yield label(LEFT - 6, self.y(value) + 4, f"{value:g}", class_="tick end")
