"""The file of burdens is read as it is written, and refused with the line of every fault."""

from pathlib import Path

import pytest

from wfm.domain import Burden, InputError
from wfm.importers import read_burdens, write_burdens


def test_what_was_written_is_read_and_kinds_may_be_left_out(tmp_path: Path) -> None:
    rows = (
        Burden(agent="A1", period="2026-10", nights=3, weekends=1.5, unmet_wishes=4),
        Burden(agent="A1", period="2026-11", late_changes=2),
    )
    write_burdens(rows, tmp_path / "burdens.csv")
    assert read_burdens(tmp_path / "burdens.csv") == rows
    (tmp_path / "short.csv").write_text("agent,period,nights\nA2,2026-10,\n", encoding="utf-8")
    assert read_burdens(tmp_path / "short.csv") == (Burden(agent="A2", period="2026-10"),)


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = "agent,period,nights\nA1,2026-10,-1\nA1,,2\nA2,2026-10,many\nA3,2026-10,1\nA3,2026-10,2\n"
    (tmp_path / "burdens.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_burdens(tmp_path / "burdens.csv")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "nights"),
        (3, "period"),
        (4, "nights"),
        (6, "period"),
    ]


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "burdens.csv").write_text("agent,period,night\nA1,2026-10,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="nights"):
        read_burdens(tmp_path / "burdens.csv")
