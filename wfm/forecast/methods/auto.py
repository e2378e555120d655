"""The automatic choice: the ensemble, unless rehearsals on the queue's own past show that a single method is clearly better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from wfm.forecast.blend import DAYS_AHEAD, Blend, Shares, blend
from wfm.forecast.days import Days, FloatArray
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.methods.ensemble import Ensemble
from wfm.forecast.methods.mean_of_four import MeanOfFour
from wfm.forecast.rehearsal import Rehearsal, errors

ENSEMBLE = Ensemble()
CLEARLY = 0.08  # share by which a single method must err less than the ensemble; 3 % picked winners by chance
FEW = 3  # rehearsals below which nothing is clear


class Auto:
    """Rehearse on the past; take the ensemble, or one of its members or ``mean_of_four`` where that one erred less by ``CLEARLY``.

    With fewer than ``FEW`` rehearsals nothing is clear. Errors are summed over rehearsals and all days ahead.
    """

    kind: ClassVar[str] = "auto"
    docs: ClassVar[str] = (
        "The method that did best in rehearsals on this queue's own past; the ensemble unless another is clearly better."
    )
    members: ClassVar[tuple[ForecastMethod, ...]] = (*ENSEMBLE.members, MeanOfFour())

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None = None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        return blend(self, counts, past, weights).expect(counts, past, future, weights)

    def shares(self, rehearsals: Sequence[Rehearsal]) -> Shares:
        """See :class:`wfm.forecast.blend.Blending`."""
        mixed = self._ensemble(rehearsals)
        error = errors(_with_mixture(rehearsals, mixed), 0, DAYS_AHEAD)
        if len(rehearsals) < FEW or np.isnan(error).any():
            note = f"The ensemble was taken: {len(rehearsals)} rehearsals on the past are too few to choose by."
            return Shares(mixed.near, mixed.far, (note, *mixed.notes))
        best, ensemble = int(np.argmin(error[:-1])), float(error[-1])
        table = ", ".join(f"{member.kind} {value:.1%}" for member, value in zip(self.members, error, strict=False))
        said = f"error in {len(rehearsals)} rehearsals: ensemble {ensemble:.1%}, {table}"
        if error[best] < (1 - CLEARLY) * ensemble:
            alone = np.eye(len(self.members))[best]
            return Shares(alone, alone, (f"Chosen for this queue: {self.members[best].kind} ({said}).",))
        return Shares(mixed.near, mixed.far, (f"Chosen for this queue: the ensemble ({said}).", *mixed.notes))

    def _ensemble(self, rehearsals: Sequence[Rehearsal]) -> Shares:
        count = len(ENSEMBLE.members)
        found = ENSEMBLE.shares([Rehearsal(one.origin, one.means[:count], one.actual) for one in rehearsals])
        idle = np.zeros(len(self.members) - count)
        return Shares(np.append(found.near, idle), np.append(found.far, idle), found.notes)


def _with_mixture(rehearsals: Sequence[Rehearsal], shares: Shares) -> list[Rehearsal]:
    """The rehearsals with the mixture as one more method, the last."""
    mixed = Blend((), shares, tuple(rehearsals)).rehearsed()
    return [
        Rehearsal(one.origin, np.concatenate([one.means, both.means]), one.actual)
        for one, both in zip(rehearsals, mixed, strict=True)
    ]
