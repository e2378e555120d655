"""Tables for spreadsheets: CSV whose text is neutral in every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from wfm.domain.cell import neutral

Cell = str | int | float | None


def safe(cell: Cell) -> Cell:
    """A cell that is text, neutral; numbers as they are."""
    return neutral(cell) if isinstance(cell, str) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with every text neutral; None is an empty cell."""
    out = io.StringIO(newline="")
    # Lines end with CR LF (RFC 4180): with LF alone, Python 3.11 leaves a CR inside a cell unquoted.
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue().encode()
