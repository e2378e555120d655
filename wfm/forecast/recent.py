"""Means of the most recent days of a kind, slot by slot, in which a day that was not recorded takes no part."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.forecast.days import DayTypes, FloatArray, ratio

Weights = Callable[[FloatArray], FloatArray]
"""Weight of the k-th most recent value (k = 0, 1, ...), elementwise."""


def recent_mean(counts: FloatArray, past: DayTypes, future: DayTypes, weights: Weights) -> FloatArray:
    """Weighted mean of the recorded past values of each future day's type, shape (len(future), slots).

    mean[type, s] = sum_k w(k) y_k / sum_k w(k) with y_k the k-th most recent recorded value of slot s on days of that type;
    NaN where there is none.
    """
    kinds = np.array(past)
    means = {kind: _mean(counts[kinds == kind], weights) for kind in sorted(set(future))}
    return np.stack([means[kind] for kind in future])


def _mean(counts: FloatArray, weights: Weights) -> FloatArray:
    newest_first = counts[::-1]
    recorded = ~np.isnan(newest_first)
    rank = np.cumsum(recorded, axis=0) - 1.0
    weight = np.where(recorded, weights(rank), 0.0)
    return ratio((weight * np.nan_to_num(newest_first)).sum(axis=0), weight.sum(axis=0))
