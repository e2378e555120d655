"""A timeline draws shifts to scale, nights whole."""

from xml.etree import ElementTree as ET

import pytest

from tests.report.tiny_plan import MONDAY, SATURDAY, SUNDAY, tiny_plan
from wfm.report.charts.timeline import timeline


def bars(*days: object) -> dict[str, ET.Element]:
    picture = ET.fromstring(timeline(tiny_plan(), days))  # type: ignore[arg-type]
    groups = (group for group in picture.iter("g") if group.findtext("text"))
    return {str(group.findtext("title")): group for group in groups}


def width(group: ET.Element) -> float:
    (bar,) = (rect for rect in group.iter("rect") if str(rect.get("class")).startswith("s"))
    return float(str(bar.get("width")))


def test_every_shift_that_starts_in_the_week_is_drawn_once() -> None:
    assert len(bars(SATURDAY, SUNDAY)) == 4
    assert len(bars(MONDAY)) == 1


def test_nights_are_as_long_as_days_of_the_same_hours_over_midnight_and_clock_change() -> None:
    widths = [width(group) for group in bars(SATURDAY, SUNDAY).values()]
    assert widths == pytest.approx([widths[0]] * 4, abs=0.2)


def test_breaks_and_training_are_notches_of_their_kind() -> None:
    (group,) = bars(MONDAY).values()
    kinds = [rect.get("class") for rect in group.iter("rect")]
    assert kinds == ["s0", "break", "break", "training"]


def test_a_bar_tells_its_times_on_the_wall_clock() -> None:
    titles = list(bars(SATURDAY, SUNDAY))
    assert "berta, Sat 24 Oct: night 22–05:30, 8.0 h paid" in titles


def test_time_off_and_forbidden_breaches_are_marked() -> None:
    picture = ET.fromstring(timeline(tiny_plan(), (SATURDAY, SUNDAY)))
    classes = [rect.get("class") for rect in picture.iter("rect")]
    assert classes.count("timeoff") == 1
    assert classes.count("wrong") == 1
