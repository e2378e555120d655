"""Text files: limits, encodings, separators, and broken rows with their lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wfm.domain import InputError
from wfm.importers import read_history, table
from wfm.importers.faults import Faults
from wfm.importers.table import Table

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("content", "expectation"),
    [
        (b"", "empty file"),
        (b" \n\n", "empty file"),
        (b"start,calls\n", "header only"),
        (b"start,calls\n2026-03-02 08:00,\x001\n", ":2: expected text, came a NUL byte"),
        ("start,calls\n2026-03-02 08:00,1".encode("utf-16"), "NUL byte"),
        (b"start,calls,calls\n1,2,3\n", "calls more than once"),
        (b"a,b\n1,2\n", "column with the time"),
        (b"start,calls\nsoon,1\n", "dates and times"),
    ],
)
def test_a_file_without_content_says_what_is_missing(write: Write, content: bytes, expectation: str) -> None:
    with pytest.raises(InputError, match=expectation):
        read_history(write(content))


def test_a_missing_file_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.csv: expected a file that can be read"):
        read_history(tmp_path / "gone.csv")
    with pytest.raises(InputError, match="can be read"):
        read_history(tmp_path)


def test_rows_of_the_wrong_length_are_all_told(write: Write) -> None:
    path = write("start,calls\n2026-03-02 08:00,1\n2026-03-02 08:30\n2026-03-02 09:00,1,2\n")
    with pytest.raises(InputError) as caught:
        read_history(path)
    assert [(fault.line, fault.came) for fault in caught.value.faults] == [(3, "1"), (4, "3")]


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_the_separator_is_found_in_the_header(write: Write, separator: str) -> None:
    opened = Table.open(write(f"start{separator}a b\n1{separator}2\n"))
    assert (opened.header, opened.delimiter) == (("start", "a b"), separator)


def test_quoted_separators_and_newlines_stay_in_their_cell_and_lines_are_counted(write: Write) -> None:
    opened = Table.open(write('start,note\n1,"a, b\nc"\n\n2,d\n'))
    (chunk,) = opened.chunks(Faults("file.csv"))
    assert chunk.column(1) == ["a, b\nc", "d"]
    assert chunk.lines == [3, 5]


def test_latin_1_is_read_and_said(write: Write) -> None:
    opened = Table.open(write("inicio,atención\n1,2\n".encode("latin-1")))
    assert opened.header == ("inicio", "atención")
    assert "Latin-1" in opened.notes[0]


def test_limits_are_checked_before_content(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("start,calls\n" + "2026-03-02 08:00,1\n" * 20)
    monkeypatch.setattr(table, "MOST_ROWS", 10)
    with pytest.raises(InputError, match=":12: expected at most 10 rows"):
        read_history(path)
    monkeypatch.setattr(table, "LONGEST_LINE", 5)
    with pytest.raises(InputError, match="lines of at most 5 characters"):
        read_history(path)
    monkeypatch.setattr(table, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="at most"):
        read_history(path)


def test_an_open_quotation_mark_is_named(write: Write) -> None:
    path = write('start,calls\n2026-03-02 08:00,"' + "1\n" * 100_000)
    with pytest.raises(InputError, match="open quotation mark"):
        read_history(path)
