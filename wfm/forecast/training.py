"""What a forecast may learn from: the history before the horizon, on the horizon's grain, laid out as days x slots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Channel, ContactHistory, Fault, InputError, TimeGrid
from wfm.domain.quantity import count_text
from wfm.domain.time import local
from wfm.forecast.calendar import Calendar
from wfm.forecast.days import Days, FloatArray, to_days
from wfm.forecast.grain import grid_before, on_grid

FULL_WEEK = 7
PLENTY = 28


@dataclass(frozen=True)
class Training:
    """The past as methods see it.

    ``counts`` has shape (len(days), slots), NaN where closed or not recorded; ``shut`` likewise, True where no contact could come. Both
    end with the last recorded day. ``history`` is the same past on its grid; ``parts`` is 1, or k where each count is the
    k-th part of a coarser one.
    """

    history: ContactHistory
    days: Days
    counts: FloatArray
    shut: NDArray[np.bool_]
    trained_until: datetime
    parts: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Belief:
    """How far each count of a training is to be believed: ``weights`` in 0..1 of its counts' shape (None: all), and what to say of it."""

    weights: FloatArray | None = None
    notes: tuple[str, ...] = ()


Weigh = Callable[[Training], Belief]
"""Judges the counts of a training by nothing but the training itself."""


def training(history: ContactHistory, channel: Channel, horizon: TimeGrid, calendar: Calendar) -> Training:
    """The part of a history that a forecast of the horizon may see; raises InputError where it is less than a full week."""
    if history.channel != channel.name:
        fix = "Give the channel's own history, or rename a borrowed one."
        raise InputError([Fault(f"a history of channel {channel.name}", f"one of {history.channel}", fix)])
    grid = grid_before(horizon, history.grid)
    if grid is None:
        raise _too_short(0, horizon)
    past, days = on_grid(history, grid), Days.of(grid.dates, calendar)
    came = past.counts()
    counts = np.where(days.closed[:, None], np.nan, to_days(came, grid))
    shut = days.closed[:, None] | ~(to_days(past.open_mask().astype(np.float64), grid) > 0)
    recorded = ~np.isnan(counts).all(axis=1)
    known = int((recorded | shut.all(axis=1)).sum()) if recorded.any() else 0
    if known < FULL_WEEK:
        raise _too_short(known, horizon)
    known_days = slice(0, int(np.flatnonzero(recorded)[-1]) + 1)
    until = grid.instant(int(np.flatnonzero(~np.isnan(came))[-1]) + 1)
    return Training(
        history=past,
        days=days.part(known_days),
        counts=counts[known_days],
        shut=shut[known_days],
        trained_until=until,
        parts=max(1, history.grid.step_minutes // horizon.step_minutes),
        notes=tuple(_notes(history, horizon, known, until)),
    )


def _too_short(days: int, horizon: TimeGrid) -> InputError:
    begin = local(horizon.start, horizon.zone)
    return InputError(
        [
            Fault(
                f"at least one full week ({FULL_WEEK} days, closed ones included) of history before {begin:%Y-%m-%d %H:%M}",
                count_text(days, "day"),
                "Add earlier history, or begin the horizon later; four weeks or more forecast better.",
            )
        ]
    )


def _notes(history: ContactHistory, horizon: TimeGrid, known: int, until: datetime) -> list[str]:
    theirs, ours = history.grid, horizon
    notes = [f"Learned from {known} days until {local(until, ours.zone):%Y-%m-%d %H:%M} ({ours.zone})."]
    if known < PLENTY:
        notes.append(
            f"A short history: {known} days are known, {PLENTY} or more are better; the bands are wide for it."
        )
    if theirs.end > ours.start:
        notes.append(
            f"History after the start of the horizon was left out, {local(ours.start, ours.zone):%Y-%m-%d %H:%M}."
        )
    gap = (ours.start - until).days
    if gap >= 1:
        notes.append(f"The horizon begins {gap} {'day' if gap == 1 else 'days'} after the last recorded interval.")
    if theirs.zone != ours.zone:
        notes.append(
            f"The history's zone {theirs.zone} was read on the wall clock of {ours.zone}; instants are unchanged."
        )
    if theirs.step_minutes > ours.step_minutes:
        notes.append(
            f"Each {theirs.step_minutes}-minute count of the history was split evenly over steps of {ours.step_minutes} minutes."
        )
    return notes
