"""The search for least whole numbers, many at once: brackets that close from a good guess."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.staffing.arrays import Floats, Integers

_AT_ONCE = 24
"""So many numbers are looked at in about the time of one, if they are looked at together."""
_CLOSE = 4
"""A straight line misses by less than a quarter of the bracket."""


def least_from(gap: Callable[[Integers, Floats], Floats], load: Floats, too_few: Floats, near: Floats) -> Integers:
    """Least n > too_few with gap(rows, n) <= 0, a gap that never grows with n, shape (rows,); 0 where the load is 0.

    Begins at ``near`` with strides of a quarter of the root of the load, the scale on which queues change. Where rows are few, each
    gets many numbers at once; where they are many, the next number is where a straight line through both ends of the bracket crosses 0.
    """
    low, high = np.array(too_few), np.where(load > 0, np.inf, 0.0)
    below, above = np.full(load.shape, np.inf), np.full(load.shape, -np.inf)
    scale = np.sqrt(load)
    probe, stride = np.maximum(near, low + 1), np.ceil(scale / 4)
    while (rows := np.flatnonzero(high - low > 1)).size:
        count = max(1, _AT_ONCE // rows.size)
        spread = np.arange(count, dtype=np.float64) - count // 2
        tried: Floats = probe[rows, None] + stride[rows, None] * spread
        tried = np.clip(tried, low[rows, None] + 1, high[rows, None] - 1)
        found = gap(np.repeat(rows, count), tried.ravel()).reshape(tried.shape)
        before = (high - low)[rows]
        _close(rows, tried, found, low, below, high, above)
        ends = (low[rows], below[rows], high[rows], above[rows])
        probe[rows], stride[rows] = _next(before, count, *ends, stride[rows], scale[rows])
    return high.astype(np.int64)


def _close(
    rows: Integers, tried: Floats, found: Floats, low: Floats, below: Floats, high: Floats, above: Floats
) -> None:
    """Draw the ends of the brackets in to what was tried, numbers rising in each row."""
    enough = found <= 0
    first = np.where(enough.any(axis=1), enough.argmax(axis=1), tried.shape[1])
    ahead, behind = np.flatnonzero(first < tried.shape[1]), np.flatnonzero(first > 0)
    high[rows[ahead]], above[rows[ahead]] = tried[ahead, first[ahead]], found[ahead, first[ahead]]
    low[rows[behind]], below[rows[behind]] = tried[behind, first[behind] - 1], found[behind, first[behind] - 1]


def _next(
    before: Floats, count: int, low: Floats, below: Floats, high: Floats, above: Floats, stride: Floats, scale: Floats
) -> tuple[Floats, Floats]:
    """Where to look next, and in what strides, given how wide the bracket was before."""
    width = high - low
    closed = np.isfinite(width) & np.isfinite(below) & np.isfinite(above)
    known = np.where(np.isinf(high), below, -above)
    guess = np.where(np.isfinite(known), np.clip(known * scale, stride / 4, 4 * stride), stride)
    reach = np.ceil(guess if count == 1 else stride * (count // 2 + 1))
    outside = np.where(np.isinf(high), low + reach, high - reach)
    width, drop = np.where(closed, width, 2.0), np.where(closed, below - above, 1.0)
    straight = np.ceil(low + width * np.divide(below, drop, where=closed, out=np.full_like(drop, 0.5)))
    fast = width <= before / 2
    inside = np.where(fast, straight, np.floor(low + width / 2))
    step = np.where(fast, np.ceil(width / (_CLOSE * count)), np.ceil(width / (count + 1)))
    return np.where(closed, inside, outside), np.where(closed, step, 2 * stride)
