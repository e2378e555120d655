"""Methods that are mixed from others: which shares each member has in the first week and later, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days import Days, FloatArray, ratio
from wfm.forecast.forecaster import ForecastMethod
from wfm.forecast.ground import answers
from wfm.forecast.rehearsal import WEEK, Rehearsal, rehearse

DAYS_AHEAD = 56


@dataclass(frozen=True)
class Shares:
    """Shares of the members, each summing to 1, for the first ``WEEK`` days ahead and for those after; ``notes`` say why."""

    near: FloatArray
    far: FloatArray
    notes: tuple[str, ...] = ()


@runtime_checkable
class Blending(ForecastMethod, Protocol):
    """A method that mixes the answers of its members by what their rehearsals showed."""

    @property
    def members(self) -> tuple[ForecastMethod, ...]:
        """The methods that it mixes."""
        ...

    def shares(self, rehearsals: Sequence[Rehearsal]) -> Shares:
        """The share of each member, from rehearsals of the members in their order."""
        ...


@dataclass(frozen=True)
class Blend:
    """Members with the shares that were found for them, and the ``rehearsals`` that showed it."""

    members: tuple[ForecastMethod, ...]
    shares: Shares
    rehearsals: tuple[Rehearsal, ...]

    def expect(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None) -> FloatArray:
        """See :class:`wfm.forecast.forecaster.ForecastMethod`."""
        ahead = [max(0, (day - past.dates[-1]).days - 1) for day in future.dates]
        return self._mixed(np.stack(self._answers(counts, past, future, weights)), np.array(ahead))

    def rehearsed(self) -> tuple[Rehearsal, ...]:
        """The rehearsals of the mixture, as if it were a single method."""
        return tuple(
            Rehearsal(one.origin, self._mixed(one.means, np.arange(len(one.actual)))[None], one.actual)
            for one in self.rehearsals
        )

    def _answers(self, counts: FloatArray, past: Days, future: Days, weights: FloatArray | None) -> list[FloatArray]:
        """Answers of those members that have a share; NaN for the others."""
        wanted = [k for k in range(len(self.members)) if self.shares.near[k] > 0 or self.shares.far[k] > 0]
        found = dict(
            zip(wanted, answers([self.members[k] for k in wanted], counts, past, future, weights), strict=True)
        )
        silent = np.full((len(future), counts.shape[1]), np.nan)
        return [found.get(k, silent) for k in range(len(self.members))]

    def _mixed(self, means: FloatArray, ahead: NDArray[np.int64]) -> FloatArray:
        """Mean of the members' answers by share, (days, slots); a member that says NaN leaves its share to the others."""
        share = np.where((ahead < WEEK)[None, :], self.shares.near[:, None], self.shares.far[:, None])[:, :, None]
        mass = np.where(np.isnan(means), 0.0, share)
        return ratio((mass * np.nan_to_num(means)).sum(axis=0), mass.sum(axis=0))


def blend(
    method: ForecastMethod, counts: FloatArray, past: Days, weights: FloatArray | None, days_ahead: int = DAYS_AHEAD
) -> Blend:
    """The method with its shares learned from the past; a method that mixes nothing has itself as its only member."""
    members = method.members if isinstance(method, Blending) else (method,)
    rehearsals = rehearse(members, counts, past, days_ahead, weights)
    whole = Shares(np.ones(1), np.ones(1))
    return Blend(members, method.shares(rehearsals) if isinstance(method, Blending) else whole, rehearsals)
