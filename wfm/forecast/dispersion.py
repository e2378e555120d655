"""How far counts stray from their forecast: negative binomial dispersion, learned from forecasts of the known past."""

from __future__ import annotations

import numpy as np

from wfm.forecast.days import FloatArray
from wfm.forecast.misses import Misses

PRIOR = 0.1  # of a history too short to tell: a standard error of about 32 %, wide on purpose
PRIOR_DAYS = 7.0  # days of evidence that weigh as much as the prior
PRIOR_REHEARSALS = 4.0  # rehearsals that reach a week ahead and weigh as much as all weeks together
SMALLEST, LARGEST = 1e-4, 10.0  # 1 % and 316 % of standard error above Poisson; beyond lies a fault of the data
SAMPLE = 4000  # misses that tell a dispersion to 2 %; more take time
HALVINGS = 14  # to 0.1 % of the dispersion
CLIP = 9.0  # a squared residual counts for 3 standard errors at most, so that one hurricane does not widen every band
EXPECTED = 0.995  # E[min(Z^2, 9)] of a standard normal Z


def learn_dispersion(misses: Misses, weeks: int, poisson_share: float = 1.0) -> FloatArray:
    """Dispersion by week ahead, shape (weeks,), >= 0 and nowhere falling: Var = mean + dispersion mean^2.

    What was missed in each week ahead is shrunk towards what was in all weeks, by the rehearsals that reach it, and this towards
    ``PRIOR``, by days of evidence. Farther ahead is never surer (isotonic regression of the logs, Barlow et al. 1972); weeks farther
    ahead than any miss take the farthest one's value. ``poisson_share`` is the part of Poisson's variance that the counts
    show (1/k where each is the k-th part of a coarser count).
    """
    from scipy.optimize import isotonic_regression

    if not len(misses):
        return np.full(weeks, PRIOR)
    pooled = _drawn(misses, poisson_share, PRIOR, misses.days / (misses.days + PRIOR_DAYS))
    seen = np.flatnonzero(np.bincount(misses.week))
    of_week = [misses.part(misses.week == week) for week in seen]
    reached = np.array([own.rehearsals for own in of_week])
    shares = reached / (reached + PRIOR_REHEARSALS)
    found = [_drawn(own, poisson_share, pooled, share) for own, share in zip(of_week, shares.tolist(), strict=True)]
    rising = isotonic_regression(np.log(found), weights=reached).x
    return np.asarray(np.exp(np.interp(np.arange(weeks), seen, rising)))


def fit_dispersion(
    mean: FloatArray, actual: FloatArray, poisson_share: float = 1.0, strain: FloatArray | float = 1.0
) -> float:
    """The dispersion d at which residuals are as large as they should be, by robust moments: 0 where Poisson explains them.

    Solves sum w min(z^2, 9) = 0.995 sum w, z^2 = (actual - mean)^2 / (mean + d strain mean^2), in d by bisection (Pearson's moment
    equation, McCullagh & Nelder 1989, with residuals clipped as Huber 1964). w = mean/(1 + mean) leaves out intervals so empty
    that they tell nothing. ``strain`` is how many times the dispersion sought that of each count was.
    """
    squared, weight = (actual - mean) ** 2, mean / (1 + mean)
    poisson, strained, enough = poisson_share * mean, strain * mean**2, EXPECTED * weight.sum()

    def excess(dispersion: float) -> float:
        # No dot product: BLAS would wake a second core for so long a one.
        return float((weight * np.minimum(squared / (poisson + dispersion * strained), CLIP)).sum() - enough)

    low, high = SMALLEST, LARGEST
    if excess(low) <= 0:
        return 0.0
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high


def fit_misses(misses: Misses, poisson_share: float = 1.0) -> float:
    """The dispersion of a forecast from the whole past that its rehearsals' misses tell, at least ``SMALLEST``."""
    some = misses.some(SAMPLE)
    return max(fit_dispersion(some.mean, some.actual, poisson_share, some.strain), SMALLEST)


def _drawn(misses: Misses, poisson_share: float, towards: float, share: float) -> float:
    """The fitted dispersion by ``share`` and another by the rest of it, on the log scale."""
    return float(fit_misses(misses, poisson_share) ** share * towards ** (1 - share))
