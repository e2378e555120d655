"""The planner's own requirement is read as heads and what each is worth, and refused with the line of every fault."""

from datetime import date
from pathlib import Path

import pytest

from wfm.domain import InputError, TimeGrid
from wfm.importers import read_requirement

GRID = TimeGrid.of_days(date(2026, 10, 24), 2, 30, "Europe/Madrid")
"""With the night on which 02:00 comes twice."""


def written(folder: Path, *rows: str, header: str = "start,channel,heads,worth") -> Path:
    path = folder / "demand.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_heads_of_an_interval_are_worth_what_their_row_says(tmp_path: Path) -> None:
    rows = ("2026-10-24 09:00,phone,2,3", "2026-10-24 09:00,phone,1,0.5", "2026-10-24T09:30,chat,1,")
    phone, chat = read_requirement(written(tmp_path, *rows), GRID)
    assert phone.served[18] == (0.0, 3.0, 6.0, 6.5)
    assert (phone.net[18], phone.net[19], chat.net[19]) == (3, 0, 1)
    assert chat.served[19] == (0.0, 1.0)
    assert sum(phone.net) == 3


def test_an_hour_that_comes_twice_is_meant_twice_unless_its_offset_is_told(tmp_path: Path) -> None:
    (both,) = read_requirement(written(tmp_path, "2026-10-25 02:30,phone,2,1"), GRID)
    assert [step for step, heads in enumerate(both.net) if heads] == [53, 55]
    (later,) = read_requirement(written(tmp_path, "2026-10-25 02:30+01:00,phone,2,1"), GRID)
    assert [step for step, heads in enumerate(later.net) if heads] == [55]


def test_worth_may_be_left_out(tmp_path: Path) -> None:
    (phone,) = read_requirement(written(tmp_path, "2026-10-24 09:00,phone,2", header="start,channel,heads"), GRID)
    assert phone.served[18] == (0.0, 1.0, 2.0)


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    rows = (
        "2026-10-24 09:10,phone,2,1",
        "2026-10-24 09:00,phone,two,1",
        "2026-10-24 09:00,phone,1,-1",
        "2026-10-24 10:00,phone,1,1",
        "2026-10-24 10:00,phone,1,2",
        "2026-10-26 00:00,,1,2",
    )
    with pytest.raises(InputError) as caught:
        read_requirement(written(tmp_path, *rows), GRID)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "start"),
        (3, "heads"),
        (4, "worth"),
        (6, "worth"),
        (7, "channel"),
        (7, "start"),
    ]
