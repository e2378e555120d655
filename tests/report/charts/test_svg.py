"""Drawing blocks: short numbers, escaped text, round ticks."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.report.charts.svg import Scale, boxes, drawing, label, number, polyline, staircase, tag, ticks


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (3.04, "3"), (-0.01, "0"), (2.55, "2.5"), (-1.25, "-1.2")])
def test_a_coordinate_is_as_short_as_it_goes(value: float, text: str) -> None:
    assert number(value) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))))
def test_any_text_is_escaped_and_comes_back(words: str) -> None:
    picture = ET.fromstring(drawing(10, "title", [label(0, 0, words)]))
    assert (picture.findtext("text") or "") == words


@given(st.floats(1e-3, 1e6))
def test_ticks_are_few_evenly_spaced_and_reach_the_top(top: float) -> None:
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-9)
    assert 3 <= len(marks) <= 6


def test_nothing_to_show_still_has_an_axis() -> None:
    assert ticks(0) == [0.0, 1.0]


def test_paths_go_where_they_are_told() -> None:
    assert polyline(staircase([0, 10, 20], [5, 7])) == "M0 5L10 5L10 7L20 7"
    assert boxes([(1, 2, 3, 4)]) == "M1 2h3v4h-3z"
    assert Scale(0, 10, 100, 0)(2.5) == 75


def test_names_of_attributes_become_those_of_svg() -> None:
    element = tag("path", d="M0 0", class_="x", stroke_width=2, hidden=None)
    assert element.attrib == {"d": "M0 0", "class": "x", "stroke-width": "2"}
