"""An xlsx workbook as sheets of text, opened only after its archive has been found harmless."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wfm.domain import InputError
from wfm.importers.faults import Faults
from wfm.importers.table import MEGABYTE, MOST_COLUMNS, Row, Table

MOST_PACKED = 20 * MEGABYTE
MOST_INFLATED = 200 * MEGABYTE
MOST_PARTS = 1_000
MOST_SHEET_ROWS = 100_000
_PIECE = 64 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0", b"\0<\0!\0D")


@dataclass(frozen=True)
class Sheet:
    """A header and the rows below it with their line numbers; rows are as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: list[tuple[int, Row]]


def sheets_of(path: Path, faults: Faults) -> list[Sheet]:
    """The sheets with a header of an xlsx workbook, or the one of a CSV file; raises InputError where it cannot be opened."""
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _from_workbook(path, faults)
    table = Table.open(path)
    rows = [(line, row) for chunk in table.chunks(faults) for line, row in zip(chunk.lines, chunk.rows, strict=True)]
    return [Sheet(table.name, table.header, rows)]


def _from_workbook(path: Path, faults: Faults) -> list[Sheet]:
    try:
        _check_archive(path, faults)
        return _opened(path, faults)
    except InputError:
        raise
    except Exception as error:  # the libraries for zip, XML and xlsx raise anything on damaged bytes
        came = f"{type(error).__name__}: {error}"[:120]
        faults.stop("a workbook saved as xlsx", came, "Check the path, save it again, or save it as CSV.")


def _check_archive(path: Path, faults: Faults) -> None:
    """Raise where an archive is too large, inflates to too much, or declares entities: its directory is read before its parts."""
    if (size := path.stat().st_size) > MOST_PACKED:
        faults.stop(f"a workbook of at most {MOST_PACKED // MEGABYTE} MB", f"{size / MEGABYTE:.0f} MB")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
            faults.stop(
                f"a workbook that unpacks to at most {MOST_INFLATED // MEGABYTE} MB in {MOST_PARTS} parts", "more"
            )
        _inflate(archive, parts, faults)


def _inflate(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo], faults: Faults) -> None:
    """Count while inflating, because headers lie."""
    total = 0
    for part in parts:
        with archive.open(part) as stream:
            tail = b""
            while piece := stream.read(_PIECE):
                total += len(piece)
                if total > MOST_INFLATED:
                    faults.stop(f"a workbook that unpacks to at most {MOST_INFLATED // MEGABYTE} MB", "more")
                if any(word in tail + piece for word in _DECLARATIONS):
                    faults.stop("a workbook without declared entities", f"one in {part.filename}", "Save it again.")
                tail = piece[-16:]


def _opened(path: Path, faults: Faults) -> list[Sheet]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know carry no values
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            found = [_sheet(str(sheet.title), _rows(sheet, faults)) for sheet in book.worksheets]
        finally:
            book.close()
    return [sheet for sheet in found if sheet]


def _rows(sheet: Any, faults: Faults) -> Iterator[tuple[int, Row]]:
    sheet.reset_dimensions()  # a sheet may claim a million columns
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_SHEET_ROWS or len(cells) > MOST_COLUMNS:
            faults.stop(f"at most {MOST_SHEET_ROWS:,} rows and {MOST_COLUMNS} columns", "more", line=number)
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _sheet(name: str, rows: Iterator[tuple[int, Row]]) -> Sheet | None:
    first = next(rows, None)
    if first is None:
        return None
    header = tuple(first[1])
    while header and not header[-1]:
        header = header[:-1]
    width = len(header)
    return Sheet(name, header, [(line, [*row, *[""] * width][:width]) for line, row in rows])


def _text(cell: object) -> str:
    """A cell as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
