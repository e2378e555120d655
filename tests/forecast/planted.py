"""Faults planted at random into the last eight weeks of a history, for tests and benchmarks of cleaning."""

from typing import NamedTuple

import numpy as np

from wfm.domain import ContactHistory, Interval
from wfm.domain.history import as_counts
from wfm.domain.opening import WEEKDAYS
from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast import Calendar, Finding

FAULTS = ("tripled", "tripled", "doubled", "silent", "silent", "half silent", "spike")
KINDS = {
    "tripled": "multiple_day",
    "doubled": "multiple_day",
    "silent": "outage",
    "half silent": "outage",
    "spike": "spike",
}
LEAST = 20.0  # contacts that a fault hides or adds: below, nobody could tell it from chance
RECENT_DAYS = 56


class Planted(NamedTuple):
    """A fault and where it was planted."""

    name: str
    span: Interval


def plant(known: ContactHistory, calendar: Calendar, seed: int) -> tuple[ContactHistory, list[Planted]]:
    """Damage ordinary days: three counted two or three times, two silent, one silent from its middle on, one with a spike."""
    rng = np.random.default_rng(seed)
    counts, steps = known.counts(), list(known.grid.day_slices())
    types = calendar.day_types([day for day, _ in steps])
    totals = np.array([np.nansum(counts[part]) for _, part in steps])
    ordinary = [d for d in range(len(steps)) if types[d] in WEEKDAYS and totals[d] > 0]
    length = DAY_MINUTES // known.grid.step_minutes
    recent = [d for d in ordinary if d >= len(steps) - RECENT_DAYS and steps[d][1].stop - steps[d][1].start == length]
    planted = []
    for name, day in zip(FAULTS, rng.choice(recent, len(FAULTS), replace=False).tolist(), strict=True):
        part = steps[day][1]
        open_steps = part.start + np.flatnonzero(~np.isnan(counts[part]))
        near = [
            d
            for d in ordinary
            if d % 7 == day % 7
            and 0 < abs(d - day) <= 28
            and steps[d][1].stop - steps[d][1].start == part.stop - part.start
        ]
        usual = np.nan_to_num(np.mean([known.counts()[steps[d][1]] for d in near], axis=0))[open_steps - part.start]
        at = _place(name, usual, rng)
        hurt = open_steps[at]
        before = counts[hurt].copy()
        counts[hurt] = {
            "tripled": 3 * before,
            "doubled": 2 * before,
            "silent": 0 * before,
            "half silent": 0 * before,
            "spike": np.round(before + 7 * usual[at]),
        }[name]
        span = Interval(start=known.grid.instant(int(hurt[0])), end=known.grid.instant(int(hurt[-1]) + 1))
        if max(float(usual[at].sum()), float(np.abs(counts[hurt] - before).sum())) >= LEAST:
            planted.append(Planted(name, span))
    return known.varied(offered=as_counts(counts)), planted


def _place(name: str, usual: "np.ndarray[tuple[int], np.dtype[np.float64]]", rng: np.random.Generator) -> slice:
    if name == "spike":
        at = int(rng.choice(np.flatnonzero(usual >= usual.mean())))
        return slice(at, at + 1)
    return slice(len(usual) // 2 if name == "half silent" else 0, len(usual))


def meets(found: Finding, fault: Planted) -> bool:
    """Whether a finding is the planted fault."""
    return found.kind == KINDS[fault.name] and found.span.overlap_minutes(fault.span) > 0
