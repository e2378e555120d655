"""Regression, singular vectors and exponential smoothing together, each with the share that it has earned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from wfm.forecast.blend import DAYS_AHEAD, Shares, blend
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.methods.poisson_glm import PoissonGlm
from wfm.forecast.methods.svd_scores import SvdScores
from wfm.forecast.methods.top_down import TopDown
from wfm.forecast.rehearsal import WEEK, Rehearsal, errors

SHARPNESS = 20.0  # a member that errs 5 % less weighs e times as much once there are many rehearsals
HALF_LEARNED = 2.0  # rehearsals at which half of the sharpness is used


class Ensemble:
    """share_m ~ error_m^-p with p = SHARPNESS n / (n + HALF_LEARNED) after n rehearsals, apart for the first week and later.

    Equal shares without rehearsals: combining forecasts errs less than choosing one (Bates & Granger 1969), and few rehearsals say
    little.
    """

    kind: ClassVar[str] = "ensemble"
    docs: ClassVar[str] = (
        "Mean of regression, singular vectors and smoothing, weighted by how each did in rehearsals on the past."
    )
    members: ClassVar[tuple[ForecastMethod, ...]] = (PoissonGlm(), SvdScores(), TopDown())

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return blend(self, counts, past, weights).expect(counts, past, future, weights)

    def shares(self, rehearsals: Sequence[Rehearsal]) -> Shares:
        """See :class:`wfm.forecast.blend.Blending`."""
        equal = np.ones(len(self.members))
        near, far = earned(rehearsals, 0, WEEK, equal), earned(rehearsals, WEEK, DAYS_AHEAD, equal)
        return Shares(near, far, (self._note(near, far, len(rehearsals)),))

    def _note(self, near: FloatArray, far: FloatArray, rehearsals: int) -> str:
        def said(shares: FloatArray) -> str:
            return ", ".join(f"{m.kind} {share:.0%}" for m, share in zip(self.members, shares, strict=True))

        return f"Shares learned from {rehearsals} rehearsals: {said(near)} in the first week, {said(far)} later."


def earned(rehearsals: Sequence[Rehearsal], first: int, end: int, before: FloatArray) -> FloatArray:
    """The shares that members have earned over days [first, end) ahead, shape (members,): in proportion to ``before`` at the outset."""
    error = errors(rehearsals, first, end)
    if not len(error) or np.isnan(error).any() or not (error > 0).all():
        return np.asarray(before / before.sum())
    reached = sum(len(one.actual) > first for one in rehearsals)
    earning = before * (error / error.min()) ** (-SHARPNESS * reached / (reached + HALF_LEARNED))
    return np.asarray(earning / earning.sum())
