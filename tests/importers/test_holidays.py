"""The planner's own holidays: read in any order, refused with the line of every fault."""

from datetime import date
from pathlib import Path

import pytest

from wfm.domain import InputError
from wfm.importers import Holiday, read_holidays


def written(folder: Path, text: str) -> Path:
    file = folder / "holidays.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_holidays_come_in_order_and_weekdays_may_be_written_in_full(tmp_path: Path) -> None:
    text = "date,name,like\n2026-12-24,Christmas Eve,Sunday\n08/12/2026,Feast,\n2026-12-31,New Year's Eve,eve\n"
    assert read_holidays(written(tmp_path, text)) == (
        Holiday(day=date(2026, 12, 8), name="Feast"),
        Holiday(day=date(2026, 12, 24), name="Christmas Eve", like="sun"),
        Holiday(day=date(2026, 12, 31), name="New Year's Eve", like="eve"),
    )
    assert read_holidays(written(tmp_path, "date,name\n")) == ()


def test_every_fault_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    text = "date,name,like\n2026-13-01,Fair,\n2026-12-01,,\n2026-12-02,Fair,quiet\n2026-12-03,A,\n2026-12-03,B,\n"
    with pytest.raises(InputError) as caught:
        read_holidays(written(tmp_path, text))
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "date"),
        (3, "name"),
        (4, "like"),
        (6, "date"),
    ]
    assert "expected closed, eve or a weekday such as sun, came 'quiet'" in str(caught.value)
    assert "2026-12-03, on line 5 already" in str(caught.value)


def test_a_misspelt_column_is_told_with_what_was_likely_meant(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean like"):
        read_holidays(written(tmp_path, "date,name,likes\n"))
