"""wfm's own history file, one row a channel and step, taken literally: a count, nothing (not recorded), or the word closed."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from wfm.domain import ContactHistory, Name, TimeGrid
from wfm.domain.time import StepMinutes, local
from wfm.importers.assemble import Measured, folded, slot_of, step_for, whole_days
from wfm.importers.faults import Faults
from wfm.importers.gather import Columns, located
from wfm.importers.hours import Slots, usual_hours
from wfm.importers.importer import Imported, Wanted
from wfm.importers.interval_rows import IntervalRows, check_once, second_occurrence
from wfm.importers.layout import Layout
from wfm.importers.naming import named
from wfm.importers.values import Mask, number, seconds

HEADER = ("start", "channel", "offered", "aht_seconds", "handled", "abandoned")
CLOSED = "closed"
DEFAULT_STEP: StepMinutes = 30
_NAME: TypeAdapter[str] = TypeAdapter(Name)


def is_own_form(layout: Layout) -> bool:
    """Whether the header is that of :func:`write_history`; its last three columns may be left out."""
    header = layout.table.header
    return header[:3] == HEADER[:3] and header == tuple(name for name in HEADER if name in header)


def write_history(histories: Sequence[ContactHistory], path: Path) -> None:
    """Write histories as CSV in their zones' wall-clock time with offset; reading the file in that zone gives equal histories back."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for history in histories:
            writer.writerows(_rows(history))


def _rows(history: ContactHistory) -> Iterator[list[str]]:
    grid, none = history.grid, (None,) * history.grid.count
    columns = (
        history.offered,
        history.open,
        *(values or none for values in (history.aht_seconds, history.handled, history.abandoned)),
    )
    for index, (offered, is_open, *rest) in enumerate(zip(*columns, strict=True)):
        start = local(grid.instant(index), grid.zone).isoformat(timespec="minutes")
        yield [start, history.channel, _text(offered) if is_open else CLOSED, *map(_text, rest)]


def _text(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def read_own_form(kind: str, layout: Layout, wanted: Wanted) -> Imported:
    """The histories of wfm's own file: a step without a row is closed, an empty count not recorded; only usual hours are learned."""
    faults = Faults(layout.table.name)
    rows = _all_rows(layout, wanted, faults)
    times = np.unique(rows.seconds)
    source_minutes = int(np.gcd.reduce(np.diff(times))) // 60 if len(times) > 1 else wanted.step_minutes or DEFAULT_STEP
    step = step_for(max(source_minutes, 1), wanted.step_minutes, faults)
    parts = [_channel(rows.of_channel(code), step, source_minutes) for code in range(len(rows.channels))]
    openings = [usual_hours(slots, open_slots) for _, slots, open_slots in parts]
    return Imported(
        format=kind,
        zone=rows.zone,
        channels=tuple(name.channel(opening) for name, opening in zip(rows.channels, openings, strict=True)),
        histories=tuple(history for history, _, _ in parts),
        inferred=tuple(
            f"{name.name}: usually open {opening}." for name, opening in zip(rows.channels, openings, strict=True)
        ),
        assumed=(*rows.assumed, *(line for channel in rows.channels for line in channel.assumed)),
        findings=rows.findings,
    )


def _all_rows(layout: Layout, wanted: Wanted, faults: Faults) -> IntervalRows:
    present = [name for name in HEADER[2:] if name in layout.table.header]
    readers: dict[str, Callable[[str], float]] = {"offered": _count_or_closed, "aht_seconds": seconds}
    columns = Columns.of(
        layout,
        {name: (layout.table.header.index(name), readers.get(name, number)) for name in present},
        {"channel": 1},
        faults,
    )
    code, labels = columns.codes["channel"], columns.labels["channel"]
    for position, label in enumerate(labels):
        line = int(columns.lines[(code == position).argmax()])
        faults.attempt(partial(_NAME.validate_python, label), line=line, columns={"": "channel"})
    where = located(columns, layout, wanted, partial(second_occurrence, code), faults)
    check_once(where, code, columns.lines, layout, faults)
    none = np.full(len(code), np.nan)
    return IntervalRows(
        zone=where.zone,
        channels=[replace(named(label), name=label) for label in labels],
        lines=columns.lines,
        seconds=where.seconds,
        code=code,
        offered=columns.numbers["offered"],
        aht_seconds=columns.numbers.get("aht_seconds", none),
        handled=columns.numbers.get("handled", none),
        abandoned=columns.numbers.get("abandoned", none),
        assumed=where.assumed,
        findings=where.findings,
    )


def _count_or_closed(text: str) -> float:
    return math.inf if text.strip().lower() == CLOSED else number(text)


def _channel(rows: IntervalRows, step: StepMinutes, source_minutes: int) -> tuple[ContactHistory, Slots, Mask]:
    """One channel on its own steps where none is missing between first and last, on whole local days otherwise."""
    first, last = int(rows.seconds.min()), int(rows.seconds.max())
    count = (last - first) // (60 * source_minutes) + 1
    if step == source_minutes and count == len(rows.seconds):
        grid = TimeGrid(start=datetime.fromtimestamp(first, UTC), step_minutes=step, count=count, zone=rows.zone)
    else:
        grid = whole_days(rows.seconds, step, rows.zone)
    slots = Slots(grid, step // source_minutes)
    where, size = slot_of(slots, rows.seconds), slots.grid.count * slots.per_step
    values = {name: np.full(size, np.nan) for name in HEADER[2:]}
    for name, row in values.items():
        row[where] = getattr(rows, name)
    given = np.zeros(size, dtype=np.bool_)
    given[where] = True
    open_slots = given & ~np.isinf(values["offered"])
    values["offered"][~open_slots] = np.nan
    measured = Measured(**values)
    history = folded(rows.channels[int(rows.code[0])].name, slots, measured, measured.offered, open_slots)
    return history, slots, open_slots
