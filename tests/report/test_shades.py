"""Every kind of shift has its colour, and night looks like night."""

from tests.report.tiny_plan import DAY, scenario
from wfm.report.shades import FILLS, NIGHT, shades


def test_nights_have_the_colour_of_nights_and_days_do_not() -> None:
    assert shades(scenario()) == {"day": 0, "night": NIGHT}


def test_more_shifts_than_colours_begin_again() -> None:
    templates = tuple(DAY.varied(name=f"day{k:02d}", starts=(360 + k,)) for k in range(12))
    found = shades(scenario().varied(templates=templates))
    assert all(0 <= shade < len(FILLS) - 1 for shade in found.values())
    assert found["day00"] == found["day08"]
