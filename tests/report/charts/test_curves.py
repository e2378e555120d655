"""Curves show what they are given: bands, what came, and gaps by their sign."""

from xml.etree import ElementTree as ET

import numpy as np

from tests.report.tiny_plan import GRID, tiny_plan
from wfm.domain import Estimate
from wfm.report.charts.forecast import days_chart, week_chart
from wfm.report.charts.staffing import staffing_chart
from wfm.report.charts.whiskers import whiskers

FORECAST = tiny_plan().forecasts[0]


def classes(picture: str) -> list[str]:
    return [str(element.get("class")) for element in ET.fromstring(picture).iter() if element.get("class")]


def path(picture: str, name: str) -> str:
    return next(str(found.get("d")) for found in ET.fromstring(picture).iter("path") if found.get("class") == name)


def test_a_day_has_a_bar_and_a_dot_only_where_all_of_it_is_known() -> None:
    came = np.full(GRID.count, 2.0)
    came[3] = np.nan
    assert classes(days_chart(FORECAST, None)).count("dot") == 0
    assert classes(days_chart(FORECAST, came)).count("dot") == 2
    assert sum(name.startswith("bar") for name in classes(days_chart(FORECAST, came))) == 3


def test_a_week_has_its_band_and_a_point_for_each_known_interval() -> None:
    came = np.full(GRID.count, 2.0)
    came[3] = np.nan
    picture = week_chart(FORECAST, came)
    assert {"band", "line"} <= set(classes(picture))
    assert path(picture, "dots").count("M") == GRID.count - 1


def test_a_forecast_without_bands_is_a_line() -> None:
    assert "band" not in classes(week_chart(FORECAST.varied(levels=(), bands=()), None))


def test_gaps_are_filled_by_their_sign() -> None:
    need, have = np.full(GRID.count, 2.0), np.full(GRID.count, 2.0)
    have[5], have[6:8] = 1, 4
    picture = staffing_chart(GRID, need, have)
    assert path(picture, "short").count("M") == 1
    assert path(picture, "over").count("M") == 2


def test_variants_stand_inside_the_axis_even_when_all_are_equal() -> None:
    for rows in ([("a", Estimate(mean=1.0))], [("a", Estimate(mean=0.5, half_width=0.4)), ("b", Estimate(mean=0.0))]):
        spots = [float(str(dot.get("cx"))) for dot in ET.fromstring(whiskers(rows, "phone")).iter("circle")]
        assert all(260 <= spot <= 1_110 for spot in spots)
