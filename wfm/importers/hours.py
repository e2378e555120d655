"""Opening hours learned from when contacts came."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wfm.domain import Opening, TimeGrid, Window
from wfm.domain.quantity import DAY_MINUTES
from wfm.importers.values import Floats, Integers, Mask

BIN_MINUTES = 30
ENOUGH_CONTACTS = 200
QUIET_HOURS, QUIET_SHARE = 6, 0.01
CLOSED_DAY_SHARE = 0.01
BUSY_SHARE = 0.10
GAP_MINUTES = 120
ISLAND_SHARE = 0.05

RULE_SAID = (
    "Opening hours are learned so: open where a half hour brings at least a tenth of its weekday's mean; gaps under 2 hours count "
    "as open, stretches with under 5 % of the day's contacts and weekdays with under 1 % of the busiest as closed; round the clock "
    "where no six hours bring under 1 %."
)


@dataclass(frozen=True)
class Slots:
    """The slots of a source on a grid: ``per_step`` slots in each step; ``minute`` and ``weekday`` are those of every slot."""

    grid: TimeGrid
    per_step: int

    @property
    def minutes(self) -> int:
        """Minutes of one slot."""
        return self.grid.step_minutes // self.per_step

    @property
    def minute(self) -> Integers:
        """Wall-clock minute of the day at which every slot starts, shape (grid.count * per_step,)."""
        within = np.tile(np.arange(self.per_step) * self.minutes, self.grid.count)
        return np.asarray((np.repeat(self.grid.minute_of_day, self.per_step) + within) % DAY_MINUTES, dtype=np.int64)

    @property
    def weekday(self) -> Integers:
        """Local weekday of every slot, Monday = 0."""
        return np.repeat(self.grid.weekday, self.per_step)

    @property
    def day(self) -> Integers:
        """Position of every slot's local date in ``grid.dates``."""
        return np.repeat(self.grid.day_index, self.per_step)


@dataclass(frozen=True)
class Hours:
    """Learned hours: the mask of open slots, and the opening rounded outwards to whole steps of the grid."""

    mask: Mask
    opening: Opening
    learned: bool


def learn_hours(slots: Slots, offered: Floats) -> Hours:
    """Hours in which contacts came, from counts per slot (NaN where nothing was recorded), by the rule that ``RULE_SAID`` tells.

    Fewer than ``ENOUGH_CONTACTS`` contacts teach nothing: open wherever something was recorded.
    """
    bin_minutes = max(BIN_MINUTES, slots.minutes)
    recorded = ~np.isnan(offered)
    minutes = _week(slots, recorded.astype(np.float64) * slots.minutes, bin_minutes)
    contacts = _week(slots, np.where(recorded, offered, 0.0), bin_minutes)
    rate = np.divide(contacts, minutes, out=np.zeros_like(contacts), where=minutes > 0) * bin_minutes
    learned = bool(contacts.sum() >= ENOUGH_CONTACTS)
    bins = _busy_bins(rate, bin_minutes) if learned else np.ones_like(rate, dtype=np.bool_)
    table = (
        np.repeat(bins, bin_minutes // slots.minutes, axis=1)
        if bin_minutes % slots.minutes == 0
        else _fine(bins, slots)
    )
    table &= _week(slots, recorded.astype(np.float64), slots.minutes) > 0
    opening = Opening.model_validate({"week": tuple(_windows(row, slots) for row in table)})
    return Hours(table[slots.weekday, slots.minute // slots.minutes], opening, learned)


def usual_hours(slots: Slots, open_slots: Mask) -> Opening:
    """The hours open on at least half of the days that are told, weekday by weekday."""
    days = _week(slots, np.ones(len(open_slots)), slots.minutes)
    table = (_week(slots, open_slots.astype(np.float64), slots.minutes) * 2 >= days) & (days > 0)
    return Opening.model_validate({"week": tuple(_windows(row, slots) for row in table)})


def _week(slots: Slots, values: Floats, bin_minutes: int) -> Floats:
    """Sums per weekday and bin of the day, shape (7, bins)."""
    bins = DAY_MINUTES // bin_minutes
    where = slots.weekday * bins + slots.minute // bin_minutes
    return np.asarray(np.bincount(where, weights=values, minlength=7 * bins).reshape(7, bins), dtype=np.float64)


def _fine(bins: Mask, slots: Slots) -> Mask:
    """The bins in which slots of another rhythm start."""
    starts = np.arange(0, DAY_MINUTES, slots.minutes)
    return np.asarray(bins[:, starts // BIN_MINUTES])


def _busy_bins(rate: Floats, bin_minutes: int) -> Mask:
    days = rate.sum(axis=1)
    open_days = days > CLOSED_DAY_SHARE * days.max()
    if _never_closes(rate.sum(axis=0), QUIET_HOURS * 60 // bin_minutes):
        return np.repeat(open_days[:, None], rate.shape[1], axis=1)
    gap = GAP_MINUTES // bin_minutes
    rows = [
        _busy(row, gap) if is_open else np.zeros(len(row), dtype=np.bool_)
        for row, is_open in zip(rate, open_days, strict=True)
    ]
    return np.array(rows)


def _never_closes(profile: Floats, quiet_bins: int) -> bool:
    around = np.concatenate([profile, profile[: quiet_bins - 1]])
    quietest = np.convolve(around, np.ones(quiet_bins), mode="valid").min()
    return bool(quietest >= QUIET_SHARE * profile.sum())


def _busy(rate: Floats, gap: int) -> Mask:
    """Bins with at least a tenth of the mean of such bins, found by repeating until nothing changes."""
    busy = rate > 0
    while True:
        level = rate[busy].mean() if busy.any() else 0.0
        fewer = busy & (rate >= BUSY_SHARE * level)
        if (fewer == busy).all():
            break
        busy = fewer
    busy = _filled(busy, gap)
    for start, end in _runs(busy):
        if rate[start:end].sum() < ISLAND_SHARE * rate.sum():
            busy[start:end] = False
    return busy


def _filled(mask: Mask, gap: int) -> Mask:
    """The mask with gaps of fewer than ``gap`` entries between two runs filled."""
    filled, runs = mask.copy(), _runs(mask)
    for (_, end), (start, _) in pairwise(runs):
        if start - end < gap:
            filled[end:start] = True
    return filled


def _runs(mask: Mask) -> list[tuple[int, int]]:
    """Stretches [start, end) in which the mask holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _windows(row: Mask, slots: Slots) -> tuple[Window, ...]:
    step, size = slots.grid.step_minutes, slots.minutes
    rounded = [(start * size // step * step, -(-end * size // step) * step) for start, end in _runs(row)]
    joined: list[tuple[int, int]] = []
    for start, end in rounded:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(Window(start=start, end=min(end, DAY_MINUTES)) for start, end in joined)
