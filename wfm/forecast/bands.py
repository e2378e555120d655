"""Bands of a forecast: quantiles of negative binomial counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.forecast.days import FloatArray

POISSON = 1e-9  # a dispersion below this cannot be told from Poisson and would overflow 1/dispersion


def quantiles(mean: FloatArray, dispersion: FloatArray, levels: Sequence[float]) -> FloatArray:
    """Smallest count q with P(N <= q) >= level, shape (levels, count); 0 where the mean is 0.

    N is negative binomial with Var = mean + dispersion mean^2, that is with r = 1/dispersion successes of probability
    r/(r + mean); dispersion 0 is Poisson. Each distinct (mean, dispersion) is computed once.
    """
    from scipy.special import nbdtrik

    pairs, where = np.unique(np.stack([mean, dispersion]), axis=1, return_inverse=True)
    mu, size = pairs[0], 1 / np.maximum(pairs[1], POISSON)
    some = mu > 0
    table = np.zeros((len(levels), len(mu)))
    at = np.array(levels)[:, None]
    table[:, some] = np.ceil(nbdtrik(at, size[some], (size / (size + mu))[some]))
    return np.maximum(table, 0.0)[:, where.reshape(-1)]
