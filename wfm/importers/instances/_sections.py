"""Text of named sections with rows of values between commas: its rows with their lines, and values read with their faults noted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from wfm.domain import Name
from wfm.importers.faults import Faults

HEADING = "SECTION_"
OTHER = "If the file is of another format, name that format."
UNREADABLE = "?"
"""Stands in for a name that is none."""
_NAME: TypeAdapter[str] = TypeAdapter(Name)


@dataclass(frozen=True)
class Row:
    """One row of a section; what is wrong with a value is noted, and a harmless one stands in for it."""

    line: int
    cells: tuple[str, ...]
    columns: Sequence[str]
    faults: Faults

    def column(self, place: int) -> str:
        """The name of a column; the last one may take several cells."""
        return self.columns[min(place, len(self.columns) - 1)]

    def fault(self, place: int, expected: str, came: str = "") -> None:
        """Note what is wrong with a cell."""
        self.faults.add(expected, came or repr(self.cells[place]), line=self.line, column=self.column(place))

    def whole(self, place: int, least: int = 0, most: int | None = None) -> int:
        """A whole number between two bounds."""
        text = self.cells[place]
        if text.isascii() and text.isdecimal() and least <= int(text) and (most is None or int(text) <= most):
            return int(text)
        self.fault(place, f"a whole number {f'of at least {least}' if most is None else f'from {least} to {most}'}")
        return least

    def name(self, place: int) -> str:
        """A name that this row defines."""
        try:
            return _NAME.validate_python(self.cells[place])
        except ValidationError:
            self.fault(place, "a name of letters, digits, dot, hyphen and underscore")
            return UNREADABLE

    def known(self, place: int, names: Collection[str], text: str | None = None) -> str:
        """A name that another section defines, as far as all that it defines can be read; ``text`` where it is only a part of the cell."""
        name = self.cells[place] if text is None else text
        if name not in names and UNREADABLE not in names:
            self.fault(place, f"one of {', '.join(list(names)[:20]) or '(none defined)'}", repr(name))
        return name


def sections_of(text: str, columns: Mapping[str, Sequence[str]], faults: Faults) -> dict[str, list[Row]]:
    """The rows of each section that is known, empty where it is left out; lines that begin with # are comments.

    A section whose last column ends in ``...`` takes any number of cells there.
    """
    found: dict[str, list[Row]] = {name: [] for name in columns}
    seen: set[str] = set()
    current: str | None = None
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line.upper().startswith(HEADING):
            current = line.upper()
            if current not in columns or current in seen:
                faults.add(f"a new section of {', '.join(columns)}", line, line=number)
            seen.add(current)
        elif line and not line.startswith("#"):
            if current is None:
                faults.stop("the heading of a section first, such as SECTION_HORIZON", line[:80], OTHER, line=number)
            elif current in columns:
                found[current] += row_of(line.split(","), number, columns[current], faults, " between commas")
    return found


def row_of(cells: Sequence[str], number: int, columns: Sequence[str], faults: Faults, form: str = "") -> list[Row]:
    """The row of some cells; none, with a fault, where there are too few or too many."""
    open_ended = columns[-1].endswith("...")
    if len(cells) == len(columns) or (open_ended and len(cells) >= len(columns)):
        return [Row(number, tuple(cell.strip() for cell in cells), columns, faults)]
    faults.add(f"{len(columns)} values{form}: {', '.join(columns)}", f"{len(cells)}", line=number)
    return []


def by_name(rows: Iterable[Row]) -> dict[str, Row]:
    """The rows by the name that each defines in its first cell."""
    found: dict[str, Row] = {}
    for row in rows:
        name = row.name(0)
        if name in found:
            row.fault(0, "every name once")
        found[name] = row
    return found
