"""Sums over a tour that are bounded: as a gauge that the search reads, or loose, kept by prices on what they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Counter
from wfm.schedule.tours.machine import Choices, Costs
from wfm.schedule.tours.tables import Table, counted_out

ROUNDS = 20
"""Times that a sum is priced anew, and tours that a price is sought with, before choices are barred."""
ALMOST = 1e-9
"""Values so near are the same."""


class Gauge(NamedTuple):
    """The table of what is counted, in the largest unit that suits, and what each count costs after the last day.

    Counts beyond the charges are not allowed; without charges nothing that can be counted costs anything.
    """

    table: Table
    charges: Costs


def gauge(problem: RosterProblem, counter: Counter, charge: float) -> Gauge:
    """The gauge of a counter at ``charge`` for one unit of breach (inf: forbidden)."""
    table = counted_out(problem, counter.automaton)
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
        amount = self.of_tour(choices)
        return max(0, amount - self.high) + min(0, amount - self.low)


Best = Callable[[Costs], tuple[float, Choices]]
"""The best tour at some worth of every choice, and its value; -inf where there is none."""


def best_priced(worth: Costs, sums: Sequence[Sum], best: Best) -> tuple[float, Choices]:
    """The best tour that is found at prices which keep it within all sums; exact where no price is needed, or where it pays for itself.

    A sum that the best tour breaks gets the price at which breaking it pays no more (Everett 1963); should that go round in a
    circle, the choices worth least are barred. The value is -inf where nothing is found.
    """
    value, choices = best(worth)
    priced, rounds = worth, 0
    while np.isfinite(value) and (broken := [one for one in sums if one.outside(choices)]):
        worst, rounds = max(broken, key=lambda one: abs(one.outside(choices))), rounds + 1
        if rounds <= ROUNDS:
            value, choices, priced = _within(worst, priced, best, (value, choices))
        else:
            priced = _barred(worst, priced, choices)
            value, choices = best(priced)
    if priced is worth or not np.isfinite(value):
        return value, choices
    made = np.arange(len(choices)), choices
    return value + float((worth[made] - priced[made]).sum()), choices


def _within(one: Sum, worth: Costs, best: Best, beyond: tuple[float, Choices]) -> tuple[float, Choices, Costs]:
    """A tour within one sum, its value at the price at which the best tours beyond it are worth no more, and worths less that price."""
    sign = 1 if one.outside(beyond[1]) > 0 else -1
    amounts, bound = sign * one.amounts, max(sign * one.low, sign * one.high)
    dear = len(worth) * (1.0 + float(np.ptp(worth[np.isfinite(worth)])))
    value, choices = best(worth - dear * amounts)
    if not np.isfinite(value) or one.outside(choices):
        return -np.inf, choices, worth
    out = beyond[0], sign * one.of_tour(beyond[1])
    inside, kept = (value + dear * (amount := sign * one.of_tour(choices)), amount), choices
    for _ in range(ROUNDS):
        price = (out[0] - inside[0]) / (out[1] - inside[1])
        value, choices = best(worth - price * amounts)
        amount = sign * one.of_tour(choices)
        if value <= out[0] - price * out[1] + ALMOST:
            break
        if amount > bound:
            out = value + price * amount, amount
        else:
            inside, kept = (value + price * amount, amount), choices
    return inside[0] - price * inside[1], kept, worth - price * amounts


def _barred(one: Sum, worth: Costs, choices: Choices) -> Costs:
    """Worths without the choice of a tour that counts in a sum and is worth least."""
    counting = [day for day, choice in enumerate(choices) if one.amounts[day, choice] > 0]
    least = min(counting, key=lambda day: worth[day, choices[day]])
    barred = worth.copy()
    barred[least, choices[least]] = -np.inf
    return barred
