"""Damage in a history laid out as days x slots: silence, days counted twice, spikes, copied days, and shifts of level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import Days, FloatArray
from wfm.forecast.dispersion import SMALLEST
from wfm.forecast.level_shift import LASTS_DAYS, level_shifts
from wfm.forecast.usual import Usual

Kind = Literal["outage", "multiple_day", "spike", "copied_day", "clock_change", "level_shift"]
Cells = NDArray[np.bool_]

SURE = 14.0  # -log of the chance of a fault in a healthy history: one in a million
SILENT, SILENT_DAY = 0.15, 0.08  # came / usual below which a stretch, or a quiet centre's day, is out of order
LEAST, MANY = 8.0, 20.0  # contacts that must be missing, or too many, before it means anything
DOUBLED, RAISED = 1.35, 1.9  # came / usual of a multiplied day, with and without counts that all divide by the factor
SPIKED = 4.5
DAY = 0.6  # from this share of a day's usual contacts on, a stretch is the day
FACTORS = (2, 3, 4)
LONG = 5  # multiplied days in a row are a new level
ROUNDS = 2  # the usual is learned again without what was found
STRETCHES = 3  # at most so many in a day
FREQUENT, FREQUENT_DAYS = 2, 28  # more spikes than this within so many days on either side are this history's way
RARE = 0.1  # of all days may be copies before copies are this history's way


@dataclass(frozen=True)
class Damage:
    """A rectangle of days x slots with its kind, what came and what is usual there; ``weight`` is how far it is still believed."""

    kind: Kind
    days: slice
    slots: slice
    came: float
    usual: float
    weight: float = 0.0

    @property
    def size(self) -> float:
        """What came over what is usual; 1 where nothing is."""
        return self.came / self.usual if self.usual > 0 else 1.0


def damages(counts: FloatArray, days: Days) -> tuple[tuple[Damage, ...], Usual]:
    """What looks damaged in counts (days x slots, NaN where closed or not recorded), in order of time, and what is usual.

    Holidays, eves and closed days are never taken for damage. Where the level shifts, days on either side are compared in proportion, so
    that a new level is not taken for days counted twice.
    """
    found, usual = _search(counts, days, None)
    shifts = _shifts(usual, counts, found)
    if shifts:
        found, usual = _search(counts, days, _levels(shifts, len(days)))
    return tuple(sorted([*found, *shifts], key=lambda one: (one.days.start, one.slots.start, one.kind))), usual


def _search(counts: FloatArray, days: Days, levels: FloatArray | None) -> tuple[list[Damage], Usual]:
    """All damage but shifts of level, and ``Usual``, which is learned twice, the second time without the first findings."""
    found: list[Damage] = []
    usual = Usual.of(counts, days, None, levels)
    for round in range(ROUNDS):
        usual = Usual.of(counts, days, _untouched(counts.shape, found), levels) if round else usual
        whole = [*_silent_days(usual), *_multiplied_days(counts, usual), *_copied_days(counts, usual)]
        found = _joined(whole, usual)
        found += _stretches(counts, usual, _untouched(counts.shape, found))
    return found, usual


def _levels(shifts: list[Damage], days: int) -> FloatArray:
    """The level of each day against the first one."""
    levels = np.ones(days)
    for shift in shifts:
        levels[shift.days] *= shift.size
    return levels


def _untouched(shape: tuple[int, ...], found: list[Damage]) -> Cells:
    free = np.ones(shape, dtype=np.bool_)
    for one in found:
        free[one.days, one.slots] = False
    return free


def below(count: float, mean: float, dispersion: float) -> float:
    """-log P(N <= count) of a negative binomial."""
    from scipy.special import betainc, pdtr

    chance = pdtr(count, mean) if dispersion < 1e-9 else betainc(1 / dispersion, count + 1, 1 / (1 + dispersion * mean))
    return float(-np.log(max(chance, 1e-300)))


def above(count: float, mean: float, dispersion: float) -> float:
    """-log P(N >= count) of a negative binomial."""
    from scipy.special import betainc, pdtrc

    if count <= 0:
        return 0.0
    share = dispersion * mean / (1 + dispersion * mean)
    chance = pdtrc(np.ceil(count) - 1, mean) if dispersion < 1e-9 else betainc(np.ceil(count), 1 / dispersion, share)
    return float(-np.log(max(chance, 1e-300)))


def _day(kind: Kind, day: int, usual: Usual) -> Damage:
    return Damage(
        kind, slice(day, day + 1), slice(0, usual.cells.shape[1]), float(usual.total[day]), float(usual.days[day])
    )


def _silent_days(usual: Usual) -> Iterator[Damage]:
    """Days with (next to) no contacts: beyond chance, or in a quiet centre where hardly any other such day is as quiet."""
    size = np.where(usual.days > 0, usual.total / np.maximum(usual.days, 1e-9), np.inf)
    weekday = np.arange(len(size)) % 7
    for day in np.flatnonzero((usual.days >= LEAST) & (size <= SILENT)):
        alike = np.flatnonzero((weekday == weekday[day]) & np.isfinite(size))
        as_quiet = int((size[alike] <= size[day]).sum()) - 1
        rare = size[day] <= SILENT_DAY and as_quiet <= max(1, RARE * len(alike) / 2)
        chance = below(float(usual.total[day]), float(usual.days[day]), 0.0 if rare else usual.day_dispersion)
        if chance >= (LEAST - 1 if rare else SURE):
            yield _day("outage", int(day), usual)


def _multiplied_days(counts: FloatArray, usual: Usual) -> Iterator[Damage]:
    """Days counted twice or more: far above the usual, or above it with counts that all divide by the factor."""
    share = {factor: _divisible_share(counts, factor) for factor in FACTORS}
    for day in np.flatnonzero((usual.days > 0) & (usual.total >= usual.days)):
        total, mean = float(usual.total[day]), float(usual.days[day])
        far = above(total, mean, usual.day_dispersion)
        size = total / mean / (DOUBLED if usual.after_holiday[day] else 1.0)
        whole = max(_divides(counts[day], factor, share[factor]) for factor in FACTORS)
        if whole >= SURE or (far + whole >= SURE and size >= (DOUBLED if whole else RAISED)):
            yield _day("multiple_day", int(day), usual)


def _divisible_share(counts: FloatArray, factor: int) -> float:
    some = counts[counts > 0]
    return (float((some % factor == 0).sum()) + 1) / (len(some) + 2)


def _divides(row: FloatArray, factor: int, share: float) -> float:
    """-log of the chance that all counts of a day divide by a factor; 0 where one does not."""
    some = row[row > 0]
    return -len(some) * float(np.log(share)) if not (some % factor).any() else 0.0


def _copied_days(counts: FloatArray, usual: Usual) -> list[Damage]:
    """Days whose every count is that of an earlier day, where chance would not do it and copies are rare."""
    spread = usual.cells + usual.cell_dispersion * usual.cells**2
    chance = (
        np.log(np.maximum(4 * np.pi * spread, 1.0)).sum(axis=1) / 2
    )  # -log P(two counts are equal), normal approximation
    seen: set[bytes] = set()
    found = []
    for day in np.flatnonzero((chance >= SURE) & (usual.total > 0)):
        row = counts[day].tobytes()
        if row in seen:
            found.append(_day("copied_day", int(day), usual))
        seen.add(row)
    return found if len(found) <= RARE * len(counts) else []


def _joined(found: list[Damage], usual: Usual) -> list[Damage]:
    """One finding for days in a row of the same kind; multiplied days that go on and on are a level, not damage."""
    runs: list[list[Damage]] = []
    for one in sorted(found, key=lambda one: (one.kind, one.days.start)):
        last = runs[-1][-1] if runs else None
        gap = slice(last.days.stop, one.days.start) if last and last.kind == one.kind else None
        if gap and gap.start <= gap.stop and not (usual.days[gap] > 0).any():
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_as_one(run) for run in runs if not (run[0].kind == "multiple_day" and len(run) >= LONG)]


def _as_one(run: list[Damage]) -> Damage:
    days = slice(run[0].days.start, run[-1].days.stop)
    return Damage(run[0].kind, days, run[0].slots, sum(one.came for one in run), sum(one.usual for one in run))


def _stretches(counts: FloatArray, usual: Usual, free: Cells) -> list[Damage]:
    """Silent stretches and spikes within days that are otherwise in order."""
    left = np.where(free, usual.cells, 0.0)
    came = np.where(left > 0, np.nan_to_num(counts), 0.0)
    found = []
    for _ in range(STRETCHES):
        looks: tuple[tuple[Kind, FloatArray, Callable[..., bool]], ...] = (
            ("outage", 2 * SILENT * left - came, _silence),
            ("spike", came - SPIKED / 2 * left, _spike),
        )
        for kind, score, judge in looks:
            for day, slots in _best_stretches(score):
                if judge(came[day], left[day], slots, usual):
                    one = slice(day, day + 1)
                    found.append(Damage(kind, one, slots, float(came[day, slots].sum()), float(left[day, slots].sum())))
                    left[day, slots] = came[day, slots] = 0.0
    return _rare(found)


def _rare(found: list[Damage]) -> list[Damage]:
    """All but the smaller spikes where they are frequent: what comes every few weeks is no damage."""
    spikes = [one for one in found if one.kind == "spike"]

    def rank(spike: Damage) -> int:
        near = (one for one in spikes if abs(one.days.start - spike.days.start) <= FREQUENT_DAYS)
        return sum(one.came - one.usual > spike.came - spike.usual for one in near)

    return [one for one in found if one.kind != "spike" or rank(one) < FREQUENT]


def _best_stretches(score: FloatArray) -> Iterator[tuple[int, slice]]:
    """For each day the run of slots with the greatest sum of scores, where that is above 0 (Kadane; Bentley 1984)."""
    days, count = score.shape
    running, begin = np.zeros(days), np.zeros(days, dtype=np.int64)
    best, first, end = np.zeros(days), np.zeros(days, dtype=np.int64), np.zeros(days, dtype=np.int64)
    for slot in range(count):
        fresh = running <= 0
        begin = np.where(fresh, slot, begin)
        running = np.where(fresh, 0.0, running) + score[:, slot]
        better = running > best
        best, first, end = (
            np.where(better, running, best),
            np.where(better, begin, first),
            np.where(better, slot + 1, end),
        )
    for day in np.flatnonzero(best > 0):
        yield int(day), slice(int(first[day]), int(end[day]))


def _expected(came: FloatArray, mean: FloatArray, slots: slice, usual: Usual) -> tuple[float, float]:
    """Level of a day and dispersion of a stretch of it, given the rest of the day (gamma level, Poisson counts)."""
    shape = 1 / max(usual.day_dispersion, SMALLEST)
    rest, came_else = float(mean.sum() - mean[slots].sum()), float(came.sum() - came[slots].sum())
    return (shape + came_else) / (shape + rest), 1 / (shape + came_else) + usual.cell_dispersion / (
        slots.stop - slots.start
    )


def _silence(came: FloatArray, mean: FloatArray, slots: slice, usual: Usual) -> bool:
    count, expected = float(came[slots].sum()), float(mean[slots].sum())
    if expected < LEAST or count > SILENT * expected:
        return False
    level, dispersion = _expected(came, mean, slots, usual)
    expected *= min(1.0, level)
    return expected >= LEAST and count <= SILENT * expected and below(count, expected, dispersion) >= SURE


def _spike(came: FloatArray, mean: FloatArray, slots: slice, usual: Usual) -> bool:
    count, expected = float(came[slots].sum()), float(mean[slots].sum())
    if count < max(SPIKED * expected, expected + MANY) or expected > DAY * mean.sum():
        return False
    level, dispersion = _expected(came, mean, slots, usual)
    expected *= max(1.0, level)
    return count >= max(SPIKED * expected, expected + MANY) and above(count, expected, dispersion) >= SURE


def _shifts(usual: Usual, counts: FloatArray, found: list[Damage]) -> list[Damage]:
    """Days from which on contacts stay higher or lower."""
    intact: Cells = np.logical_and.reduce(_untouched(counts.shape, found), axis=1)
    shifts = []
    for day, jump in level_shifts(np.where(usual.days > 0, usual.total, np.nan), intact):
        came = float(usual.total[day : day + LASTS_DAYS].sum())
        span, all_slots = slice(day, len(counts)), slice(0, counts.shape[1])
        shifts.append(Damage("level_shift", span, all_slots, came, came * float(np.exp(-jump)), 1.0))
    return shifts
