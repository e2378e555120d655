"""A roster's table read back: the rows of roster.csv, perhaps edited by hand, as assignments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path

from wfm.domain import Activity, Assignment, Shift
from wfm.domain.cell import restored
from wfm.domain.time import instant, local
from wfm.importers.faults import Faults
from wfm.importers.table import Table

ROSTER_COLUMNS = ("agent", "date", "shift", "start", "end", "paid_minutes", "breaks")
_OPTIONAL = {"paid_minutes", "breaks"}
_HAND = r"(?:[01]\d|2[0-3]):[0-5]\d"
_CLOCK = rf"{_HAND}(?::[0-5]\d(?:\.\d{{1,6}})?)?"
_OFFSET = rf"[+-]{_HAND}"
_ACTIVITY = re.compile(
    rf"(?P<start>{_CLOCK})(?P<start_offset>{_OFFSET})?-(?P<end>{_CLOCK})(?P<end_offset>{_OFFSET})?"
    rf"(?:\s+(?P<pay>paid|unpaid))?(?:\s+(?P<kind>break|meeting|training|coaching|role|on_call)"
    r"(?:\s+(?P<what>[A-Za-z0-9][A-Za-z0-9_.\-]{0,79}))?)?"
)


def read_assignments(
    path: Path,
    *,
    zone: str,
    agents: Sequence[str],
    shifts: Sequence[str] | None = None,
    dates: Collection[date] | None = None,
) -> tuple[Assignment, ...]:
    """The shifts in a file as ``roster.csv`` is written, in its order.

    ``paid_minutes`` may be missing and is not looked at: it follows from the rest. A time without an offset is on the wall clock
    of ``zone``; where the word is left out, work off the queue is paid and all else
    unpaid. Agents must be among those named, shifts and local dates too where
    they are given. Raises InputError with every fault, each with its line and column.
    """
    table, faults = Table.open(path), Faults(path.name)
    missing = [name for name in ROSTER_COLUMNS if name not in table.header and name not in _OPTIONAL]
    if missing:
        faults.stop(f"the columns {', '.join(ROSTER_COLUMNS)}", f"none named {', '.join(missing)}", line=1)
    reader, found = RowReader(zone, agents, shifts, dates, faults), []
    for chunk in table.chunks(faults):
        for cells, line in zip(chunk.rows, chunk.lines, strict=True):
            row = {name: restored(cell).strip() for name, cell in zip(table.header, cells, strict=True)}
            assignment = reader.assignment(row, line)
            if assignment:
                found.append(assignment)
    faults.raise_any()
    return tuple(found)


class RowReader:
    """Reads rows one by one; whatever is wrong goes to the faults."""

    def __init__(
        self,
        zone: str,
        agents: Sequence[str],
        shifts: Sequence[str] | None,
        dates: Collection[date] | None,
        faults: Faults,
    ) -> None:
        self._zone, self._agents, self._shifts, self._dates, self._faults = zone, agents, shifts, dates, faults

    def assignment(self, row: dict[str, str], line: int) -> Assignment | None:
        """The assignment of a row; None where one of its cells is at fault."""
        before = len(self._faults)
        self._known("agent", row["agent"], self._agents, line)
        if self._shifts is not None:
            self._known("shift", row["shift"], self._shifts, line)
        start, end = (self._moment(name, row[name], line) for name in ("start", "end"))
        if start is None or end is None:
            return None
        day = self._day(row["date"], start, line)
        activities = tuple(self._activities(row.get("breaks", ""), start, line))
        if day is None or len(self._faults) > before:
            return None
        return self._faults.attempt(
            lambda: Assignment(
                agent=row["agent"],
                shift=Shift(template=row["shift"], day=day, start=start, end=end, activities=activities),
            ),
            line=line,
            columns={"": "end" if end <= start else "breaks"},
        )

    def _known(self, column: str, came: str, names: Sequence[str], line: int) -> None:
        if came not in names:
            near = get_close_matches(came, names, 1)
            fix = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names[:10])}."
            self._faults.add(f"a known {column}", repr(came), fix, line=line, column=column)

    def _moment(self, column: str, came: str, line: int) -> datetime | None:
        try:
            moment = datetime.fromisoformat(came)
        except ValueError:
            self._faults.add("a time such as 2026-11-30T08:00+01:00", repr(came), line=line, column=column)
            return None
        if not 1970 <= moment.year < 2100:
            self._faults.add("a year from 1970 to 2099", came, line=line, column=column)
            return None
        if moment.tzinfo is not None:
            return moment
        seconds = timedelta(seconds=moment.second, microseconds=moment.microsecond)
        return instant(moment.date(), 60 * moment.hour + moment.minute, self._zone) + seconds

    def _day(self, came: str, start: datetime, line: int) -> date | None:
        day = local(start, self._zone).date()
        if came != str(day):
            fix = "Change the date with the start."
            self._faults.add(f"the local date of the start, {day}", repr(came), fix, line=line, column="date")
            return None
        if self._dates is not None and day not in self._dates:
            span = f"{min(self._dates)} to {max(self._dates)}"
            self._faults.add(f"a date from {span}", came, line=line, column="date")
            return None
        return day

    def _activities(self, text: str, start: datetime, line: int) -> Iterator[Activity]:
        """Each activity begins with the first moment after the one before that its clock can mean."""
        offset = local(start, self._zone).utcoffset()
        for part in filter(None, (part.strip() for part in text.split(";"))):
            match = _ACTIVITY.fullmatch(part)
            if not match:
                self._faults.add("breaks such as 10:00-10:30 unpaid", repr(part), line=line, column="breaks")
                continue
            begin = _next(start, match["start"], match["start_offset"], offset)
            finish = _next(begin + timedelta(microseconds=1), match["end"], match["end_offset"], offset)
            kind = match["kind"] or "break"
            paid = match["pay"] == "paid" if match["pay"] else kind not in {"break", "on_call"}
            row = {"kind": kind, "what": match["what"], "start": begin, "end": finish, "paid": paid}
            yield Activity.model_validate(row)
            start = finish


def _next(after: datetime, clock: str, offset_text: str | None, offset: timedelta | None) -> datetime:
    """The first moment from ``after`` on at which a clock with this offset shows the time."""
    hand = time.fromisoformat(clock + (offset_text or ""))
    zone = timezone(hand.utcoffset() or offset or timedelta())
    wall = after.astimezone(zone)
    moment = datetime.combine(wall.date(), hand.replace(tzinfo=None), zone)
    return moment if moment >= after else moment + timedelta(days=1)
