"""How sure a forecast is: dispersion by week ahead, and levels set right by how often they held in rehearsals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.bands import cumulative, quantiles_along
from wfm.forecast.days import FloatArray
from wfm.forecast.dispersion import SMALLEST, fit_misses, learn_dispersion
from wfm.forecast.misses import Misses
from wfm.forecast.rehearsal import Rehearsal

SAMPLE = 3000  # misses that are ranked; more take time and tell little
GOLDEN = (
    0.6180339887498949  # multiples of it modulo 1 are spread evenly (Weyl 1916): randomised ranks that are no chance
)
PRIOR_DAYS = 14.0  # different days of evidence at which levels are corrected by half
LOPSIDED = 14.0  # rehearsals at which it is believed by half that counts come rather above than below, or the reverse
SURELY = 1e-4
CLASSES, ENOUGH = 4, 50  # of sizes of the mean; misses that a class needs
TINY = 1e-3
EIGHT = 8  # weeks
BESIDES = 2  # degrees of freedom that the prior adds to those of the rehearsals
MIDDLE = 1e-3  # levels so near to a half have the doubt of a half


@dataclass(frozen=True)
class Spread:
    """Dispersion by week ahead and by size of the mean, and where rehearsed counts came in the distribution that follows from it.

    dispersion = ``by_week``[week] factor(mean), the factor ``factors`` at means ``sizes`` and interpolated between on the log scale:
    small intervals stray more than Var = mean + d mean^2 with a single d tells. ``ranks`` are levels in 0..1, sorted, of ``days`` days
    in ``rehearsals`` rehearsals. ``whole_days`` says that the counts are daily totals.
    """

    by_week: FloatArray
    sizes: FloatArray
    factors: FloatArray
    ranks: FloatArray
    days: int
    rehearsals: int = 0
    whole_days: bool = False

    @classmethod
    def of(cls, rehearsals: Sequence[Rehearsal], weeks: int, poisson_share: float = 1.0) -> Self:
        """Learn from the rehearsals of one method (see :func:`wfm.forecast.dispersion.learn_dispersion`)."""
        misses = Misses.of(rehearsals)
        by_week = learn_dispersion(misses, max(weeks, EIGHT), poisson_share)
        whole_days = all(one.actual.shape[1] == 1 for one in rehearsals)
        sizes, factors = (np.ones(1), np.ones(1)) if whole_days else _factors(misses, by_week, poisson_share)
        unranked = cls(by_week, sizes, factors, np.empty(0), misses.days, misses.rehearsals, whole_days)
        return replace(unranked, ranks=unranked._ranks(misses))

    def dispersion(self, mean: FloatArray, week: NDArray[np.int64]) -> FloatArray:
        """Dispersion at each mean and week ahead."""
        factor = np.exp(np.interp(np.log(np.maximum(mean, TINY)), np.log(self.sizes), np.log(self.factors)))
        return np.asarray(self.by_week[np.minimum(week, len(self.by_week) - 1)] * factor)

    def bands(self, mean: FloatArray, week: NDArray[np.int64], levels: Sequence[float]) -> FloatArray:
        """Quantiles at nominal levels, shape (levels, count): negative binomial ones at the levels that were reached in rehearsals.

        If 90 % of rehearsed counts came below the 86 % quantile, that one is taken for 90 % (recalibration by the ranks,
        Dawid 1984, Kuleshov 2018), half-heartedly where few days were rehearsed; those of daily totals are wider by :meth:`doubt`.
        """
        found, wanted = np.zeros((len(levels), len(mean))), self.corrected(levels)
        doubt = self.doubt(levels)
        for ahead in np.unique(week):
            of_week = week == ahead
            found[:, of_week] = quantiles_along(mean[of_week], partial(self._doubted, doubt, ahead), wanted)
        return found

    def corrected(self, levels: Sequence[float]) -> tuple[float, ...]:
        """The level of the negative binomial that stands for each nominal one; increasing like them.

        Ranks count together with their mirror images, 1 - rank: seven rehearsals tell how far counts stray, but hardly to which side.
        """
        nominal = np.array(levels)
        if not self.days:
            return tuple(levels)
        even = np.quantile(np.concatenate([self.ranks, 1 - self.ranks]), nominal)
        lopsided = self.rehearsals / (self.rehearsals + LOPSIDED)
        reached = even + lopsided * (np.quantile(self.ranks, nominal) - even)
        share = self.days / (self.days + PRIOR_DAYS)
        reached = share * reached + (1 - share) * nominal
        return tuple(np.clip(reached, SURELY * nominal, 1 - SURELY * (1 - nominal)).tolist())

    def doubt(self, levels: Sequence[float]) -> FloatArray:
        """What to multiply the dispersion by at each level: 1 for intervals, (t / z)^2 for whole days.

        The totals of a week go up and down together, so that n rehearsals are hardly more than n misses, and quantiles are those of
        Student's t with n + ``BESIDES`` degrees of freedom (Student 1908) beside the normal's. An interval has noise of its own.
        """
        from scipy.special import ndtri, stdtrit

        if not (self.whole_days and self.rehearsals):
            return np.ones(len(levels))
        upper = 0.5 + np.maximum(np.abs(np.array(levels) - 0.5), MIDDLE)
        return np.asarray((stdtrit(self.rehearsals + BESIDES, upper) / ndtri(upper)) ** 2)

    def _doubted(self, doubt: FloatArray, week: NDArray[np.int64], mean: FloatArray) -> FloatArray:
        return np.asarray(doubt[:, None] * self.dispersion(mean, week))

    def _ranks(self, misses: Misses) -> FloatArray:
        """Where in their distribution counts came, 0..1, sorted: uniform where it is right (Smith 1985; randomised for counts)."""
        some = misses.some(SAMPLE)
        dispersion = some.strain * self.dispersion(some.mean, some.week)
        below, upto = (cumulative(count, some.mean, dispersion) for count in (some.actual - 1, some.actual))
        within = np.arange(1, len(some) + 1) * GOLDEN % 1
        return np.sort(below + within * (upto - below))


def of_whole_days(rehearsals: Sequence[Rehearsal]) -> tuple[Rehearsal, ...]:
    """The rehearsals of daily totals: one slot a day, over the intervals known on it; a day without any is unknown."""
    found = []
    for one in rehearsals:
        known = ~np.isnan(one.actual) & ~np.isnan(one.means[0])
        mean = np.where(known, one.means[0], 0.0).sum(axis=1, keepdims=True)
        came = np.where(known, one.actual, 0.0).sum(axis=1, keepdims=True)
        found.append(Rehearsal(one.origin, mean[None], np.where(known.any(axis=1, keepdims=True), came, np.nan)))
    return tuple(found)


def _factors(misses: Misses, by_week: FloatArray, poisson_share: float) -> tuple[FloatArray, FloatArray]:
    """Means at which the dispersion's factor is known, and the factors: from misses in ``CLASSES`` classes of equal number by size."""
    if len(misses) < CLASSES * ENOUGH:
        return np.ones(1), np.ones(1)
    share = misses.days / (misses.days + PRIOR_DAYS)
    sizes, factors = [], []
    for positions in np.array_split(np.argsort(misses.mean, kind="stable"), CLASSES):
        own = misses.part(positions)
        usual = float(np.exp(np.log(np.maximum(by_week[own.week], SMALLEST)).mean()))
        sizes.append(max(float(np.median(own.mean)), TINY))
        factors.append((fit_misses(own, poisson_share) / usual) ** share)
    return np.maximum.accumulate(np.array(sizes)) * (1 + 1e-9 * np.arange(CLASSES)), np.array(factors)
