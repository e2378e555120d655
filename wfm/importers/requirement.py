"""A requirement that the planner brings along: heads asked for in each interval, and what each of them is worth."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wfm.domain import Requirement, TimeGrid
from wfm.domain.time import local
from wfm.importers.faults import Faults
from wfm.importers.people import parsed
from wfm.importers.records import Record, read_records

REQUIREMENT_COLUMNS = ("start", "channel", "heads", "worth")
MOST_HEADS = 100_000
Lot = tuple[int, float]
"""Heads, and the worth of each of them."""
Lots = dict[int, list[Lot]]
"""For each step what is asked for, the dearest first."""


def read_requirement(path: Path, grid: TimeGrid) -> tuple[Requirement, ...]:
    """The requirement of each channel from ``start,channel,heads,worth``, in the order in which the file first names them.

    ``worth`` is the contacts that each of these heads serves in time in the interval, 1 where left out; further rows of an interval
    ask for further heads, which are worth no more. Nobody is asked for in an interval without a row. Times are of the grid's wall
    clock; one that clocks show twice means both, unless it is written with its offset. Raises InputError with every fault.
    """
    faults, steps = Faults(path.name), _steps(grid)
    asked: dict[str, Lots] = {}
    for record in read_records(path, faults, REQUIREMENT_COLUMNS[:3], REQUIREMENT_COLUMNS[3:]):
        lot, starts = _lot(record, faults), steps.get(_minute(record["start"]), [])
        if not starts:
            expected = f"the start of an interval of {grid.step_minutes} min from {grid.dates[0]} to {grid.dates[-1]}"
            faults.add(expected, repr(record["start"]), line=record.line, column="start")
        for step in starts:
            if lot is not None:
                _add(asked.setdefault(record["channel"], {}).setdefault(step, []), lot, record, faults)
    faults.raise_any()
    return tuple(_requirement(channel, grid, lots) for channel, lots in asked.items())


def _steps(grid: TimeGrid) -> dict[str, list[int]]:
    """The steps of each way to write their start, to the minute: two for a wall time that comes twice."""
    found: dict[str, list[int]] = {}
    for step in range(grid.count):
        moment = local(grid.instant(step), grid.zone)
        for text in (moment.replace(tzinfo=None).isoformat(), moment.isoformat()):
            found.setdefault(text, []).append(step)
    return found


def _minute(text: str) -> str:
    """A time as the steps are written, or as it came where it is none."""
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return text


def _lot(record: Record, faults: Faults) -> Lot | None:
    """The heads of a row and what each is worth; None where the row is at fault."""
    before = len(faults)
    heads, worth = parsed(record, "heads", _heads, faults), parsed(record, "worth", _worth, faults)
    for column in ("channel", "heads"):
        if not record[column]:
            faults.add("a channel and a number of heads", "nothing", line=record.line, column=column)
    return None if heads is None or len(faults) > before else (heads, 1.0 if worth is None else worth)


def _heads(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_HEADS:
        raise ValueError(f"expected a whole number of heads up to {MOST_HEADS:,}, came {text[:60]!r}")
    return int(text)


def _worth(text: str) -> float:
    try:
        worth = float(text)
    except ValueError:
        worth = -1.0
    if not 0 <= worth <= 1e6:
        raise ValueError(f"expected what a head is worth, from 0 to 1,000,000 contacts, came {text[:60]!r}")
    return worth


def _add(lots: list[Lot], lot: Lot, record: Record, faults: Faults) -> None:
    if lots and lot[1] > lots[-1][1]:
        fix = "Write the dearest heads of an interval first."
        faults.add(f"further heads worth at most {lots[-1][1]:g}", f"{lot[1]:g}", fix, line=record.line, column="worth")
    lots.append(lot)


def _requirement(channel: str, grid: TimeGrid, asked: Lots) -> Requirement:
    served = tuple(_served(asked.get(step, [])) for step in range(grid.count))
    heads = tuple(len(row) - 1 for row in served)
    return Requirement(
        channel=channel,
        grid=grid,
        model="given",
        volume=tuple(row[-1] for row in served),
        aht_seconds=(0.0,) * grid.count,
        net=heads,
        gross=heads,
        shrinkage=0.0,
        served=served,
        notes=("The planner gave the heads and what they are worth.",),
    )


def _served(lots: list[Lot]) -> tuple[float, ...]:
    """Contacts served in time with 0, 1, 2 ... heads."""
    served = [0.0]
    for heads, worth in lots:
        served += [served[-1] + worth * number for number in range(1, heads + 1)]
    return tuple(served)
