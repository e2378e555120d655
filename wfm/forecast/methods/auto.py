"""The automatic choice: the ensemble's methods and the planners' own mean, mixed by what each has earned on the queue's own past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from wfm.forecast.blend import DAYS_AHEAD, Shares, blend
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.methods.ensemble import Ensemble, earned
from wfm.forecast.methods.mean_of_four import MeanOfFour
from wfm.forecast.rehearsal import WEEK, Rehearsal, errors

BEFORE = np.array(
    [1.0, 1.0, 1.0, 0.25]
)  # a whole share of the mean of four costs up to 3 %, none up to 20 % where levels drift


class Auto:
    """The shares of :class:`wfm.forecast.methods.Ensemble`, with the mean of four as one more member that begins with a quarter of a share.

    Its mean is over days that are like each other, so that it knows holidays too. A method that errs a tenth less than all others
    takes nearly everything after many rehearsals.
    """

    kind: ClassVar[str] = "auto"
    docs: ClassVar[str] = (
        "What did best in rehearsals on this queue's own past: a mixture of regression, singular vectors, smoothing and the plain mean."
    )
    members: ClassVar[tuple[ForecastMethod, ...]] = (*Ensemble.members, MeanOfFour(with_holidays=True))

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return blend(self, counts, past, weights).expect(counts, past, future, weights)

    def shares(self, rehearsals: Sequence[Rehearsal]) -> Shares:
        """See :class:`wfm.forecast.blend.Blending`."""
        near, far = earned(rehearsals, 0, WEEK, BEFORE), earned(rehearsals, WEEK, DAYS_AHEAD, BEFORE)
        said = f"{self._table(near)} in the first week, {self._table(far)} later"
        error = errors(rehearsals, 0, DAYS_AHEAD)
        why = f"error in {len(rehearsals)} rehearsals: {self._table(error, '.1%')}" if len(error) else "no rehearsals"
        return Shares(near, far, (f"Chosen for this queue: {said} ({why}).",))

    def _table(self, values: FloatArray, style: str = ".0%") -> str:
        return ", ".join(f"{member.kind} {value:{style}}" for member, value in zip(self.members, values, strict=True))
