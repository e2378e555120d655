"""A roster's workbook read back: the week sheets of roster.xlsx, perhaps edited by hand, as assignments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from wfm.domain import Assignment, Shift, ShiftTemplate
from wfm.domain.cell import restored
from wfm.domain.quantity import clock_text, parse_clock
from wfm.domain.time import local
from wfm.importers.faults import Faults
from wfm.importers.roster_rows import ROSTER_COLUMNS, RowReader
from wfm.importers.table import Row
from wfm.importers.workbook import Sheet, sheets_of

SHIFTS_SHEET = "Shifts"
"""The sheet that holds the shifts in long form, as roster.csv: it knows the breaks of cells that were not edited."""
FREE = {"", "off", "free", "time off", "-"}
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})")
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_CELL = re.compile(rf"(?:(?P<name>[A-Za-z0-9][\w.\-]*)(?:\s+|$))?(?:(?P<start>{_CLOCK})(?:\s*-\s*(?P<end>{_CLOCK}))?)?")
_BEFORE_DAYS = 2
"""Agent and name stand before the days."""
RASTER = 15


def read_roster_sheet(
    path: Path, *, zone: str, agents: Sequence[str], templates: Sequence[ShiftTemplate], dates: Collection[date]
) -> tuple[Assignment, ...]:
    """The shifts in the week sheets of a workbook as ``roster.xlsx`` is written.

    A cell holds a name, a start or both, as ``early``, ``08:00``, ``08:00-16:30`` or ``early 08:00``; empty or ``off`` is a day off. A
    cell that was not edited keeps its breaks, others have them in the middle of their windows. A week or an agent that is left out
    is a fault, never time off. Raises InputError with every fault.
    """
    faults = Faults(path.name)
    sheets = sheets_of(path, faults)
    reader = RowReader(zone, agents, [template.name for template in templates], dates, faults)
    known = _known(sheets, reader)
    weeks = [(sheet, match) for sheet in sheets if (match := _WEEK.fullmatch(sheet.name))]
    if not weeks:
        came = ", ".join(sheet.name for sheet in sheets) or "none"
        faults.stop("sheets named after weeks, such as 2026-W49", came, "Save it with the sheets of roster.xlsx.")
    for week in sorted({_name(day) for day in dates} - {sheet.name for sheet, _ in weeks}):
        faults.add(f"the sheet {week}", "none", "Save it with a sheet for each week of the horizon.")
    cells = _Cells(zone, agents, templates, known, faults)
    found = [row for sheet, match in weeks for row in cells.week(sheet, _days(match, dates))]
    faults.raise_any()
    return tuple(found)


def _known(sheets: Sequence[Sheet], reader: RowReader) -> dict[tuple[str, date], list[Shift]]:
    """The shifts in long form, by agent and date; empty where there is no such sheet."""
    known: dict[tuple[str, date], list[Shift]] = {}
    for sheet in sheets:
        if sheet.name == SHIFTS_SHEET and sheet.header == ROSTER_COLUMNS:
            for line, cells in sheet.rows:
                row = reader.assignment(dict(zip(sheet.header, map(restored, cells), strict=True)), line)
                if row:
                    known.setdefault((row.agent, row.shift.day), []).append(row.shift)
    return known


def _name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _days(match: re.Match[str], dates: Collection[date]) -> list[date]:
    return [day for day in sorted(dates) if _name(day) == match[0]]


class _Cells:
    """Reads cells one by one; whatever is wrong goes to the faults."""

    def __init__(
        self,
        zone: str,
        agents: Sequence[str],
        templates: Sequence[ShiftTemplate],
        known: Mapping[tuple[str, date], Sequence[Shift]],
        faults: Faults,
    ) -> None:
        self._zone, self._agents, self._templates, self._known, self._faults = zone, agents, templates, known, faults

    def week(self, sheet: Sheet, days: Sequence[date]) -> Iterator[Assignment]:
        """The shifts of one sheet."""
        if len(sheet.header) < _BEFORE_DAYS + len(days):
            came = f"{max(0, len(sheet.header) - _BEFORE_DAYS)} in {sheet.name}"
            self._faults.add(f"a column for each of {len(days)} days after agent and name", came, line=1)
            return
        for agent, line, cells in self._people(sheet) if days else ():
            for place, day in enumerate(days, start=_BEFORE_DAYS):
                column = f"{sheet.name} {sheet.header[place]}"
                for shift in self._cell(agent, day, restored(cells[place]), line, column):
                    yield Assignment(agent=agent, shift=shift)

    def _people(self, sheet: Sheet) -> Iterator[tuple[str, int, Row]]:
        """The agent, line and cells of each row; strangers, agents told twice and agents left out are faults."""
        lines, column = dict[str, int](), f"{sheet.name} {sheet.header[0]}"
        for line, cells in sheet.rows:
            agent = restored(cells[0]).strip()
            before = lines.setdefault(agent, line)
            if agent not in self._agents:
                self._faults.add("a known agent", repr(agent), line=line, column=column)
            elif before != line:
                self._faults.add("every agent once", f"{agent}, on line {before} already", line=line, column=column)
            else:
                yield agent, line, cells
        for agent in self._agents:
            if agent not in lines:
                self._faults.add(f"a row of {agent}", "none", "Empty the cells of days off.", column=column)

    def _cell(self, agent: str, day: date, text: str, line: int, column: str) -> Sequence[Shift]:
        known = self._known.get((agent, day), ())
        parts = [part.strip() for part in text.splitlines() if part.strip()]
        if parts == [self._shown(shift) for shift in known]:
            return known
        if text.strip().lower() in FREE:
            return ()
        made = [self._shift(part, day, line, column) for part in parts]
        return [shift for shift in made if shift is not None]

    def _shown(self, shift: Shift) -> str:
        return f"{local(shift.start, self._zone):%H:%M}-{local(shift.end, self._zone):%H:%M}"

    def _shift(self, text: str, day: date, line: int, column: str) -> Shift | None:
        match = _CELL.fullmatch(text)
        fits = list(self._fitting(match, day)) if match else []
        if len(fits) == 1:
            return fits[0]
        some = ", ".join(f"{row.name} {clock_text(row.starts[0])}" for row in self._templates[:4])
        fix = "Write the shift's name and its start." if fits else f"There are {', '.join(map(str, self._templates))}."
        expected = f"off or one shift, such as {some}"
        self._faults.add(
            expected, repr(text) + (" which may be several" if fits else ""), fix, line=line, column=column
        )
        return None

    def _fitting(self, match: re.Match[str], day: date) -> Iterator[Shift]:
        """Every shift that a cell may mean."""
        for template in self._templates:
            for start in template.starts if match["name"] in {None, template.name} else ():
                pauses = tuple(_middle(pause.earliest, pause.latest) for pause in template.breaks)
                shift = template.placed(day, start, pauses, self._zone)
                begins = match["start"] is None or _minute(match["start"]) == start
                ends = match["end"] is None or _minute(match["end"]) == _minute(self._shown(shift)[-5:])
                if begins and ends and (match["name"] or match["start"]):
                    yield shift


def _minute(text: str) -> object:
    return parse_clock(text.rjust(5, "0"))


def _middle(earliest: int, latest: int) -> int:
    """The multiple of a quarter of an hour nearest below the middle of a window, or its beginning."""
    return max(earliest, (earliest + latest) // 2 // RASTER * RASTER)
