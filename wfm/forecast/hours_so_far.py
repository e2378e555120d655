"""What the hours of a day so far tell about its rest: a regression of log ratios that begins with nothing."""

from __future__ import annotations

import numpy as np

from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast.days import FloatArray

LATE_MINUTES = 120  # the last two hours tell more than those before
ADDED = 5.0  # contacts added to both sides of a ratio, so that a handful tells next to nothing
WILD = 0.7  # a log ratio counts no further: half or twice as many
TINY = 1e-9
PRIOR_DAYS = 6.0  # days on which the hours told nothing that weigh as much as the past


def hours_so_far(counts: FloatArray, mean: FloatArray, cut: int) -> FloatArray:
    """Log ratios of came to expected in the last two hours before slot ``cut`` and in the hours before those, shape (days, 2).

    ``counts`` (NaN where not recorded) and ``mean`` have shape (days, slots). A ratio is drawn to 0 where few contacts were expected.
    """
    late = max(0, cut - LATE_MINUTES * counts.shape[1] // DAY_MINUTES)
    parts = [_totals(counts[:, part], mean[:, part]) for part in (slice(late, cut), slice(0, late))]
    return np.column_stack([_log_ratio(came, expected) * expected / (expected + ADDED) for came, expected in parts])


def fit_hours(told: FloatArray, counts: FloatArray, mean: FloatArray, weight: FloatArray) -> FloatArray:
    """How far the rest of a day follows what the hours ``told``, shape (2,): log ratio of the rest = told @ coefficients.

    Ridge regression (Hoerl & Kennard 1970) over days, weighted by ``weight`` and the root of what the rest was to bring; ``counts`` and
    ``mean`` are of the rest, shape (days, slots after the cut).
    """
    came, expected = _totals(counts, mean)
    size = np.sqrt(expected)
    usual = float(size.sum()) / max(int(np.count_nonzero(size)), 1)
    heed = weight * size / (usual if usual > 0 else 1.0)
    lean = told.T * heed
    normal = lean @ told
    prior = PRIOR_DAYS * max(float(np.trace(normal)) / 2 / (float(heed.sum()) or 1.0), TINY)
    return np.asarray(np.linalg.solve(normal + prior * np.eye(2), lean @ _log_ratio(came, expected)))


def _totals(counts: FloatArray, mean: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What came and what was expected in the recorded slots, both shape (days,)."""
    known = ~np.isnan(counts)
    return np.where(known, counts, 0.0).sum(axis=1), np.where(known, mean, 0.0).sum(axis=1)


def _log_ratio(came: FloatArray, expected: FloatArray) -> FloatArray:
    return np.clip(np.log((came + ADDED) / (expected + ADDED)), -WILD, WILD)
