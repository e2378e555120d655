"""A few shapes of the day that all days are mixed from, each with a score that goes on by weekday and yesterday's surprise."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import Codes, Days, FloatArray, ratio, strongest
from wfm.forecast.ground import Ground
from wfm.forecast.shapes import profiles

SHAPES = 4
MEMORY_DAYS = 210
HALF_LIFE_DAYS = 56.0
WEEKDAY_PRIOR_DAYS, LAG_PRIOR = 0.3, 2.0
ANSCOMBE = 0.25  # sqrt(N + 1/4) of a Poisson count has a variance of about 1/4 whatever its mean (Brown et al. 2005)


class SvdScores:
    """sqrt(count + 1/4) = sum_k score[d, k] shape[k, s]; score[d, k] = mean[weekday, k] + a_k (score[d-1, k] - its weekday's mean).

    The shapes are the first ``SHAPES`` right singular vectors of the days x slots matrix; the scores follow a regression on
    weekday and lag, newest days heaviest (Shen & Huang 2008); days fade no slower than the weekdays' levels. The square of a mean is
    too low by the days' variance: the answer is scaled so that the weekdays' means add up to what the past brought.
    """

    kind: ClassVar[str] = "svd_scores"
    docs: ClassVar[str] = (
        "Days mixed from a few typical shapes (SVD), whose shares go on by weekday and yesterday's surprise."
    )

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return self.on(Ground.of(counts, past, future, weights))

    def on(self, ground: Ground) -> FloatArray:
        """See :class:`wfm.forecast.ground.Grounded`."""
        begin = max(0, len(ground.counts) - MEMORY_DAYS)
        rows = begin + np.flatnonzero((ground.mass[begin:] > 0) & (ground.trust[begin:] > 0))
        if not len(rows):
            return ground.answer(np.zeros((len(ground.ahead), len(ground.columns))))
        roots, codes = np.sqrt(_filled(ground, rows) + ANSCOMBE), ground.codes[rows]
        shapes = _shapes(roots)
        fading = ground.trust[rows] * 0.5 ** (ground.age_days[rows] / min(HALF_LIFE_DAYS, ground.half_life_days))
        scores = roots @ shapes.T
        ahead = _scores_ahead(scores, codes, fading, ground)
        scale = _scale(roots, scores, shapes, codes, fading)
        return ground.answer(ground.smoothing.smooth(scale * _counts(ahead, shapes)) * ground.factor[:, None])


def _filled(ground: Ground, rows: NDArray[np.intp]) -> FloatArray:
    """Counts of days, those not recorded or not believed as the day's total times its weekday's shape."""
    shape = profiles(ground.counts, ground.weights, ground.codes)
    usual = ground.total[rows, None] * shape[ground.codes[rows]]
    weights = np.minimum(ratio(ground.weights[rows], ground.trust[rows, None], 0.0), 1.0)
    return weights * ground.counts[rows] + (1 - weights) * usual


def _shapes(roots: FloatArray) -> FloatArray:
    """The first right singular vectors, shape (SHAPES, slots), by the smaller Gram matrix."""
    return strongest(roots.T @ roots, min(SHAPES, *roots.shape))[1]


def _counts(scores: FloatArray, shapes: FloatArray) -> FloatArray:
    return np.maximum(np.maximum(scores @ shapes, 0.0) ** 2 - ANSCOMBE, 0.0)


def _scores_ahead(scores: FloatArray, codes: Codes, fading: FloatArray, ground: Ground) -> FloatArray:
    """Scores of the days ahead, shape (days ahead, shapes)."""
    kinds = np.arange(7)
    is_code = np.equal(codes[:, None], kinds).astype(np.float64)
    usual = ratio(is_code.T @ scores, is_code.sum(axis=0)[:, None], scores.mean(axis=0))
    surprise = scores - usual[codes]
    prior = np.append(np.full(7, WEEKDAY_PRIOR_DAYS), LAG_PRIOR)
    guess = np.vstack([usual, np.zeros(scores.shape[1])])
    # One regression for each shape, all solved at once: shapes lie along the first axis.
    lag = surprise[:-1].T[:, :, None]
    columns = np.concatenate([np.broadcast_to(is_code[1:], (len(lag), len(scores) - 1, 7)), lag], axis=2)
    lean = columns.swapaxes(1, 2) * fading[1:]
    target = lean @ scores[1:].T[:, :, None] + (prior[:, None] * guess).T[:, :, None]
    fitted = np.linalg.solve(lean @ columns + np.diag(prior), target)[:, :, 0].T
    lasting = np.clip(fitted[7], 0.0, 1.0) ** (1 + ground.days_ahead[:, None])
    return np.asarray(ground.ahead @ fitted[:7] + surprise[-1] * lasting)


def _scale(roots: FloatArray, scores: FloatArray, shapes: FloatArray, codes: Codes, fading: FloatArray) -> float:
    is_code = np.equal(codes[:, None], np.arange(7)) * fading[:, None]
    usual = ratio(is_code.T @ scores, is_code.sum(axis=0)[:, None], 0.0)
    fitted = fading @ _counts(usual, shapes).sum(axis=1)[codes]
    return float(ratio(fading @ (roots**2 - ANSCOMBE).sum(axis=1), fitted, 1.0))
