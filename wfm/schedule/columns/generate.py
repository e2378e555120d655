"""Column generation: prices from the best mix of known tours, better tours at those prices, until there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from wfm.schedule.columns.master import Master, Mix
from wfm.schedule.columns.pricing import Offer, Prices, Pricing

SMOOTHING = 0.6
"""Share of the best prices so far in those that are asked (Wentges 1997): 44 rounds instead of 52 on 30 agents, 39 instead of 47 on 60."""
LESS_SMOOTHING = 0.3
"""What is taken off the share where smoothed prices bring no column that the mix wants."""
CLOSE = 1e-7
"""Relative distance of bound and mix at which the prices are right."""
LEAST_GAIN = 1e-7
"""A column comes in if it saves more than this, in contacts."""
More = Callable[[], bool]
"""Whether to go on, asked before each round."""


@dataclass
class Generation:
    """A master and its pricing, the best bound so far with the prices at which it was found, and the best mix."""

    master: Master
    pricing: Pricing
    bound: float = -np.inf
    at: Prices | None = None
    mix: Mix | None = None
    rounds: int = field(default=0)

    def begin(self, prices: Prices) -> None:
        """Ask some prices first, and stay near them."""
        self._learn(self.pricing.at(prices), prices)

    def run(self, more: More) -> bool:
        """Rounds of master and pricing until the mix is best (True) or there is no ``more``; the bound only rises."""
        while more():
            self.mix = self.master.solve()
            if self.mix is None:
                return False
            if self.mix.cost - self.bound <= CLOSE * max(1.0, abs(self.mix.cost)) or not self._priced(self.mix):
                return True
            self.rounds += 1
        return False

    def _priced(self, mix: Mix) -> int:
        """New columns at smoothed prices, at less and less smoothed ones where these bring none that the mix wants."""
        share, best = (0.0, mix.prices) if self.at is None else (SMOOTHING, self.at)
        while True:
            prices = mix.prices.mixed(best, share)
            offer = self.pricing.at(prices)
            self._learn(offer, prices)
            new = self.master.add(column for column in offer.columns if mix.gain(column) > LEAST_GAIN)
            if new or share <= 0:
                return new
            share = max(0.0, share - LESS_SMOOTHING)

    def _learn(self, offer: Offer, prices: Prices) -> None:
        if offer.bound > self.bound:
            self.bound, self.at = offer.bound, prices
