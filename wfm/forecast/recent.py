"""Means of the most recent days of a kind, slot by slot, in which a day that was not recorded takes no part."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.forecast.days import DayTypes, FloatArray, ratio

Fading = Callable[[FloatArray], FloatArray]
"""Weight of the k-th most recent value (k = 0, 1, ...), elementwise."""


def recent_mean(
    counts: FloatArray, past: DayTypes, future: DayTypes, fading: Fading, weights: FloatArray | None = None
) -> FloatArray:
    """Weighted mean of the recorded past values of each future day's type, shape (len(future), slots).

    mean[type, s] = sum_k f(k) w_k y_k / sum_k f(k) w_k with y_k the k-th most recent recorded value of slot s on days of that type
    and w_k > 0 its weight (1 where None); NaN where there is none.
    """
    kinds = np.array(past)
    belief = np.where(np.isnan(counts), 0.0, 1.0 if weights is None else weights).astype(np.float64)
    means = {kind: _mean(counts[kinds == kind], belief[kinds == kind], fading) for kind in sorted(set(future))}
    return np.stack([means[kind] for kind in future])


def _mean(counts: FloatArray, belief: FloatArray, fading: Fading) -> FloatArray:
    newest_first, believed = counts[::-1], belief[::-1]
    rank = np.cumsum(believed > 0, axis=0, dtype=np.float64) - 1.0
    weight = np.where(believed > 0, fading(rank) * believed, 0.0)
    return ratio((weight * np.nan_to_num(newest_first)).sum(axis=0), weight.sum(axis=0))
