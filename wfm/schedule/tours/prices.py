"""The best tour that keeps loose sums: prices on what they count, and bars where prices go round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wfm.schedule.tours.machine import Choices, Costs
from wfm.schedule.tours.sums import Sum

ROUNDS = 12
"""Tours at new prices, before choices are barred."""
SLACK = 1
"""A price is good enough where so little of its sum is left over."""
LEAST_STEP = 1e-3
"""A price rises by at least so much of the spread of worths."""

Best = Callable[[Costs], tuple[float, Choices]]
"""The best tour at some worth of every choice, and its value; -inf where there is none."""


def best_priced(worth: Costs, sums: Sequence[Sum], best: Best) -> tuple[float, Choices]:
    """The best tour that is found at prices which keep it within all sums; exact where the best of all tours keeps them.

    A sum that is broken is priced at what it takes to give up its cheapest choices, and then between the highest price at which it was
    broken and the lowest at which it was kept (Everett 1963). Where no such tour is found, the cheapest choices are barred. The value is
    -inf where nothing is found.
    """
    value, choices = best(worth)
    tour = _Tour(sums, choices)
    if not np.isfinite(value) or tour.legal:
        return value, choices
    asked, priced = [_Asked(one) for one in sums], worth
    found = -np.inf, choices
    for _ in range(ROUNDS):
        moved = [one.moved(priced, tour, amount) for one, amount in zip(asked, tour.amounts, strict=True)]
        if not any(moved):
            break
        priced = worth - sum(one.price * one.sum.amounts for one in asked if one.at)
        value, choices = best(priced)
        tour = _Tour(sums, choices)
        if np.isfinite(value) and tour.legal:
            found = max(found, (tour.worth(worth, priced, value), choices))
    return found if np.isfinite(found[0]) else _barred(worth, priced, sums, best, choices)


class _Tour:
    """A tour with what each sum of it amounts to; ``at`` are the places of its choices."""

    def __init__(self, sums: Sequence[Sum], choices: Choices) -> None:
        self.at = np.arange(len(choices)), np.array(choices)
        self.amounts = [int(one.amounts[self.at].sum()) for one in sums]
        self.outside = [one.beyond(amount) for one, amount in zip(sums, self.amounts, strict=True)]

    @property
    def legal(self) -> bool:
        """Whether it keeps all sums."""
        return not any(self.outside)

    def worth(self, worth: Costs, priced: Costs, value: float) -> float:
        """What it is worth, where it had a value at other worths."""
        return value + float((worth[self.at] - priced[self.at]).sum())


class _Asked:
    """A sum with its price, below 0 where more is asked for; but for the sign it lies between ``low`` and ``high``."""

    def __init__(self, bounded: Sum) -> None:
        self.sum, self.sign, self.low, self.at, self.high = bounded, 1, 0.0, 0.0, np.inf

    @property
    def price(self) -> float:
        """Price of one unit of what is counted."""
        return self.sign * self.at

    def moved(self, worth: Costs, tour: _Tour, amount: int) -> bool:
        """Move the price after a tour that was best at it and has an amount of the sum; whether it moved."""
        before, outside = self.at, self.sum.beyond(amount)
        if outside and not self.at:
            self.sign = 1 if outside > 0 else -1
        if outside * self.sign > 0:
            self.low, self.high = before, self.high if before < self.high else np.inf
            step = _regret(self.sum, worth, tour, outside)
            self.at = (before + self.high) / 2 if self.high < np.inf else max(before + step, 2 * before)
        elif before and (outside or (self.sum.high - amount if self.sign > 0 else amount - self.sum.low) > SLACK):
            self.high = before
            self.at = (before + min(self.low, before)) / 2
        return self.at != before


def _regret(one: Sum, worth: Costs, tour: _Tour, outside: int) -> float:
    """What a unit of a sum has to cost until a tour's cheapest choices that break it are given up for the best others of their days."""
    counts = one.amounts > 0 if outside > 0 else one.amounts == 0
    others = np.where(counts, -np.inf, worth).max(axis=1)
    lost = np.sort((worth[tour.at] - others)[counts[tour.at]])
    lost = lost[np.isfinite(lost)]
    least = LEAST_STEP * float(np.ptp(worth[np.isfinite(worth)]))
    return max(least, float(lost[min(abs(outside), len(lost)) - 1]) if len(lost) else 0.0) + least


def _barred(worth: Costs, priced: Costs, sums: Sequence[Sum], best: Best, choices: Choices) -> tuple[float, Choices]:
    """A tour at some prices from which the cheapest choices are barred that break a sum, as many at once as it is broken by."""
    priced, value, tour = priced.copy(), 0.0, _Tour(sums, choices)
    while np.isfinite(value) and not tour.legal:
        over = [(one, outside) for one, outside in zip(sums, tour.outside, strict=True) if outside > 0]
        if not over:
            return -np.inf, choices
        one, outside = over[0]
        days = np.flatnonzero(one.amounts[tour.at])
        chosen = tour.at[1][days]
        cheapest = np.lexsort((days, priced[days, chosen]))
        enough = 1 + int(np.searchsorted(np.cumsum(one.amounts[days, chosen][cheapest]), outside))
        priced[days[cheapest[:enough]], chosen[cheapest[:enough]]] = -np.inf
        value, choices = best(priced)
        tour = _Tour(sums, choices)
    return (tour.worth(worth, priced, value) if np.isfinite(value) else value), choices
