"""The roster as a table that people can edit: the columns of roster.csv, written and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path

from wfm.domain import Activity, Assignment, Roster, Shift
from wfm.domain.time import instant, local
from wfm.importers.faults import Faults
from wfm.importers.table import Table
from wfm.report.neutral import Cell, csv_bytes, restored
from wfm.study import Scenario

COLUMNS = ("agent", "date", "shift", "start", "end", "paid_minutes", "breaks")
_HAND = r"(?:[01]\d|2[0-3]):[0-5]\d"
_CLOCK = rf"{_HAND}(?::[0-5]\d(?:\.\d{{1,6}})?)?"
_OFFSET = rf"[+-]{_HAND}"
_ACTIVITY = re.compile(
    rf"(?P<start>{_CLOCK})(?P<start_offset>{_OFFSET})?-(?P<end>{_CLOCK})(?P<end_offset>{_OFFSET})?"
    rf"(?:\s+(?P<pay>paid|unpaid))?(?:\s+(?P<kind>break|meeting|training|role))?"
)


def roster_csv(roster: Roster) -> bytes:
    """The roster in long form, one row a shift: times on the wall clock with their offset, breaks as ``10:00-10:30 unpaid; ...``.

    On a night when clocks change the times of breaks carry their offset too, or 02:30 would be told twice.
    """
    return csv_bytes(COLUMNS, (_row(row, roster.grid.zone) for row in roster.assignments))


def read_roster_csv(path: Path, scenario: Scenario) -> Roster:
    """The roster in a file as ``roster.csv`` is written, perhaps edited by hand; the inverse of :func:`roster_csv`.

    ``paid_minutes`` may be missing and is not looked at: it follows from the rest. A time without an offset is on the scenario's
    wall clock; a break is unpaid where the word is left out. The roster may break rules: that is for the audit to say.
    Raises InputError with every fault, each with its line and column.
    """
    table, faults = Table.open(path), Faults(path.name)
    missing = [name for name in COLUMNS if name not in table.header and name not in {"paid_minutes", "breaks"}]
    if missing:
        faults.stop(f"the columns {', '.join(COLUMNS)}", f"none named {', '.join(missing)}", line=1)
    reader, found = _Reader(scenario, faults), []
    for chunk in table.chunks(faults):
        for cells, line in zip(chunk.rows, chunk.lines, strict=True):
            row = {name: restored(cell).strip() for name, cell in zip(table.header, cells, strict=True)}
            assignment = reader.assignment(row, line)
            if assignment:
                found.append(assignment)
    faults.raise_any()
    return Roster.of(scenario.horizon, found)


def activities_text(shift: Shift, zone: str) -> str:
    """The breaks of a shift as the column ``breaks`` has them."""
    changes = local(shift.start, zone).utcoffset() != local(shift.end, zone).utcoffset()
    return "; ".join(_activity_text(activity, zone, changes) for activity in shift.activities)


def _row(row: Assignment, zone: str) -> tuple[Cell, ...]:
    shift = row.shift
    start, end = local(shift.start, zone), local(shift.end, zone)
    breaks = activities_text(shift, zone)
    return row.agent, str(shift.day), shift.template, _iso(start), _iso(end), shift.paid_minutes, breaks


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")


def _activity_text(activity: Activity, zone: str, offsets: bool) -> str:
    def edge(moment: datetime) -> str:
        text = _iso(local(moment, zone)).partition("T")[2]
        return text if offsets else text[:-6]

    kind = "" if activity.kind == "break" else f" {activity.kind}"
    return f"{edge(activity.start)}-{edge(activity.end)} {'paid' if activity.paid else 'unpaid'}{kind}"


class _Reader:
    """Reads rows for one scenario; whatever is wrong goes to the faults."""

    def __init__(self, scenario: Scenario, faults: Faults) -> None:
        self._scenario, self._faults = scenario, faults
        self._zone = scenario.horizon.zone
        self._agents = list(scenario.workforce.by_id)
        self._templates = [template.name for template in scenario.templates]

    def assignment(self, row: dict[str, str], line: int) -> Assignment | None:
        """The assignment of a row; None where one of its cells is at fault."""
        before = len(self._faults)
        self._known("agent", row["agent"], self._agents, line)
        self._known("shift", row["shift"], self._templates, line)
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

    def _known(self, column: str, came: str, names: list[str], line: int) -> None:
        if came not in names:
            near = get_close_matches(came, names, 1)
            fix = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names[:10])}."
            self._faults.add(f"{column} of the scenario", repr(came), fix, line=line, column=column)

    def _moment(self, column: str, came: str, line: int) -> datetime | None:
        try:
            moment = datetime.fromisoformat(came)
        except ValueError:
            self._faults.add("a time such as 2026-11-30T08:00+01:00", repr(came), line=line, column=column)
            return None
        if abs(moment.year - self._scenario.horizon.start.year) > 1:
            self._faults.add("a time near the horizon", came, line=line, column=column)
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
        if day not in self._scenario.horizon.dates:
            dates = self._scenario.horizon.dates
            self._faults.add(f"a date from {dates[0]} to {dates[-1]}", came, line=line, column="date")
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
            paid, kind = match["pay"] == "paid", match["kind"] or "break"
            yield Activity.model_validate({"kind": kind, "start": begin, "end": finish, "paid": paid})
            start = finish


def _next(after: datetime, clock: str, offset_text: str | None, offset: timedelta | None) -> datetime:
    """The first moment from ``after`` on at which a clock with this offset shows the time."""
    hand = time.fromisoformat(clock + (offset_text or ""))
    zone = timezone(hand.utcoffset() or offset or timedelta())
    wall = after.astimezone(zone)
    moment = datetime.combine(wall.date(), hand.replace(tzinfo=None), zone)
    return moment if moment >= after else moment + timedelta(days=1)
