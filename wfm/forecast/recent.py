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
    known = ~np.isnan(counts)
    belief, came = np.where(known, 1.0 if weights is None else weights, 0.0), np.where(known, counts, 0.0)
    newest_first: dict[str, list[int]] = {kind: [] for kind in future}
    for day in range(len(past) - 1, -1, -1):
        if past[day] in newest_first:
            newest_first[past[day]].append(day)
    means = {kind: _mean(came[days], belief[days], fading) for kind, days in newest_first.items()}
    return np.stack([means[kind] for kind in future])


def _mean(newest_first: FloatArray, belief: FloatArray, fading: Fading) -> FloatArray:
    rank = np.maximum(np.cumsum(belief > 0, axis=0, dtype=np.float64) - 1.0, 0.0)
    weight = fading(rank) * belief
    return ratio((weight * newest_first).sum(axis=0), weight.sum(axis=0))
