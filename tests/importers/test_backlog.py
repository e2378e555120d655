"""What waits: contacts with the time they came or are due, refused with the line of every fault."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wfm.domain import InputError
from wfm.importers import Waiting, read_backlog

START = datetime(2026, 11, 29, 23, tzinfo=UTC)


def read(folder: Path, text: str) -> tuple[Waiting, ...]:
    file = folder / "backlog.csv"
    file.write_text(text, encoding="utf-8")
    return read_backlog(file, zone="Europe/Madrid", until=START)


def test_a_row_tells_when_contacts_came_or_are_due(tmp_path: Path) -> None:
    came, due = datetime(2026, 11, 27, 15, 40, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
    text = "came,due,contacts\n2026-11-27 16:40,,\n,2026-11-30T10:00+01:00,3\n"
    assert read(tmp_path, text) == (Waiting(came=came), Waiting(due=due, contacts=3))
    assert read(tmp_path, "came\n") == ()


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = "came,due,contacts\nyesterday,,\n2026-12-01 08:00,,\n,,2\n2026-11-27 16:40,,-1\n1926-11-27 16:40,,\n"
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, "came"),
        (3, "came"),
        (4, "came"),
        (5, "contacts"),
        (6, "came"),
    ]
    assert "expected a time such as 2026-11-27 16:40, came 'yesterday'" in str(caught.value)
    assert "before the horizon starts at 2026-11-29 23:00 UTC, came 2026-12-01 08:00" in str(caught.value)
    assert "when it came or when it is due, came neither" in str(caught.value)
