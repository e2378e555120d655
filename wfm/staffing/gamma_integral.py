"""Every Erlang formula rests on one integral, of exp(c w - b (e^w - 1)); here it is, exact to the last digits at any size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from wfm.staffing.arrays import Floats

_DROP = 42.0
"""An integrand below exp(-42) = 6e-19 of its peak adds nothing to a double."""
_GAUSS, _SHARES = np.polynomial.legendre.leggauss(48)
_KNOT: Floats = (_GAUSS + 1) / 2
_SHARE: Floats = _SHARES / 2
"""Gauss-Legendre on 0..1; with 36 knots the error on our references is 2e-12, with 44 it is 5e-14."""
_SMALL = 0.25
_FAR = 45.0
"""e^-45 = 3e-20: so far to the left e^w is nothing beside 1."""
_FAINT = 1e-300
"""Far beyond everybody's patience e^p underflows to 0, which nothing may be divided by."""
_TAYLOR = tuple(1 / float(np.prod(np.arange(1.0, power + 1))) for power in range(12, 1, -1))


class Piece(NamedTuple):
    """The integral of exp(c w - b (e^w - 1)) on one side of a point p, where it only falls; all of shape (rows,).

    Over a signed distance u from p the logarithm drops by rate k(u) + slope |u|.
    """

    rate: Floats
    """b e^p."""
    slope: Floats
    """|b e^p - c|."""
    limit: Floats
    """Length, may be infinite."""
    direction: Floats
    """+1 to the right of p, -1 to the left."""


class Panel(NamedTuple):
    """Knots of one piece of the integral, all of shape (rows, knots)."""

    offset: Floats
    """u, the signed distance from the piece's start."""
    growth: Floats
    """e^u."""
    excess: Floats
    """e^u - 1, with its digits where u is small."""
    weight: Floats
    """What a knot counts for: the integrand relative to its value at the start, times the knot's share of the length."""


def curvature(offset: Floats) -> Floats:
    """k(u) = e^u - 1 - u >= 0, any shape, with its digits also where u is small."""
    return _curvature(offset, np.exp(offset))


def _curvature(offset: Floats, growth: Floats) -> Floats:
    near = np.clip(offset, -_SMALL, _SMALL)
    series = np.full_like(near, _TAYLOR[0])
    for factor in _TAYLOR[1:]:
        series *= near
        series += factor
    curved: Floats = np.where(np.abs(offset) <= _SMALL, series * near * near, growth - 1 - offset)
    return curved


def panels(pieces: Sequence[Piece]) -> tuple[Panel, ...]:
    """The knots of some pieces, all found at once: for few rows the steps cost more than the numbers."""
    together = _panel(*(np.concatenate(parts) for parts in zip(*pieces, strict=True)))
    ends = np.cumsum([0, *(piece.rate.size for piece in pieces)])
    return tuple(Panel(*(part[first:last] for part in together)) for first, last in pairwise(ends))


def _panel(rate: Floats, slope: Floats, limit: Floats, direction: Floats) -> Panel:
    """The knots of one piece in each row."""
    reach = np.where(direction > 0, _reach_right(rate, slope), _reach_left(rate, slope))
    length = np.minimum(np.minimum(limit, reach), _FAR)[:, None]
    # To the left e^w fades: knots lie close where it still moves and far apart in the tail, at e^(x ln(1 + length)) - 1.
    stretch = np.where((length > _SMALL) & (direction[:, None] < 0), np.log1p(length), 0.0)
    scale = np.exp(stretch * _KNOT)
    distance = np.where(stretch > 0, scale - 1, length * _KNOT)
    share = np.where(stretch > 0, stretch * scale, length) * _SHARE
    offset = distance * direction[:, None]
    growth = np.exp(offset)
    bow = _curvature(offset, growth)
    weight = share * np.exp(-(rate[:, None] * bow + slope[:, None] * distance))
    excess = offset + bow
    beyond = np.flatnonzero((direction < 0) & (np.minimum(limit, reach) > _FAR))
    if beyond.size == 0:
        return Panel(offset, growth, excess, weight)
    tail = np.zeros((rate.size, 1))
    tail[beyond, 0] = _tail(rate[beyond], slope[beyond], limit[beyond])
    ends = (np.full_like(tail, -_FAR), np.zeros_like(tail), np.full_like(tail, -1.0), tail)
    knots = (offset, growth, excess, weight)
    return Panel(*(np.concatenate(pair, axis=1) for pair in zip(knots, ends, strict=True)))


def _tail(rate: Floats, slope: Floats, limit: Floats) -> Floats:
    """What lies further left than _FAR, where e^u is 0 to a double and the integrand a plain exponential of rate c = rate + slope."""
    steepness = rate + slope
    return np.exp(rate - steepness * _FAR) * -np.expm1(-steepness * (limit - _FAR)) / steepness


def _reach_right(rate: Floats, slope: Floats) -> Floats:
    """A distance over which the logarithm has dropped by _DROP, from k(d) >= d^2 / 2 and from k(d) ~ e^d."""
    rate = np.maximum(rate, _FAINT)
    by_square = 2 * _DROP / (slope + np.sqrt(slope**2 + 2 * _DROP * rate))
    ratio = _DROP / rate
    by_growth: Floats = np.log1p(ratio + 2 * np.log1p(ratio) + 2)
    return np.minimum(by_square, by_growth)


def _reach_left(rate: Floats, slope: Floats) -> Floats:
    """The same to the left, from k(-d) >= d^2 / (2 + d): the root of (rate + slope) d^2 + (2 slope - D) d - 2 D = 0."""
    linear, square = 2 * slope - _DROP, rate + slope
    root = 0.5 * (np.abs(linear) + np.sqrt(linear**2 + 8 * _DROP * square))
    return np.where(linear > 0, 2 * _DROP / root, root / square)


def mode_of(load: Floats, number: Floats) -> Floats:
    """ln(n / a), where all the integrands peak, with its digits also where n is close to a."""
    excess = (number - load) / load
    return np.where(np.abs(excess) < 0.5, np.log1p(np.maximum(excess, -0.5)), np.log(number / load))


def idle_weight(load: Floats, number: Floats) -> tuple[Floats, Floats]:
    """1 / (a B(n - 1, a)) as (mantissa, logarithm of the scale): the weight of finding an agent free."""
    return idle_weight_of(load, number, panels(idle_pieces(load, number)))


def idle_pieces(load: Floats, number: Floats) -> tuple[Piece, Piece]:
    """The integral over w >= 0 to the right of its peak, and to the left of it in the rows where n > a; elsewhere it only falls."""
    mode = mode_of(load, number)
    top, inner = np.maximum(mode, 0.0), np.flatnonzero(mode > 0)
    toward = np.ones_like(load)
    slope = number * np.abs(np.expm1(top - mode))
    return (
        Piece(np.where(mode > 0, number, load), slope, np.full_like(load, np.inf), toward),
        Piece(number[inner], np.zeros(inner.size), top[inner], -toward[inner]),
    )


def idle_weight_of(load: Floats, number: Floats, found: Sequence[Panel]) -> tuple[Floats, Floats]:
    """The idle weight from the panels of its two pieces."""
    right, left = found
    mode = mode_of(load, number)
    area = right.weight.sum(axis=1)
    area[mode > 0] += left.weight.sum(axis=1)
    return area, number * curvature(-np.maximum(mode, 0.0))
