"""A heat strip: one row a day, one cell an interval, coloured by how many agents are over or short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from markupsafe import Markup

from wfm.domain import TimeGrid
from wfm.domain.quantity import DAY_MINUTES, clock_text
from wfm.report.allocation import Floats
from wfm.report.charts.svg import WIDTH, boxes, drawing, label, tag
from wfm.report.wording import day_text

LEFT, TOP, ROW, GAP = 84.0, 20.0, 15.0, 1.0
LEVELS = ("short3", "short2", "short1", "even", "over1", "over2", "over3")
"""Classes of the seven colours; a cell where nobody is needed or rostered is left blank."""


@dataclass(frozen=True)
class HeatScale:
    """Where colours change: at half a unit, one and a half, and three units of agents over or short."""

    unit: float

    @classmethod
    def of(cls, required: Floats) -> HeatScale:
        """Half an agent, or in larger centres a tenth of the highest requirement, to half an agent."""
        return cls(max(0.5, round(0.2 * float(required.max())) / 2))

    def level(self, gap: float) -> int:
        """Position in ``LEVELS`` of rostered less required agents."""
        size = sum(abs(gap) > edge * self.unit for edge in (0.5, 1.5, 3.0))
        return 3 + (size if gap > 0 else -size)

    def words(self) -> list[str]:
        """What each level means, in agents."""
        low, middle, high = (f"{edge * self.unit:g}" for edge in (0.5, 1.5, 3.0))
        ranges = [f"{low} to {middle}", f"{middle} to {high}", f"over {high}"]
        return [
            *(f"{words} short" for words in reversed(ranges)),
            f"within {low}",
            *(f"{words} too many" for words in ranges),
        ]


def heat_strip(grid: TimeGrid, required: Floats, rostered: Floats, scale: HeatScale, name: str) -> Markup:
    """Days x wall-clock intervals. Where an hour comes twice both halves of its cell are drawn; where one is skipped it stays blank."""
    cells: dict[str, list[tuple[float, float, float, float]]] = {level: [] for level in LEVELS}
    for k, spot in _spots(grid):
        if required[k] > 0 or rostered[k] > 0:
            cells[LEVELS[scale.level(float(rostered[k] - required[k]))]].append(spot)
    picture = [*_names(grid), *(tag("path", d=boxes(found), class_=level) for level, found in cells.items() if found)]
    geometry = [LEFT, TOP, _cell_width(grid), ROW, grid.step_minutes]
    tips = {
        "data_geometry": json.dumps(geometry),
        "data_rows": json.dumps(_tips(grid, required, rostered), separators=(",", ":")),
    }
    return drawing(TOP + ROW * len(grid.dates) + 4, f"Agents over and short, {name}", picture, class_="heat", **tips)


def _cell_width(grid: TimeGrid) -> float:
    return (WIDTH - LEFT - 6) / (DAY_MINUTES // grid.step_minutes)


def _spots(grid: TimeGrid) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Each step with its cell (x, y, width, height)."""
    width = _cell_width(grid)
    columns = grid.minute_of_day // grid.step_minutes
    keys = grid.day_index * DAY_MINUTES + grid.minute_of_day
    twice = {int(key) for key, number in zip(*np.unique(keys, return_counts=True), strict=True) if number > 1}
    seen: set[int] = set()
    for k, (day, column, key) in enumerate(zip(grid.day_index.tolist(), columns.tolist(), keys.tolist(), strict=True)):
        half = ROW / 2 if key in twice else ROW
        y = TOP + ROW * day + (half if key in seen else 0)
        seen.add(key)
        yield k, (LEFT + width * column, y, width - GAP, half - GAP)


def _names(grid: TimeGrid) -> Iterator[Element]:
    for hour in range(0, 25, 3):
        x = LEFT + (WIDTH - LEFT - 6) * hour / 24
        yield label(x, TOP - 7, clock_text(60 * hour), class_="tick mid")
    for row, day in enumerate(grid.dates):
        quiet = " quiet" if day.weekday() >= 5 else ""
        yield label(LEFT - 8, TOP + ROW * row + 11, day_text(day), class_=f"tick end{quiet}")


def _tips(grid: TimeGrid, required: Floats, rostered: Floats) -> list[list[object]]:
    """For each day its name and, in order, the columns of its cells with agents required and rostered: what the script shows."""
    columns = (grid.minute_of_day // grid.step_minutes).tolist()
    need, have = ([round(value, 1) for value in row.tolist()] for row in (required, rostered))
    return [[day_text(day), columns[part], need[part], have[part]] for day, part in grid.day_slices()]
