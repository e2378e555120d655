"""How far counts stray from their forecast: negative binomial dispersion, learned from forecasts of the known past."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.forecast.days import FloatArray
from wfm.forecast.rehearsal import WEEK, Rehearsal

PRIOR = 0.1  # of a history too short to tell: a standard error of about 32 %, wide on purpose
PRIOR_DAYS = 7.0  # days of evidence that weigh as much as the prior
PRIOR_REHEARSALS = 4.0  # rehearsals that reach a week ahead and weigh as much as all weeks together
SMALLEST, LARGEST = 1e-4, 10.0  # 1 % and 316 % of standard error above Poisson; beyond lies a fault of the data
HALVINGS = 14  # to 0.1 % of the dispersion
CLIP = 9.0  # a squared residual counts for 3 standard errors at most, so that one hurricane does not widen every band
EXPECTED = 0.995  # E[min(Z^2, 9)] of a standard normal Z


def learn_dispersion(rehearsals: Sequence[Rehearsal], weeks: int, poisson_share: float = 1.0) -> FloatArray:
    """Dispersion by week ahead, shape (weeks,), >= 0 and nowhere falling: Var = mean + dispersion mean^2.

    The misses of a method's rehearsals in each week ahead are shrunk towards those of all weeks, by the rehearsals that reach it, and
    these towards ``PRIOR``, by days of evidence. Farther ahead is never surer (isotonic regression of the logs, Barlow et al.
    1972); weeks farther ahead than any miss observed take the farthest one's value. ``poisson_share`` is the part of Poisson's
    variance that the counts show (1/k where each is the k-th part of a coarser count).
    """
    from scipy.optimize import isotonic_regression

    misses = [misses_of(one) for one in rehearsals]
    rows = np.concatenate([np.empty((0, 4)), *misses])
    if not len(rows):
        return np.full(weeks, PRIOR)
    days, seen = len(np.unique(rows[:, 1])), np.unique(rows[:, 0])
    pooled = _drawn(rows, poisson_share, PRIOR, days / (days + PRIOR_DAYS))
    reached = np.array([sum(week in one[:, 0] for one in misses) for week in seen])
    own = [
        _drawn(rows[rows[:, 0] == week], poisson_share, pooled, share)
        for week, share in zip(seen, reached / (reached + PRIOR_REHEARSALS), strict=True)
    ]
    rising = isotonic_regression(np.log(own), weights=reached).x
    return np.exp(np.interp(np.arange(weeks), seen, rising))


def fit_dispersion(mean: FloatArray, actual: FloatArray, poisson_share: float = 1.0) -> float:
    """The dispersion d at which residuals are as large as they should be, by robust moments: 0 where Poisson explains them.

    Solves sum w min(z^2, 9) = 0.995 sum w, z^2 = (actual - mean)^2 / (mean + d mean^2), in d by bisection (Pearson's moment
    equation, McCullagh & Nelder 1989, with residuals clipped as Huber 1964). w = mean/(1 + mean) leaves out intervals so empty
    that they tell nothing.
    """
    squared, weight = (actual - mean) ** 2, mean / (1 + mean)

    def excess(dispersion: float) -> float:
        ratio = squared / (poisson_share * mean + dispersion * mean**2)
        return float(weight @ (np.minimum(ratio, CLIP) - EXPECTED))

    low, high = SMALLEST, LARGEST
    if excess(low) <= 0:
        return 0.0
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high


def misses_of(rehearsal: Rehearsal) -> FloatArray:
    """Rows of (week ahead, target day, mean, actual), one a recorded interval with a positive mean."""
    mean, actual = rehearsal.means[0], rehearsal.actual
    ahead, slot = np.nonzero(~np.isnan(actual) & (mean > 0))
    return np.stack([ahead // WEEK, rehearsal.origin + ahead, mean[ahead, slot], actual[ahead, slot]], axis=1)


def _drawn(rows: FloatArray, poisson_share: float, towards: float, share: float) -> float:
    """The fitted dispersion of misses by ``share``, and another by the rest of it, on the log scale."""
    fitted = max(fit_dispersion(rows[:, 2], rows[:, 3], poisson_share), SMALLEST)
    return float(fitted**share * max(towards, SMALLEST) ** (1 - share))
