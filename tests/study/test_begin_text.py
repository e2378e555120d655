"""The shifts of a begun scenario cover its opening hours, whatever they are."""

from pathlib import Path

import pytest

from tests.study.folders import PHONE_SMALL
from wfm.domain import Opening
from wfm.importers import Imported, read_history
from wfm.study.assemble import template
from wfm.study.begin import anonymous
from wfm.study.begin_text import scenario_text
from wfm.study.sheet import ScenarioSheet
from wfm.study.wording import validated
from wfm.study.yaml_text import parse_yaml


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_history(PHONE_SMALL / "history.csv", zone="Europe/Madrid")


def sheet_for(imported: Imported, hours: str) -> ScenarioSheet:
    moved = imported.varied(channels=(imported.channels[0].varied(opening=Opening.from_text(hours)),))
    text = scenario_text("mine", moved, anonymous(3, moved), "Europe/Madrid")
    return validated(ScenarioSheet, parse_yaml(text, "scenario.yaml"))


@pytest.mark.parametrize(
    "hours",
    [
        "24x7",
        "mon-fri 08:00-20:00",
        "mon-sun 08:15-21:45",
        "sat 23:30-24:00",
        "mon 00:00-00:30",
        "mon-sun 03:00-23:30",
        "mon-fri 09:00-13:00",
    ],
)
def test_every_open_moment_lies_in_some_shift(imported: Imported, hours: str) -> None:
    sheet = sheet_for(imported, hours)
    covered = set()
    for name, row in sheet.shifts.items():
        shift = template(name, row)
        covered |= {minute % 1440 for start in shift.starts for minute in range(start, start + shift.minutes)}
    windows = [window for day in sheet.channels["phone"].open.week for window in day]
    assert {minute for window in windows for minute in range(window.start, window.end)} <= covered


def test_the_text_says_nothing_of_where_it_was_made(imported: Imported, tmp_path: Path) -> None:
    text = scenario_text("mine", imported, anonymous(3, imported), "Europe/Madrid")
    assert str(tmp_path) not in text
    assert str(PHONE_SMALL) not in text
    assert text == scenario_text("mine", imported, anonymous(3, imported), "Europe/Madrid")
