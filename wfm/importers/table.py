"""A delimited text file as a header and rows with their line numbers, its limits checked before its content."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from wfm.importers.faults import Faults

MEGABYTE = 1_000_000
MOST_BYTES = 200 * MEGABYTE
MOST_ROWS = 5_000_000
LONGEST_LINE = MEGABYTE
MOST_COLUMNS = 500
CHUNK_ROWS = 50_000
SAMPLE_ROWS = 1_000
DELIMITERS = ",;|\t"
HEADER_AND_ROWS = "a header line and rows below it"

Row = list[str]


@dataclass(frozen=True)
class Chunk:
    """Some rows of a table, each as long as the header, with the line on which each ends."""

    rows: list[Row]
    lines: list[int]

    def column(self, index: int) -> list[str]:
        """The texts of one column."""
        return [row[index] for row in self.rows]


@dataclass(frozen=True)
class Table:
    """A text file with a header line; ``notes`` say what had to be guessed to read it."""

    name: str
    header: tuple[str, ...]
    delimiter: str
    notes: tuple[str, ...]
    text: str

    @classmethod
    def open(cls, path: Path) -> Table:
        """The table of a file; raises InputError where it is no text file with a header, or is over the limits."""
        faults = Faults(path.name)
        text, notes = text_of(path, faults, HEADER_AND_ROWS)
        first_line = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
        delimiter = max(DELIMITERS, key=first_line.count)
        header = _header(text, delimiter, faults)
        return cls(path.name, header, delimiter, notes, text)

    def chunks(self, faults: Faults, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The rows below the header in order; a row of the wrong length is a fault and left out."""
        rows = self._rows(faults)
        while part := list(islice(rows, size)):
            yield Chunk([row for row, _ in part], [line for _, line in part])

    def _rows(self, faults: Faults) -> Iterator[tuple[Row, int]]:
        records = _records(self.text, self.delimiter, faults)
        next(records)
        for count, (row, line) in enumerate(records, start=1):
            if count > MOST_ROWS:
                faults.stop(f"at most {MOST_ROWS:,} rows", "more", "Split the file by months.", line=line)
            if len(row) == len(self.header):
                yield row, line
            else:
                came = f"{len(row)}"
                faults.add(
                    f"{len(self.header)} values as in the header", came, "Check quotes and separators.", line=line
                )

    def sample(self) -> Chunk:
        """The first rows, for recognising columns; empty where there are none."""
        return next(self.chunks(Faults(self.name), SAMPLE_ROWS), Chunk([], []))


def text_of(path: Path, faults: Faults, expected: str = "rows of text") -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what had to be guessed to read it; raises InputError where it is no text, empty or too large."""
    return _decoded(_bytes(path, faults, expected), faults)


def _bytes(path: Path, faults: Faults, expected: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            faults.stop(
                f"at most {MOST_BYTES // MEGABYTE} MB", f"{size / MEGABYTE:.0f} MB", "Split the file by months."
            )
        raw = path.read_bytes()
    except OSError as error:
        faults.stop("a file that can be read", error.strerror or type(error).__name__, "Check the path.")
    if not raw.strip():
        faults.stop(expected, "an empty file")
    return raw


def _decoded(raw: bytes, faults: Faults) -> tuple[str, tuple[str, ...]]:
    where = raw.find(b"\0")
    if where >= 0:
        line = raw.count(b"\n", 0, where) + 1
        faults.stop("text", "a NUL byte", "Save it as CSV or plain text in UTF-8 (not UTF-16, not xlsx).", line=line)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return raw.decode("latin-1"), ("The file is not UTF-8: read as Latin-1; check names with accents.",)


def _header(text: str, delimiter: str, faults: Faults) -> tuple[str, ...]:
    row, line = next(_records(text, delimiter, faults), ([], 1))
    header = tuple(cell.strip() for cell in row)
    if not header:
        faults.stop(HEADER_AND_ROWS, "blank lines")
    if len(header) > MOST_COLUMNS:
        faults.stop(f"at most {MOST_COLUMNS} columns", f"{len(header)}", line=line)
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        faults.stop("every column name once", f"{', '.join(twice)} more than once", "Rename one of them.", line=line)
    return header


def _records(text: str, delimiter: str, faults: Faults) -> Iterator[tuple[Row, int]]:
    """All records that are not blank, the header among them, each with the line on which it ends."""
    reader = csv.reader(_lines(text, faults), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if any(cell and not cell.isspace() for cell in row):
                yield row, reader.line_num
    except csv.Error as error:
        fix = "Look for an open quotation mark."
        faults.stop("rows of values between separators", str(error), fix, line=reader.line_num)


def _lines(text: str, faults: Faults) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            faults.stop(f"lines of at most {LONGEST_LINE:,} characters", f"{len(line):,}", line=number)
        yield line
