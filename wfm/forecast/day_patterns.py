"""How the surprises of a day hang together: a few patterns of the day, and what a morning tells about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.domain.quantity import DAY_MINUTES
from wfm.forecast.days import FloatArray, ratio, strongest

ROOM = 0.25  # sqrt(N + 1/4) of a Poisson count has a variance of about 1/4 whatever its mean (Brown et al. 2005)
LEAST_NOISE = 0.2
ROUNDS = 5
WILD = 3.0  # standard deviations beyond which a surprise counts no further: an outage is not the day's level
LINGERS, LINGER_MINUTES = 0.3, 90.0  # the share of noise that fades over time, and how fast (measured)
UNLIKE = 2.0  # days whose surprise is larger than this multiple of the median teach less


def roots(counts: FloatArray) -> FloatArray:
    """The scale on which surprises are measured: sqrt(count + 1/4)."""
    return np.sqrt(np.maximum(counts, 0.0) + ROOM)


def surprises(counts: FloatArray, mean: FloatArray) -> FloatArray:
    """roots(counts) - roots(mean), 0 where the count is unknown."""
    return np.where(np.isnan(counts), 0.0, roots(np.nan_to_num(counts)) - roots(mean))


@dataclass(frozen=True)
class Patterns:
    """surprise[d, s] = sum_k score[d, k] shape[k, s] + noise, scores of variance 1, noise of variance ``noise[s]``.

    ``shapes`` has shape (patterns, slots), ``noise`` (slots,).
    """

    shapes: FloatArray
    noise: FloatArray

    @classmethod
    def fit(cls, surprise: FloatArray, weight: FloatArray, count: int) -> Self:
        """The ``count`` strongest patterns of days x slots, by principal factors of their weighted second moments (Harman 1976)."""
        moment = (surprise * ratio(weight, weight.sum(), 0.0)[:, None]).T @ surprise
        noise, used = np.full(len(moment), ROOM), np.diag(moment) > 0
        if not used.any():
            return cls(np.zeros((count, len(moment))), noise)
        shapes = np.zeros((count, len(moment)))
        for _ in range(ROUNDS):
            values, vectors = strongest(moment - np.diag(noise), min(count, len(moment)))
            shapes = vectors * np.sqrt(np.maximum(values, 0.0))[:, None]
            rest = np.maximum(np.diag(moment) - (shapes**2).sum(axis=0), LEAST_NOISE)
            noise = (rest + rest[used].mean()) / 2
        return cls(shapes, noise)

    @classmethod
    def mean(cls, models: Sequence[Self]) -> Self:
        """The patterns whose covariance is the mean of those of several models, so that none has to be chosen."""
        shapes = np.vstack([one.shapes for one in models]) / np.sqrt(len(models))
        return cls(shapes, np.mean([one.noise for one in models], axis=0))

    def rest(self, surprise: FloatArray, seen: NDArray[np.bool_]) -> FloatArray:
        """The expected surprise of all slots of days given that of the ``seen`` ones; all shapes (days, slots).

        Cov[:, seen] Cov[seen, seen]^-1 surprise[seen], the best linear prediction; with independent noise it is penalised least squares
        of the scores (Shen & Huang 2008, section 4).
        """
        covariance = self._covariance()
        limit = WILD * np.sqrt(np.diag(covariance))
        heard, found = np.clip(surprise, -limit, limit), np.zeros_like(surprise)
        kinds, kind = np.unique(seen, axis=0, return_inverse=True)
        for k, mask in enumerate(kinds):
            days = kind.reshape(-1) == k
            solved = np.linalg.solve(covariance[np.ix_(mask, mask)], heard[np.ix_(days, mask)].T)
            found[days] = (covariance[:, mask] @ solved).T
        return found

    def _covariance(self) -> FloatArray:
        """Of the surprises of two slots: what patterns share, and noise of which a part lingers for some hours."""
        apart = np.abs(np.subtract.outer(np.arange(len(self.noise)), np.arange(len(self.noise))))
        lingers = LINGERS * np.exp(-apart * DAY_MINUTES / len(self.noise) / LINGER_MINUTES)
        deviation = np.sqrt(self.noise)
        noise = np.outer(deviation, deviation) * (lingers + (1 - LINGERS) * np.eye(len(self.noise)))
        return np.asarray(self.shapes.T @ self.shapes + noise)


def raised(mean: FloatArray, surprise: FloatArray, strength: float | FloatArray = 1.0) -> FloatArray:
    """Means after a surprise: mean (1 + surprise/roots(mean))^(2 strength); strength 0 changes nothing."""
    return np.asarray(mean * np.maximum(1 + surprise / roots(mean), 0.0) ** (2 * strength))


def trust_in_days(surprise: FloatArray) -> FloatArray:
    """Weight of each day, shape (days,): 1, or less where its surprise is far beyond that of most days."""
    size = np.sqrt((surprise**2).mean(axis=1))
    return np.minimum(1.0, ratio(np.full(len(size), UNLIKE * np.median(size)), size, 1.0)) ** 2
