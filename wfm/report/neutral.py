"""Text made safe for spreadsheets: whatever a cell starts with, it stays text and never becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
QUOTE = "'"
FORMULA_STARTS = frozenset("=+-@\t\r\n")
"""What makes spreadsheet programs take a cell for a formula (OWASP, CSV injection)."""


def neutral(text: str) -> str:
    """The text with an apostrophe before it where it starts like a formula (or with an apostrophe, so that ``restored`` is exact)."""
    return QUOTE + text if text[:1] in FORMULA_STARTS | {QUOTE} else text


def restored(text: str) -> str:
    """The inverse of :func:`neutral`; an apostrophe that protects nothing stays."""
    protects = text[:1] == QUOTE and text[1:2] in FORMULA_STARTS | {QUOTE}
    return text[1:] if protects else text


def safe(cell: Cell) -> Cell:
    """A cell that is text, neutral; numbers as they are."""
    return neutral(cell) if isinstance(cell, str) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with every text neutral; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out
    )  # lines end with CR LF (RFC 4180); with LF alone Python 3.11 leaves a CR inside a cell unquoted
    for row in (header, *rows):
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue().encode()
