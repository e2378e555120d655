"""Counts on the slots of a source made into a history on the grid, where absent, closed and zero stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

import numpy as np

from wfm.domain import ContactHistory, Opening, TimeGrid
from wfm.domain.history import as_counts
from wfm.domain.time import StepMinutes, local
from wfm.importers.faults import Faults
from wfm.importers.hours import RULE_SAID, Slots, learn_hours
from wfm.importers.values import EPOCH, SECOND, Floats, Integers, Mask

SURE_CONTACTS = 5.0
"""A day without a contact where this many were expected happens by chance once in 148 (Poisson), so nobody was counting."""
STEPS: tuple[StepMinutes, ...] = (5, 10, 15, 30, 60)
NAMED_DAYS = 6


@dataclass(frozen=True)
class Measured:
    """What a source tells of one channel, slot by slot, shape (slots,); NaN where it tells nothing."""

    offered: Floats
    aht_seconds: Floats
    handled: Floats
    abandoned: Floats


def step_for(source_minutes: int, wanted: StepMinutes | None, faults: Faults) -> StepMinutes:
    """The grid's step: the wanted one, or else the smallest that holds whole intervals of the source."""
    fitting = [step for step in STEPS if step % source_minutes == 0]
    step = wanted or (fitting[0] if fitting else None)
    if step not in fitting:
        expected = (
            f"a step of {' or '.join(map(str, fitting))} minutes" if fitting else "intervals of 60 minutes or less"
        )
        faults.stop(
            expected, f"{step or source_minutes} minutes", f"The file's intervals last {source_minutes} minutes."
        )
    return step


def whole_days(seconds: Integers, step: StepMinutes, zone: str) -> TimeGrid:
    """The grid of the local days from the first to the last of some instants (UTC seconds)."""
    first, last = (_moment_date(int(edge), zone) for edge in (seconds.min(), seconds.max()))
    return TimeGrid.of_days(first, (last - first).days + 1, step, zone)


def _moment_date(second: int, zone: str) -> date:
    return local(datetime.fromtimestamp(second, UTC), zone).date()


def slot_of(slots: Slots, seconds: Integers) -> Integers:
    """The slot in which every instant lies."""
    start = (slots.grid.start.replace(tzinfo=None) - EPOCH) // SECOND
    return (seconds - start) // (60 * slots.minutes)


def zeros_between(offered: Floats, file_slots: Integers) -> Floats:
    """Counts of a sparse source: a slot without a row is zero from the file's first row to its last."""
    filled = offered.copy()
    between = np.arange(len(offered))
    inside = (between >= file_slots.min()) & (between <= file_slots.max())
    filled[inside & np.isnan(offered)] = 0.0
    return filled


def lost_slots(slots: Slots, offered: Floats) -> Mask:
    """The slots of days without a contact in the whole file, all channels together, where five or more were expected on their weekday."""
    totals = np.bincount(slots.day, weights=np.nan_to_num(offered), minlength=len(slots.grid.dates))
    weekdays = np.array([day.weekday() for day in slots.grid.dates])
    counted = totals > 0
    days = np.bincount(weekdays[counted], minlength=7)
    expected = np.bincount(weekdays, weights=totals, minlength=7) / np.maximum(days, 1)
    lost = ~counted & (expected[weekdays] >= SURE_CONTACTS)
    return np.asarray(lost[slots.day])


@dataclass(frozen=True)
class Assembled:
    """A history with its opening and sentences about how they came to be."""

    history: ContactHistory
    opening: Opening
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    findings: tuple[str, ...]


