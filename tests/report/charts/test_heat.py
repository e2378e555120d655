"""A heat strip colours every interval once, the hour that comes twice included."""

import json
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.report.tiny_plan import GRID
from wfm.domain import TimeGrid
from wfm.report.charts.heat import LEVELS, ROW, HeatScale, heat_strip

NEED = np.full(GRID.count, 2.0)


def cells(required: np.ndarray, rostered: np.ndarray, grid: TimeGrid = GRID) -> dict[str, int]:
    picture = ET.fromstring(heat_strip(grid, required, rostered, HeatScale(0.5), "all"))
    paths = (path for path in picture.iter("path") if path.get("class") in LEVELS)
    return {str(path.get("class")): str(path.get("d")).count("M") for path in paths}


def test_every_interval_of_a_day_of_twenty_five_hours_has_its_cell() -> None:
    assert cells(NEED, NEED) == {"even": 73}


def test_the_hour_that_comes_twice_is_two_half_cells() -> None:
    picture = str(heat_strip(GRID, NEED, NEED, HeatScale(0.5), "all"))
    assert picture.count(f"v{ROW / 2 - 1:g}") == 2


def test_short_and_over_are_told_apart_and_nobody_needed_stays_blank() -> None:
    required, rostered = NEED.copy(), NEED.copy()
    required[0] = rostered[0] = 0
    rostered[1], rostered[2] = 0, 9
    assert cells(required, rostered) == {"short3": 1, "even": 70, "over3": 1}


@pytest.mark.parametrize(("gap", "level"), [(0, 3), (0.25, 3), (0.3, 4), (-0.3, 2), (-1.0, 1), (-2.0, 0), (2.0, 6)])
def test_colours_change_at_half_one_and_a_half_and_three_units(gap: float, level: int) -> None:
    assert HeatScale(0.5).level(gap) == level


def test_a_large_centre_has_a_coarser_scale() -> None:
    assert HeatScale.of(np.array([3.0])).unit == 0.5
    assert HeatScale.of(np.array([80.0])).unit == 8.0
    assert len(HeatScale(0.5).words()) == len(LEVELS)


def test_what_the_pointer_is_told_is_what_was_drawn() -> None:
    picture = ET.fromstring(heat_strip(GRID, NEED, NEED + 1, HeatScale(0.5), "all"))
    days = json.loads(str(picture.get("data-rows")))
    assert [len(columns) for _, columns, _, _ in days] == [24, 25, 24]
    assert {value for _, _, _, have in days for value in have} == {3.0}
