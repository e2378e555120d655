"""Naive wall-clock times turned into instants, through the hour that clocks repeat and the one they skip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.domain.time import instant
from wfm.importers.values import Integers, Mask

DAY_SECONDS = 86_400
_EPOCH_DAY = date(1970, 1, 1)


@dataclass(frozen=True)
class Clock:
    """Wall-clock seconds of a column read in one zone, all arrays alike in shape.

    ``early`` is the instant (UTC seconds), of its first occurrence where a wall time comes twice; ``late`` that of the second.
    They are equal outside the changes; early > late where the clock skips the time (PEP 495).
    """

    early: Integers
    late: Integers

    @classmethod
    def of(cls, wall: Integers, zone: str) -> Clock:
        """Both readings of wall-clock seconds since 1970 in a zone, looked up once a day and, on days of change, once a minute."""
        early, late = wall.copy(), wall.copy()
        days, where = np.unique(wall // DAY_SECONDS, return_inverse=True)
        before = np.array([_offset(int(day), 0, zone) for day in days], dtype=np.int64)
        after = np.array([_offset(int(day) + 1, 0, zone) for day in days], dtype=np.int64)
        early -= before[where]
        late -= before[where]
        changes = (before != after)[where]
        minutes, which = np.unique(wall[changes] // 60, return_inverse=True)
        for reading, is_late in ((early, False), (late, True)):
            offsets = [_offset(*divmod(int(minute), 1_440), zone, later=is_late) for minute in minutes]
            reading[changes] = wall[changes] - np.array(offsets, dtype=np.int64)[which]
        return cls(early, late)

    @property
    def repeated(self) -> Mask:
        """Where the wall clock shows the time twice."""
        return self.late > self.early

    @property
    def skipped(self) -> Mask:
        """Where the wall clock never shows the time."""
        return self.late < self.early


def _offset(day: int, minute: int, zone: str, *, later: bool = False) -> int:
    """Wall-clock seconds less UTC seconds at a minute of a day counted from 1970."""
    moment = instant(_EPOCH_DAY + timedelta(days=day), minute, zone, later=later)
    return day * DAY_SECONDS + minute * 60 - int(moment.timestamp())


def second_pass(wall: Integers, repeated: Mask) -> Mask:
    """Which rows, in the order of the file, belong to the second pass of a repeated hour: all after the clock jumps back in it."""
    late = np.zeros(len(wall), dtype=np.bool_)
    rows = np.flatnonzero(repeated)
    for day in np.unique(wall[rows] // DAY_SECONDS):
        own = rows[wall[rows] // DAY_SECONDS == day]
        jumps = np.flatnonzero(np.diff(wall[own]) < -1_200)
        if len(jumps):
            late[own[jumps[0] + 1 :]] = True
    return late