def assembled(channel: str, slots: Slots, measured: Measured, lost: Mask) -> Assembled:
    """The history of one channel with learned opening; ``lost`` slots are not recorded, contacts outside the opening are left out."""
    offered = np.where(lost, np.nan, measured.offered)
    hours = learn_hours(slots, offered)
    history = folded(channel, slots, measured, offered, hours.mask)
    outside = float(np.nansum(np.where(hours.mask, 0.0, offered)))
    share = outside / max(float(np.nansum(offered)), 1.0)
    findings = (
        [f"{channel}: {outside:,.0f} contacts ({share:.1%}) came outside the opening and are left out."]
        if outside
        else []
    )
    if partly := float(np.nansum(np.where(hours.mask, offered, 0.0)) - np.nansum(history.counts())):
        findings.append(
            f"{channel}: {partly:,.0f} contacts came in intervals of which a part is not recorded and are left out."
        )
    if days := _days_without(history):
        findings.append(f"{channel}: {len(days)} open days are taken as not recorded, not as zero: {_listed(days)}.")
    learned = f"{channel}: opening learned from the history: {hours.opening}."
    assumed = f"{channel}: opening {hours.opening} assumed, too few contacts to learn from; set opening."
    return Assembled(
        history,
        hours.opening,
        (learned,) if hours.learned else (),
        () if hours.learned else (assumed,),
        tuple(findings),
    )


def rule_said(parts: Iterable[Assembled]) -> tuple[str, ...]:
    """How hours were learned, once, where any were."""
    return (RULE_SAID,) if any(part.inferred for part in parts) else ()


def folded(channel: str, slots: Slots, measured: Measured, offered: Floats, open_slots: Mask) -> ContactHistory:
    """The history on the grid: a step is recorded where all its open slots are."""
    shape = (slots.grid.count, slots.per_step)
    expected = open_slots.reshape(shape)
    recorded = ~np.isnan(offered).reshape(shape)
    whole = (recorded | ~expected).all(axis=1) & expected.any(axis=1)

    def summed(values: Floats) -> Floats:
        return np.where(whole, np.where(expected, np.nan_to_num(values.reshape(shape)), 0.0).sum(axis=1), np.nan)

    def told(values: Floats) -> tuple[float | None, ...]:
        return () if np.isnan(values).all() else as_counts(values)

    def counted(values: Floats) -> tuple[float | None, ...]:
        missing = (np.isnan(values.reshape(shape)) & expected).any(axis=1)
        return told(np.where(missing, np.nan, summed(values)))

    return ContactHistory(
        channel=channel,
        grid=slots.grid,
        offered=as_counts(summed(offered)),
        open=tuple(np.any(expected, axis=1).tolist()),
        aht_seconds=told(_mean_handle_times(measured, shape, expected)),
        handled=counted(measured.handled),
        abandoned=counted(measured.abandoned),
    )


def _mean_handle_times(measured: Measured, shape: tuple[int, int], expected: Mask) -> Floats:
    """Handle times weighted by handled contacts, or by offered ones where those are not told."""
    aht = np.where(expected, measured.aht_seconds.reshape(shape), np.nan)
    if shape[1] == 1:
        return np.asarray(aht[:, 0])
    weights = np.where(np.isnan(measured.handled), measured.offered, measured.handled).reshape(shape)
    weights = np.where(np.isnan(aht) | np.isnan(weights), 0.0, weights)
    total = weights.sum(axis=1)
    return np.asarray((weights * np.nan_to_num(aht)).sum(axis=1) / np.where(total > 0, total, np.nan))


def _days_without(history: ContactHistory) -> list[date]:
    is_open, counts = history.open_mask(), history.counts()
    return [
        day
        for day, steps in history.grid.day_slices()
        if is_open[steps].any() and np.isnan(counts[steps][is_open[steps]]).all()
    ]


def _listed(days: Sequence[date]) -> str:
    """Dates with runs joined, at most six entries: ``2019-06-16 to 2019-11-22, 2019-12-25``."""
    runs = [
        [day for _, day in run] for _, run in groupby(enumerate(days), lambda item: item[1] - timedelta(days=item[0]))
    ]
    words = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    more = f" and {len(words) - NAMED_DAYS} more" if len(words) > NAMED_DAYS else ""
    return ", ".join(words[:NAMED_DAYS]) + more
