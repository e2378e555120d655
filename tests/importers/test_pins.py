"""Pins are read as a planner writes them, or refused with every fault in its place."""

from datetime import date
from pathlib import Path

import pytest

from wfm.domain import BreakTemplate, InputError, Pin, ShiftTemplate
from wfm.importers import read_pins

DAY = ShiftTemplate(
    name="day", starts=(480, 540), minutes=510, breaks=(BreakTemplate(minutes=30, earliest=180, latest=240),)
)
NIGHT = ShiftTemplate(name="night", starts=(1320,), minutes=480)
WEEKEND = ShiftTemplate(name="weekend", starts=(480,), minutes=480, weekdays=(5, 6))
DATES = (date(2026, 12, 1), date(2026, 12, 2))


def read(folder: Path, rows: str, *, all_inside: bool = False) -> tuple[Pin, ...]:
    file = folder / "pins.csv"
    file.write_text(f"agent,date,shift,start\n{rows}\n")
    return read_pins(
        file,
        zone="Europe/Madrid",
        agents=["ann", "ben"],
        templates=[DAY, NIGHT, WEEKEND],
        dates=DATES,
        all_inside=all_inside,
    )


def test_a_pin_is_a_shift_or_a_day_off(tmp_path: Path) -> None:
    one, two, three = read(tmp_path, "ann,2026-12-01,day,09:00\nann,2026-12-02,off,\nben,2026-12-01,night,")
    assert one.shift == DAY.placed(DATES[0], 540, (180,), "Europe/Madrid")
    assert (two.day, two.shift) == (DATES[1], None)
    assert three.shift == NIGHT.placed(DATES[0], 1320, (), "Europe/Madrid")


def test_a_pin_of_another_horizon_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "ann,2026-11-30,off,") == ()


def test_where_all_must_be_inside_another_horizon_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"pins\.csv:2: date: expected a date from 2026-12-01 to 2026-12-02, came 2026-11-30"
    ):
        read(tmp_path, "ann,2026-11-30,off,", all_inside=True)


def test_a_stranger_is_told_beside_those_who_are_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a known agent, came 'eve'\. There are ann, ben\."):
        read(tmp_path, "eve,2026-12-01,off,")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("eve,2026-12-01,off,", "agent"),
        ("ann,tomorrow,off,", "date"),
        ("ann,,off,", "date"),
        ("ann,2026-12-01,late,", "shift"),
        ("ann,2026-12-01,day,", "start"),
        ("ann,2026-12-01,day,10:00", "start"),
        ("ann,2026-12-01,day,ten", "start"),
        ("ben,2026-12-02,off,", "date"),
        ("ben,2026-12-01,off,09:00", "start"),
        ("ann,2026-12-01,weekend,", "date"),
    ],
)
def test_a_fault_names_its_line_and_column(tmp_path: Path, row: str, column: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"ben,2026-12-02,night,\n{row}")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(3, column)]
