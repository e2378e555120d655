"""The rows of an interval file in one shape, whether it has a column or a row a channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from wfm.importers.faults import Faults
from wfm.importers.gather import Columns, Located, located
from wfm.importers.importer import Wanted
from wfm.importers.layout import Layout
from wfm.importers.naming import Named, named, named_rows
from wfm.importers.values import Floats, Integers, Mask
from wfm.importers.wall import second_pass

PLACES, COUNTS = ("lines", "seconds", "code"), ("offered", "handled", "abandoned")
LONG_ROLES = {"channel", "handled", "abandoned", "aht", "handle_total"}


@dataclass(frozen=True)
class IntervalRows:
    """One entry an interval and channel: instant (UTC seconds), position in ``channels``, counts and handle time (NaN: not given)."""

    zone: str
    channels: Sequence[Named]
    lines: Integers
    seconds: Integers
    code: Integers
    offered: Floats
    aht_seconds: Floats
    handled: Floats
    abandoned: Floats
    inferred: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @classmethod
    def of(cls, layout: Layout, wanted: Wanted, faults: Faults) -> IntervalRows:
        """The rows of a file, without faults."""
        wide = _wide_columns(layout)
        rows = _from_wide(layout, wanted, wide, faults) if len(wide) > 1 else _from_long(layout, wanted, wide, faults)
        assumed = tuple(line for channel in rows.channels for line in channel.assumed)
        inferred = tuple(line for channel in rows.channels for line in channel.inferred)
        return replace(rows, inferred=inferred, assumed=(*layout.notes, *rows.assumed, *assumed))

    def of_channel(self, code: int) -> IntervalRows:
        """The rows of one channel."""
        own = self.code == code
        return replace(self, **{name: getattr(self, name)[own] for name in ("aht_seconds", *PLACES, *COUNTS)})

    def cut(self, minutes: int, parts: int) -> IntervalRows:
        """Every row of so many minutes as so many rows of equal length, its contacts shared out evenly."""
        rows: dict[str, Any] = {
            name: np.repeat(getattr(self, name), parts) for name in ("aht_seconds", *PLACES, *COUNTS)
        }
        rows["seconds"] += np.tile(np.arange(parts) * (60 * minutes // parts), len(self.seconds))
        return replace(self, **rows | {name: rows[name] / parts for name in COUNTS})


def _wide_columns(layout: Layout) -> list[int]:
    """The columns that count: the offered one, and every free number beside it unless the file has a row a channel."""
    offered = [layout.roles["offered"]] if "offered" in layout.roles else []
    if offered and LONG_ROLES & set(layout.roles):
        return offered
    return sorted([*offered, *layout.counts])


def _from_wide(layout: Layout, wanted: Wanted, wide: list[int], faults: Faults) -> IntervalRows:
    channels = [named(layout.table.header[index]) for index in wide]
    for channel in channels:
        if [other.name for other in channels].count(channel.name) > 1:
            faults.add(
                "different names of channels", f"{channel.name} twice", "Rename a column.", line=1, column=channel.name
            )
    columns = Columns.of(layout, {str(index): (index, layout.count) for index in wide}, {}, faults)
    where = located(columns, layout, wanted, partial(second_occurrence, np.zeros_like(columns.wall)), faults)
    check_once(where, np.zeros_like(columns.wall), columns.lines, layout, faults)
    size, width = len(columns.wall), len(wide)
    return IntervalRows(
        zone=where.zone,
        channels=channels,
        lines=np.tile(columns.lines, width),
        seconds=np.tile(where.seconds, width),
        code=np.repeat(np.arange(width), size),
        offered=np.concatenate([columns.numbers[str(index)] for index in wide]),
        aht_seconds=np.full(size * width, np.nan),
        handled=np.full(size * width, np.nan),
        abandoned=np.full(size * width, np.nan),
        assumed=where.assumed,
        findings=where.findings,
    )


def _from_long(layout: Layout, wanted: Wanted, counts: list[int], faults: Faults) -> IntervalRows:
    if "channel" in layout.roles and "offered" not in layout.roles and len(counts) != 1:
        faults.stop("a column with the contacts offered", "none", "Say which with a columns mapping: offered.", line=1)
    readers: dict[str, tuple[int, Callable[[str], float]]] = {"offered": (counts[0], layout.count)}
    readers |= {role: (layout.roles[role], layout.count) for role in ("handled", "abandoned") if role in layout.roles}
    readers |= {
        role: (layout.roles[role], layout.duration(role)) for role in ("aht", "handle_total") if role in layout.roles
    }
    columns = Columns.of(
        layout, readers, {role: layout.roles[role] for role in ("channel", "media") if role in layout.roles}, faults
    )
    hints = (layout.table.header[counts[0]], layout.table.name)
    channels, code = named_rows(columns.codes, columns.labels, len(columns.wall), *hints)
    has_parts = len(layout.table.header) > len(readers) + len({"start", "date", "clock", "channel"} & set(layout.roles))
    tiebreak = second_pass if has_parts else partial(second_occurrence, code)
    where = located(columns, layout, wanted, tiebreak, faults)
    if not has_parts:  # a queue's skills or languages in rows of their own are added up
        check_once(where, code, columns.lines, layout, faults)
    none = np.full(len(code), np.nan)
    offered, handled = columns.numbers["offered"], columns.numbers.get("handled", none)
    return IntervalRows(
        zone=where.zone,
        channels=channels,
        lines=columns.lines,
        seconds=where.seconds,
        code=code,
        offered=offered,
        aht_seconds=columns.numbers.get(
            "aht", _mean(columns.numbers.get("handle_total", none), np.where(np.isnan(handled), offered, handled))
        ),
        handled=handled,
        abandoned=columns.numbers.get("abandoned", none),
        assumed=where.assumed,
        findings=where.findings,
    )


def _mean(total: Floats, count: Floats) -> Floats:
    return np.asarray(np.divide(total, count, out=np.full(len(total), np.nan), where=np.nan_to_num(count) > 0))


def second_occurrence(code: Integers, wall: Integers, repeated: Mask) -> Mask:
    """Rows of a repeated wall time whose interval and channel came before in the file."""
    late, seen = np.zeros(len(wall), dtype=np.bool_), set[tuple[int, int]]()
    for row in np.flatnonzero(repeated):
        key = (int(wall[row]), int(code[row]))
        late[row] = key in seen
        seen.add(key)
    return late


def check_once(where: Located, code: Integers, lines: Integers, layout: Layout, faults: Faults) -> None:
    """Raise every row whose interval and channel were told before; rows in a skipped hour share the next and are spared."""
    seconds = where.seconds
    order = np.lexsort((lines, code, seconds))
    order = order[~where.skipped[order]]
    same = (np.diff(seconds[order]) == 0) & (np.diff(code[order]) == 0)
    for position in np.flatnonzero(same):
        before, row = lines[order[position]], lines[order[position + 1]]
        fix = "Delete one; where clocks changed, give the zone of the file's times."
        came = f"one told on line {before} already"
        faults.add("every interval once", came, fix, line=int(row), column=layout.header("start"))
    faults.raise_any()
