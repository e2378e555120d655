"""Bands of a forecast: quantiles of negative binomial counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wfm.forecast.days import FloatArray

POISSON = 1e-9  # a dispersion below this cannot be told from Poisson and would overflow 1/dispersion
KNOTS = 32  # means at which quantiles are computed, evenly spaced in their roots; those between are interpolated


def quantiles(mean: FloatArray, dispersion: FloatArray, levels: Sequence[float]) -> FloatArray:
    """Quantiles of counts smeared over [N - 1/2, N + 1/2], shape (levels, count), >= 0; 0 where the mean is 0.

    ``dispersion`` has shape (count,), or (levels, count) where it differs by level.
    N is negative binomial with Var = mean + dispersion mean^2, that is with r = 1/dispersion successes of probability
    r/(r + mean); dispersion 0 is Poisson. The quantile q solves I_{r/(r + mean)}(r, q + 1/2) = level (incomplete beta function, which at
    whole numbers less 1/2 is the distribution of N), or lies within the smear of N = 0. Whole-number quantiles would cover too
    much: 92 % for 50 % at a mean of 1.
    """
    from scipy.special import nbdtrik

    some = mean > 0
    size = 1 / np.maximum(dispersion[..., some], POISSON)
    chance, level = size / (size + mean[some]), np.array(levels)[:, None]
    nothing = np.exp(size * np.log(chance))
    small = level <= nothing
    counted = nbdtrik(np.maximum(level, nothing), size, chance)
    bands = np.zeros((len(levels), len(mean)))
    bands[:, some] = np.where(small, level / np.where(small, nothing, 1.0) - 1, counted) + 0.5
    return np.maximum(bands, 0.0)


def quantiles_along(
    mean: FloatArray, dispersion: Callable[[FloatArray], FloatArray], levels: Sequence[float]
) -> FloatArray:
    """:func:`quantiles` where the dispersion is a smooth function of the mean: solved at ``KNOTS`` means, interpolated between.

    It is their distance from the mean that is interpolated, along the mean's root, in which it is smooth.
    """
    distinct = np.unique(mean[mean > 0])
    if len(distinct) <= KNOTS:
        return quantiles(mean, dispersion(mean), levels)
    knots = np.linspace(distinct[0] ** 0.5, distinct[-1] ** 0.5, KNOTS) ** 2
    distance = quantiles(knots, dispersion(knots), levels) - knots
    rows = [np.interp(np.sqrt(mean), np.sqrt(knots), row) for row in distance]
    found = mean + np.array(rows).reshape(len(rows), len(mean))
    return np.where(mean > 0, np.maximum(found, 0.0), 0.0)


def cumulative(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """P(N <= count) of negative binomial counts, elementwise, continued between whole numbers; 0 below 0."""
    from scipy.special import betainc

    size = 1 / np.maximum(dispersion, POISSON)
    return np.where(count > -1, betainc(size, np.maximum(count + 1, POISSON), size / (size + mean)), 0.0)
