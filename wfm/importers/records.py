"""Small tables of people and promises as records: one dictionary of texts a row, by column name, with the row's line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from wfm.domain import InputError
from wfm.domain.cell import neutral, restored
from wfm.importers.faults import Faults
from wfm.importers.table import Row, Table

_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Record:
    """One row: its line in the file, its texts by column (empty where not given), and what the file calls a column otherwise."""

    line: int
    texts: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)

    def header(self, column: str) -> str:
        """The file's name of a column, for faults."""
        return self.headers.get(column, column)

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    def words(self, column: str) -> tuple[str, ...]:
        """The entries of a list, parted by ``;``, ``|`` or ``,`` or, where there is none of them, by spaces."""
        text = self[column]
        return tuple(
            word.strip() for word in re.split(r"[;|,]" if re.search(r"[;|,]", text) else r"\s+", text) if word.strip()
        )


def read_records(path: Path, faults: Faults, required: Sequence[str], optional: Sequence[str] = ()) -> list[Record]:
    """The records of one of wfm's own CSV files; a missing or unknown column is a fault, text written by us is restored."""
    table = Table.open(path)
    known = (*required, *optional)
    for name in table.header:
        if name not in known:
            close = get_close_matches(name, known, 1)
            fix = f"Did you mean {close[0]}?" if close else "Remove the column."
            faults.add(f"columns among {', '.join(known)}", repr(name), fix, line=1, column=name)
    for name in required:
        if name not in table.header:
            faults.add(f"a column {name}", f"the columns {', '.join(table.header)}", line=1)
    faults.raise_any()
    rows = [(line, row) for chunk in table.chunks(faults) for line, row in zip(chunk.lines, chunk.rows, strict=True)]
    return [
        Record(line, {name: restored(cell.strip(" ")) for name, cell in zip(table.header, row, strict=True)})
        for line, row in rows
    ]


def told_once(
    records: Iterable[Record], key: Callable[[Record], str], faults: Faults, expected: str, column: str, fix: str = ""
) -> None:
    """Note a fault, at a column, for each record whose key stands on an earlier line already."""
    lines: dict[str, int] = {}
    for record in records:
        before = lines.setdefault(key(record), record.line)
        if before != record.line:
            faults.add(expected, f"{key(record)}, on line {before} already", fix, line=record.line, column=column)


def line_of(path: Path, column: str, word: str) -> int | None:
    """The first line of a file that has a word in a column; None where the file is no table or does not have it."""
    try:
        records = read_records(path, Faults(path.name), (column,), Table.open(path).header)
    except InputError:
        return None
    return next((row.line for row in records if word == row[column] or word in row.words(column)), None)


def write_records(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a CSV file whose text no spreadsheet takes for a formula."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([neutral(text) for text in row] for row in rows)


def day_of(text: str) -> date:
    """A date written 2026-03-09 or 09/03/2026; raises ValueError otherwise."""
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise ValueError(f"expected a date such as 2026-03-09, came {text[:60]!r}")
