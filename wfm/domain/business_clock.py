"""The clock of business hours: it runs while a channel is open, and stands still over nights, weekends and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.domain.target import Turnaround

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class BusinessClock:
    """What two clocks show at the edges of a grid's steps, both of shape (count + 1,): seconds since its start, and seconds on the clock.

    Before the grid the clock shows less than 0 and beyond its end it runs without pause, as nothing is known there.
    """

    edges: Floats
    shown: Floats

    @classmethod
    def of(cls, is_open: Bools, step_seconds: float) -> Self:
        """The clock that runs in the steps that are open, shape (count,)."""
        running = np.where(is_open, step_seconds, 0.0)
        return cls(step_seconds * np.arange(is_open.size + 1.0), np.append(0.0, np.cumsum(running)))

    @classmethod
    def of_turnaround(cls, turnaround: Turnaround, is_open: Bools, step_seconds: float) -> Self:
        """The clock that a turnaround is counted on: the steps that are open, shape (count,), or the wall clock, which never stops."""
        return cls.of(is_open if turnaround.business else np.ones_like(is_open), step_seconds)

    def read(self, moment: Floats) -> Floats:
        """What the clock shows at moments from the grid's start on, in seconds since then; any shape."""
        beyond = np.maximum(0.0, moment - self.edges[-1])
        return np.asarray(np.interp(moment, self.edges, self.shown) + beyond)

    def first_shown(self, reading: Floats) -> Floats:
        """The first moment at which the clock shows a reading of 0 or more: four o'clock, not the next morning, where it stops at four."""
        edge = np.minimum(np.searchsorted(self.shown, reading), self.edges.size - 1)
        return np.asarray(self.edges[edge] + (reading - self.shown[edge]))

    def last_shown(self, reading: Floats) -> Floats:
        """The last moment at which the clock shows a reading: the next morning, just before it runs on, where it stood still."""
        edge = np.clip(np.searchsorted(self.shown, reading, side="right") - 1, 0, self.edges.size - 1)
        return np.asarray(self.edges[edge] + (reading - self.shown[edge]))

    def deadlines(self, arrival: Floats, within_seconds: float) -> Floats:
        """When work must be finished that may take so long on the clock, seconds since the grid's start, shape of ``arrival``."""
        return self.first_shown(self.read(arrival) + within_seconds)
