"""Cells that a planner locks: rows of agent, date and shift, or off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from wfm.domain import Pin, Shift, ShiftTemplate
from wfm.domain.opening import WEEKDAYS
from wfm.domain.quantity import clock_text, parse_clock
from wfm.importers.faults import Faults
from wfm.importers.people import parsed
from wfm.importers.records import Record, day_of, read_records

PIN_COLUMNS = ("agent", "date", "shift", "start")
OFF = "off"
SOME = 5


def read_pins(
    path: Path,
    *,
    zone: str,
    agents: Collection[str],
    templates: Sequence[ShiftTemplate],
    dates: Collection[date],
    all_inside: bool = False,
) -> tuple[Pin, ...]:
    """Pins from ``agent,date,shift,start``: the name of a shift, or off; ``start`` where the shift may start at several times.

    Pins outside the dates are passed over, as they were for another horizon, unless ``all_inside`` is expected. Raises InputError with
    every fault.
    """
    faults = Faults(path.name)
    records = read_records(path, faults, PIN_COLUMNS[:3], PIN_COLUMNS[3:])
    found: dict[tuple[str, date], Pin] = {}
    for record in records:
        before = len(faults)
        day = parsed(record, "date", day_of, faults)
        if record["agent"] not in agents:
            faults.add("a known agent", repr(record["agent"]), _some(agents), line=record.line, column="agent")
        if day is None and len(faults) == before:
            faults.add("a date such as 2026-03-09", "nothing", line=record.line, column="date")
        if all_inside and day is not None and day not in dates:
            faults.add(f"a date from {min(dates)} to {max(dates)}", str(day), line=record.line, column="date")
        if day is None or len(faults) > before or day not in dates:
            continue
        pinned = _shift(record, day, zone, templates, faults)
        if (record["agent"], day) in found:
            faults.add("every cell once", f"{record['agent']} on {day} again", line=record.line, column="date")
        elif len(faults) == before:
            found[record["agent"], day] = Pin(agent=record["agent"], day=day, shift=pinned)
    faults.raise_any()
    return tuple(found.values())


def _some(agents: Collection[str]) -> str:
    """A few of those whom the file may name: enough to see that it belongs to others."""
    return f"There are {', '.join(islice(agents, SOME))}{', ...' if len(agents) > SOME else ''}."


def _shift(record: Record, day: date, zone: str, templates: Sequence[ShiftTemplate], faults: Faults) -> Shift | None:
    """The pinned shift, its breaks as early as they may be; None for a day off and where the row is at fault."""
    if record["shift"] == OFF:
        if record["start"]:
            faults.add("no start of a day off", record["start"], line=record.line, column="start")
        return None
    known = {template.name: template for template in templates}
    template = known.get(record["shift"])
    if template is None:
        expected = f"off or one of the shifts {', '.join(known)}"
        faults.add(expected, repr(record["shift"]), line=record.line, column="shift")
        return None
    if day.weekday() not in template.weekdays:
        worked = ", ".join(WEEKDAYS[weekday] for weekday in template.weekdays)
        faults.add(
            f"a day on which {template.name} is worked: {worked}",
            f"{WEEKDAYS[day.weekday()]} {day}",
            line=record.line,
            column="date",
        )
        return None
    start = parsed(record, "start", parse_clock, faults) if record["start"] else _only(template)
    starts = ", ".join(map(clock_text, template.starts))
    if start is None and not record["start"]:
        faults.add(f"one of the starts {starts}", "nothing", line=record.line, column="start")
    elif start is not None and start not in template.starts:
        faults.add(f"one of the starts {starts}", record["start"], line=record.line, column="start")
    elif start is not None:
        return template.placed(day, start, tuple(pause.earliest for pause in template.breaks), zone)
    return None


def _only(template: ShiftTemplate) -> int | None:
    return template.starts[0] if len(template.starts) == 1 else None
