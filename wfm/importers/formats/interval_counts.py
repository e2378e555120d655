"""History as counts an interval: one count column, a column a channel, or a row a channel with handle time and more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.domain.time import StepMinutes
from wfm.importers.assemble import (
    Assembled,
    Measured,
    assembled,
    lost_slots,
    rule_said,
    slot_of,
    step_for,
    whole_days,
    zeros_between,
)
from wfm.importers.faults import Faults
from wfm.importers.hours import Slots
from wfm.importers.importer import Imported, Wanted
from wfm.importers.interval_rows import IntervalRows
from wfm.importers.layout import Layout
from wfm.importers.own_form import is_own_form, read_own_form
from wfm.importers.values import Floats, Integers, Mask
from wfm.importers.wall import DAY_SECONDS

FULL_SHARE = 0.9


@dataclass(frozen=True)
class IntervalCounts:
    """One row an interval (and channel) with the number of contacts offered in it."""

    kind: str = "interval_counts"

    def recognises(self, layout: Layout) -> bool:
        """Times on a regular grid beside numbers, or a column that says offered; no outcome or wait of single contacts."""
        single = {"outcome", "wait", "service"} & set(layout.roles)
        return not single and ("offered" in layout.roles or (layout.on_grid and bool(layout.counts)))

    def read(self, layout: Layout, wanted: Wanted) -> Imported:
        """Histories per channel; raises InputError with all faults."""
        if is_own_form(layout):
            return read_own_form(self.kind, layout, wanted)
        faults = Faults(layout.table.name)
        rows = IntervalRows.of(layout, wanted, faults)
        source_minutes = _source_minutes(rows, layout, faults)
        step = step_for(source_minutes, wanted.step_minutes, faults)
        parts_each = _parts_each(rows, source_minutes, step)
        rows = rows.cut(source_minutes, parts_each) if parts_each > 1 else rows
        slots = Slots(whole_days(rows.seconds, step, rows.zone), step * parts_each // source_minutes)
        sparse, said = _is_sparse(rows, slots)
        lost = lost_slots(slots, _summed(slot_of(slots, rows.seconds), rows.offered, slots.grid.count * slots.per_step))
        parts = [_channel(rows, code, slots, lost, sparse=sparse) for code in range(len(rows.channels))]
        return Imported(
            format=self.kind,
            zone=rows.zone,
            channels=tuple(name.channel(part.opening) for name, part in zip(rows.channels, parts, strict=True)),
            histories=tuple(part.history for part in parts),
            inferred=(
                _step_said(source_minutes, step, parts_each),
                said,
                *rows.inferred,
                *rule_said(parts),
                *(line for part in parts for line in part.inferred),
            ),
            assumed=(*rows.assumed, *(line for part in parts for line in part.assumed)),
            findings=(*rows.findings, *(line for part in parts for line in part.findings)),
        )


def _source_minutes(rows: IntervalRows, layout: Layout, faults: Faults) -> int:
    """The greatest length that divides all gaps between rows, but for those on days on which clocks change, perhaps by half an hour."""
    times = np.unique(rows.seconds)
    grid = whole_days(times, 30, rows.zone)
    changes = int(grid.start.timestamp()) + 1800 * (np.flatnonzero(np.diff(grid.offset_minutes)) + 1)
    gaps = np.diff(times)
    same_clock = np.searchsorted(changes, times[:-1] - DAY_SECONDS) == np.searchsorted(changes, times[1:] + DAY_SECONDS)
    gaps = gaps[same_clock] if same_clock.any() else gaps
    size = int(np.gcd.reduce(gaps)) if len(gaps) else 0
    if size < 60 or size % 60:
        came = f"times that are multiples of {size} seconds apart" if size else "a single time"
        faults.stop("intervals of whole minutes", came, "Look for a mistyped time.", column=layout.header("start"))
    if size >= DAY_SECONDS:
        faults.stop(
            "intervals of 60 minutes or less", f"one of {size // DAY_SECONDS} day(s)", column=layout.header("start")
        )
    return size // 60


def _parts_each(rows: IntervalRows, source_minutes: int, step: StepMinutes) -> int:
    """Into how many parts intervals are to be cut so that none reaches over two of the centre's clock (hours of UTC in Asia/Kolkata)."""
    start, source = int(whole_days(rows.seconds, step, rows.zone).start.timestamp()), 60 * source_minutes
    return source // int(np.gcd.reduce((rows.seconds - start) % source, initial=source))


def _step_said(source_minutes: int, step: int, parts_each: int) -> str:
    cut = (
        f", each cut into {parts_each} equal parts, since they do not begin with the centre's" if parts_each > 1 else ""
    )
    if source_minutes == step:
        return f"The file counts contacts every {step} minutes{cut}."
    return f"The file counts contacts every {source_minutes} minutes{cut}: summed to {step}."


def _is_sparse(rows: IntervalRows, slots: Slots) -> tuple[bool, str]:
    """Whether a missing interval means zero: no interval of the file is wholly zero, and under nine tenths of a day's are there."""
    listed, which = np.unique(slot_of(slots, rows.seconds), return_inverse=True)
    totals = np.bincount(which, weights=np.nan_to_num(rows.offered))
    _, first, count = np.unique(slots.day[listed], return_index=True, return_counts=True)
    share = count.sum() / (listed[first + count - 1] - listed[first] + 1).sum()
    if (totals > 0).all() and share < FULL_SHARE:
        return (
            True,
            f"Only intervals with contacts are listed ({share:.0%} of a day's): a missing interval counts as zero.",
        )
    return (
        False,
        "Intervals without contacts are listed too, or hardly one is missing within a day: a missing interval counts as not recorded.",
    )


def _channel(rows: IntervalRows, code: int, slots: Slots, lost: Mask, *, sparse: bool) -> Assembled:
    own = rows.of_channel(code)
    where, size = slot_of(slots, own.seconds), slots.grid.count * slots.per_step
    offered = _summed(where, own.offered, size)
    if sparse:
        offered = zeros_between(offered, slot_of(slots, rows.seconds))
    weights = np.where(np.isnan(own.handled), own.offered, own.handled)
    handle, weight = (
        _summed(where, own.aht_seconds * weights, size),
        _summed(where, np.where(np.isnan(own.aht_seconds), np.nan, weights), size),
    )
    aht = np.divide(handle, weight, out=np.full(size, np.nan), where=np.nan_to_num(weight) > 0)
    measured = Measured(offered, aht, _summed(where, own.handled, size), _summed(where, own.abandoned, size))
    return assembled(rows.channels[code].name, slots, measured, lost)


def _summed(where: Integers, values: Floats, size: int) -> Floats:
    """Sums per slot of the values that are given; NaN where none is."""
    given = ~np.isnan(values)
    counts = np.bincount(where[given], minlength=size)
    sums = np.bincount(where[given], weights=values[given], minlength=size)
    return np.where(counts > 0, sums, np.nan)
