"""Where contacts end up when customers lose patience: the law of the wait of Erlang A, summed over its knots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.staffing.arrays import Bools, Floats, Integers
from wfm.staffing.gamma_integral import Panel, Piece, curvature, idle_pieces, idle_weight_of, mode_of, panels


@dataclass(frozen=True)
class _Law:
    """The density exp(c w - b (e^w - 1)) of the wait of a patient customer at w = -x / patience, row by row, with T's place in it."""

    steepness: Floats
    """c = n patience / aht."""
    pull: Floats
    """b = a patience / aht."""
    mode: Floats
    """ln(n / a), where the density would peak."""
    threshold: Floats
    """-T / patience."""

    def take(self, rows: Integers) -> _Law:
        return _Law(self.steepness[rows], self.pull[rows], self.mode[rows], self.threshold[rows])

    @property
    def peak(self) -> Floats:
        """Where the density peaks among waits of 0 and more."""
        return np.minimum(self.mode, 0.0)

    def rate(self, point: Floats) -> Floats:
        return np.where(point == self.mode, self.steepness, self.pull * np.exp(point))

    def slope(self, point: Floats) -> Floats:
        return self.steepness * np.abs(np.expm1(point - self.mode))

    def drop(self, point: Floats) -> Floats:
        """How far the logarithm of the density lies below its peak."""
        away = point - self.peak
        return self.rate(self.peak) * curvature(away) + self.slope(self.peak) * np.abs(away)

    def piece(self, start: Floats, limit: Floats, direction: Floats) -> Piece:
        """A piece of the density, which falls from ``start``."""
        return Piece(self.rate(start), self.slope(start), limit, direction)

    def sums(self, start: Floats, piece: Panel, in_time: Bools) -> Floats:
        """Sums over the piece of the density that falls from ``start``, relative to its value there; shape (4, rows).

        They are of 1, of e^w (the share of customers still there), of -w e^w, and of those gone: 1 - e^w for waits below T, above T
        1 - e^(w + T / patience), those of the ones who were still there at T.
        """
        patient = piece.weight * piece.growth
        past = start - np.where(in_time, 0.0, self.threshold)
        gone = -piece.weight * (np.expm1(past)[:, None] + np.exp(past)[:, None] * piece.excess)
        answered = np.exp(start) * patient.sum(axis=1)
        waited = -np.exp(start) * (patient * (start[:, None] + piece.offset)).sum(axis=1)
        return np.stack([piece.weight.sum(axis=1), answered, waited, gone.sum(axis=1)])


def waiting_with_patience(load: Floats, number: Floats, ratio: Floats, threshold: Floats) -> tuple[Floats, ...]:
    """P(wait), the four ends of a contact, and the mean wait of the served in units of patience; Erlang A, n, a > 0, shapes (rows,).

    ``ratio`` = patience / aht, ``threshold`` = -T / patience. The integral over w <= 0 falls into three pieces, each of which only
    falls from its start: from peak or threshold up to 0, between threshold and peak, and everything to the left of both.
    """
    law = _Law(ratio * number, ratio * load, mode_of(load, number), threshold)
    peak, right, always = law.peak, np.ones_like(load), np.ones(load.shape, dtype=np.bool_)
    near, far = np.maximum(threshold, peak), np.minimum(threshold, peak)
    early_peak = threshold <= peak
    rows = np.flatnonzero(near < 0)  # elsewhere the density only falls from a wait of 0
    upper = law.take(rows)
    between, beyond, above, *idle = panels(
        (
            law.piece(peak, near - far, np.where(early_peak, -right, right)),
            law.piece(far, np.inf * right, -right),
            upper.piece(near[rows], -near[rows], right[rows]),
            *idle_pieces(load, number),
        )
    )
    fallen = np.exp(-law.drop(threshold))  # all sums are brought to the scale of the peak
    middle = law.sums(peak, between, early_peak)
    in_time = np.where(early_peak, middle, 0.0)
    after = np.where(early_peak, fallen, 1.0) * law.sums(far, beyond, ~always) + np.where(early_peak, 0.0, middle)
    in_time[:, rows] += np.where(early_peak, 1.0, fallen)[rows] * upper.sums(near[rows], above, always[rows])
    free = idle_weight_of(load, number, idle)
    return _shares(ratio, threshold, in_time, after, law.steepness * curvature(-peak), free)


def _shares(
    ratio: Floats, threshold: Floats, in_time: Floats, after: Floats, scale: Floats, free: tuple[Floats, Floats]
) -> tuple[Floats, ...]:
    """Shares of the offered contacts from the sums of both sides of T, on one scale with the weight of finding an agent free."""
    idle, idle_scale = free
    highest = np.maximum(scale, idle_scale)
    alone, factor = idle * np.exp(idle_scale - highest), ratio * np.exp(scale - highest)
    whole = alone + factor * (in_time[0] + after[0])
    below, above = factor / whole * in_time, factor / whole * after
    answered, late = alone / whole + below[1], above[1]
    gone = below[3] - np.expm1(threshold) * above[0]
    gone_late = np.exp(threshold) * above[3]
    return (
        np.minimum(1.0, below[0] + above[0]),
        answered,
        late,
        gone,
        gone_late,
        (below[2] + above[2]) / (answered + late),
    )
