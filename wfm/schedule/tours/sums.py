"""Sums over a tour that are bounded: as a gauge that the search reads, or loose, kept by prices (see prices.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Counter
from wfm.schedule.tours.machine import Choices, Costs
from wfm.schedule.tours.tables import NONE, Closed, Table, counted_out


class Gauge(NamedTuple):
    """The table of what is counted, in the largest unit that suits, and what each count costs after the last day.

    Counts beyond the charges are not allowed; without charges nothing that can be counted costs anything.
    """

    table: Table
    charges: Costs


def gauge(problem: RosterProblem, counter: Counter, charge: float, closed: Closed = NONE) -> Gauge:
    """The gauge of a counter at ``charge`` for one unit of breach (inf: forbidden)."""
    table = counted_out(problem, counter.automaton, closed)
    unit = max(1, int(np.gcd.reduce(np.concatenate([count.ravel() for count in table.count]))))
    breaches = [counter.breach(counted) for counted in range(0, table.most + 1, unit)]
    charges = np.array([charge * breach if breach else 0.0 for breach in breaches])
    allowed = np.flatnonzero(np.isfinite(charges))
    counts = tuple((count // unit).astype(np.int32) for count in table.count)
    kept = 0 if not charges.any() else allowed[-1] + 1 if len(allowed) else 1
    return Gauge(table.counting(counts), charges[:kept])


@dataclass(frozen=True, eq=False)
class Sum:
    """The sum of amounts[d, c] over the choices of a tour is at least ``low`` and at most ``high``."""

    amounts: NDArray[np.int64]
    low: int
    high: int

    @classmethod
    def of(cls, table: Table, charges: Costs) -> Sum:
        """The sum of a gauge that looks at the day's choice only."""
        low, high = np.flatnonzero(np.isfinite(charges))[[0, -1]]
        return cls(np.concatenate(table.count).astype(np.int64), int(low), int(high))

    def of_tour(self, choices: Choices) -> int:
        """What a tour amounts to."""
        return int(self.amounts[np.arange(len(choices)), choices].sum())

    def outside(self, choices: Choices) -> int:
        """How far a tour is above (below: negative) the bounds."""
        return self.beyond(self.of_tour(choices))

    def beyond(self, amount: int) -> int:
        """How far an amount is above (below: negative) the bounds."""
        return max(0, amount - self.high) + min(0, amount - self.low)

    def between(self, choices: Choices, days: slice) -> Sum:
        """What is left of the sum to some days of a tour."""
        part = Sum(self.amounts[days], self.low, self.high)
        rest = self.of_tour(choices) - part.of_tour(choices[days])
        return Sum(part.amounts, self.low - rest, self.high - rest)

    def no_more(self, choices: Choices) -> Sum:
        """The sum where no more may be used than a tour does, and no less where something has to be reached."""
        own = self.of_tour(choices)
        return Sum(self.amounts, max(self.low, own) if self.low > 0 else self.low, min(self.high, own))
