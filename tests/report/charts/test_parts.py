"""The parts of a forecast are drawn from its story: what people changed in the bars, and three panels beside them."""

from xml.etree import ElementTree as ET

from tests.report.charts.test_curves import classes
from tests.report.tiny_story import tiny_story, told_plan
from wfm.report.charts.forecast import days_chart
from wfm.report.charts.parts import parts_chart


def test_a_bar_shows_what_was_added_or_taken_and_the_band_of_its_day() -> None:
    found = classes(days_chart(told_plan().forecasts[0], None, tiny_story()))
    assert (found.count("added"), found.count("taken"), found.count("reach")) == (1, 1, 3)


def test_the_panels_show_every_week_and_kind_of_day() -> None:
    picture = parts_chart(tiny_story().parts)
    found = classes(picture)
    assert (found.count("mean"), found.count("bar"), found.count("line")) == (2, 2, 2)
    words = [element.text for element in ET.fromstring(picture).iter("text")]
    assert {"mon", "holiday", "5 Oct", "06:00"} <= set(words)


def test_a_past_of_less_than_a_week_has_no_level() -> None:
    picture = parts_chart(tiny_story().parts.varied(weeks=()))
    assert classes(picture).count("mean") == 0
