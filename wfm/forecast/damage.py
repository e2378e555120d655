"""Damage in a history laid out as days x slots: silence, days counted twice, spikes, copied days, and shifts of level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.bands import POISSON, cumulative
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.dispersion import SMALLEST
from wfm.forecast.level_shift import LASTS_DAYS, level_shifts
from wfm.forecast.usual import Usual

Kind = Literal["outage", "multiple_day", "spike", "copied_day", "clock_change", "level_shift"]
Cells = NDArray[np.bool_]
Indices = NDArray[np.intp]
Judge = Callable[[FloatArray, FloatArray, Cells, Usual], Indices]

LEAST_CHANCE = 1e-300  # a chance has a logarithm
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
    for _ in range(ROUNDS):
        usual = Usual.of(counts, days, _untouched(counts.shape, found), levels)
        whole = [*_silent_days(usual), *_multiplied_days(counts, usual), *_copied_days(counts, usual)]
        found = _joined(whole, usual)
        found += _stretches(counts, usual, _untouched(counts.shape, found))
        if not found:
            break
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


def below(count: float | FloatArray, mean: float | FloatArray, dispersion: float | FloatArray) -> FloatArray:
    """-log P(N <= count) of negative binomial counts, elementwise."""
    return -np.log(np.maximum(cumulative(np.asarray(count), np.asarray(mean), np.asarray(dispersion)), LEAST_CHANCE))


def above(count: float | FloatArray, mean: float | FloatArray, dispersion: float | FloatArray) -> FloatArray:
    """-log P(N >= count) of negative binomial counts, elementwise."""
    from scipy.special import betainc

    whole, size = np.ceil(count), 1 / np.maximum(dispersion, POISSON)
    chance = np.where(whole > 0, betainc(np.maximum(whole, 1.0), size, mean / (size + mean)), 1.0)
    return np.asarray(-np.log(np.maximum(chance, LEAST_CHANCE)))


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
    days = np.flatnonzero((usual.days > 0) & (usual.total >= usual.days))
    total, mean, whole = usual.total[days], usual.days[days], _divisible(counts)[days]
    far = above(total, mean, usual.day_dispersion)
    size = total / mean / np.where(usual.after_holiday[days], DOUBLED, 1.0)
    raised = size >= np.where(whole > 0, DOUBLED, RAISED)
    for day in days[(whole >= SURE) | ((far + whole >= SURE) & raised)]:
        yield _day("multiple_day", int(day), usual)


def _divisible(counts: FloatArray) -> FloatArray:
    """-log of the chance that all counts of a day divide by one of the factors, shape (days,); 0 where they do by none."""
    some = counts > 0
    number, surprise = some.sum(axis=1), np.zeros(len(counts))
    for factor in FACTORS:
        part = np.where(some, counts, 0.0) / factor
        rest = part != np.rint(part)
        share = float(number.sum() - rest.sum() + 1) / float(number.sum() + 2)
        surprise = np.where(rest.any(axis=1), surprise, np.maximum(surprise, -number * np.log(share)))
    return surprise


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
    found: list[Damage] = []
    for _ in range(STRETCHES):
        before = len(found)
        looks: tuple[tuple[Kind, FloatArray, Judge], ...] = (
            ("outage", 2 * SILENT * left - came, _silent),
            ("spike", came - SPIKED / 2 * left, _spiked),
        )
        for kind, score, judge in looks:
            best = _best_stretches(score)
            for day in judge(came, left, best, usual).tolist():
                slots = slice(int(np.argmax(best[day])), int(np.argmax(best[day])) + int(best[day].sum()))
                one = slice(day, day + 1)
                found.append(Damage(kind, one, slots, float(came[day, slots].sum()), float(left[day, slots].sum())))
                left[day, slots] = came[day, slots] = 0.0
        if len(found) == before:
            break
    return _rare(found)


def _rare(found: list[Damage]) -> list[Damage]:
    """All but the smaller spikes where they are frequent: what comes every few weeks is no damage."""
    spikes = [one for one in found if one.kind == "spike"]

    def rank(spike: Damage) -> int:
        near = (one for one in spikes if abs(one.days.start - spike.days.start) <= FREQUENT_DAYS)
        return sum(one.came - one.usual > spike.came - spike.usual for one in near)

    return [one for one in found if one.kind != "spike" or rank(one) < FREQUENT]


def _best_stretches(score: FloatArray) -> Cells:
    """The run of slots of each day (days x slots) with the greatest sum of scores, none where no sum is above 0 (Bentley 1984)."""
    upto, slot = np.cumsum(score, axis=1), np.arange(score.shape[1])
    before = np.hstack([np.zeros((len(score), 1)), upto[:, :-1]])
    lowest = np.minimum.accumulate(before, axis=1)
    last = np.argmax(upto - lowest, axis=1)[:, None]
    first = np.where((before == lowest) & (slot <= last), slot, 0).max(axis=1)[:, None]
    some = np.asarray((upto > lowest).any(axis=1))
    return np.asarray((slot >= first) & (slot <= last) & some[:, None])


def _silent(came: FloatArray, mean: FloatArray, stretch: Cells, usual: Usual) -> Indices:
    """The days whose stretch is silent beyond chance, at no more than its usual level."""
    count, expected, level, dispersion = _seen(came, mean, stretch, usual)
    expected = expected * np.minimum(1.0, level)
    days = np.flatnonzero((expected >= LEAST) & (count <= SILENT * expected))
    return days[below(count[days], expected[days], dispersion[days]) >= SURE]


def _spiked(came: FloatArray, mean: FloatArray, stretch: Cells, usual: Usual) -> Indices:
    """The days whose stretch is far too busy for chance, at no less than its usual level."""
    count, expected, level, dispersion = _seen(came, mean, stretch, usual)
    part = expected <= DAY * mean.sum(axis=1)
    expected = expected * np.maximum(1.0, level)
    days = np.flatnonzero(part & (count >= np.maximum(SPIKED * expected, expected + MANY)))
    return days[above(count[days], expected[days], dispersion[days]) >= SURE]


def _seen(came: FloatArray, mean: FloatArray, stretch: Cells, usual: Usual) -> tuple[FloatArray, ...]:
    """By day, what came in its stretch and is usual there, with the day's level and the stretch's dispersion given the rest of the day.

    Levels are gamma and counts Poisson (the conjugate pair).
    """
    (count, expected), (elsewhere, rest) = (
        [(v * some).sum(axis=1) for v in (came, mean)] for some in (stretch, ~stretch)
    )
    shape = 1 / max(usual.day_dispersion, SMALLEST)
    dispersion = 1 / (shape + elsewhere) + usual.cell_dispersion / np.maximum(stretch.sum(axis=1), 1)
    return count, expected, (shape + elsewhere) / (shape + rest), dispersion


def _shifts(usual: Usual, counts: FloatArray, found: list[Damage]) -> list[Damage]:
    """Days from which on contacts stay higher or lower."""
    intact: Cells = np.logical_and.reduce(_untouched(counts.shape, found), axis=1)
    shifts = []
    for day, jump in level_shifts(np.where(usual.days > 0, usual.total, np.nan), intact):
        came = float(usual.total[day : day + LASTS_DAYS].sum())
        span, all_slots = slice(day, len(counts)), slice(0, counts.shape[1])
        shifts.append(Damage("level_shift", span, all_slots, came, came * float(np.exp(-jump)), 1.0))
    return shifts
