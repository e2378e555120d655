"""A dive: from the best mix of tours down to a roster, what most of the mix agrees on first, with new tours on the way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.columns.generate import Generation
from wfm.schedule.columns.master import Mix
from wfm.schedule.columns.pricing import Column, Prices
from wfm.schedule.linear import Floats

AGREED = 0.97
"""A day of an agent is settled if so much of the mix does the same; a second dive that settles others first may end elsewhere."""
AT_LEAST, AT_MOST, GROW, SHRINK = 0.005, 0.1, 2.0, 0.25
"""Share of the open days that is settled in each step beside those on which the mix agrees; it grows with each cheap step and shrinks
where one was dear, which is then taken back."""
ROUNDS = 8
"""Rounds of new tours after each step at most; it ends when the mix is as cheap as before, or cannot be. On 30 agents of INRC-II a dive
takes 33 s to 1,670 with 8 of them, more than 50 s with 20."""
PATIENT_ROUNDS = 20
"""The same as long as a dive is not late; nor do steps grow then: on 22 agents of 12 weeks it ends at 4,578 rather than 4,869, after 6 s
rather than 2."""
DEAR = 2e-4
"""A step that makes the mix dearer by more than this share is held against the opposite: that its first day is not so."""
WHOLE = 1 - 1e-6
"""A share of so much is the whole."""


class Dive:
    """Settles days of agents step by step in a generation of agents one by one, whose bound no longer counts.

    Each step is judged by the mix that is left; a dear one is taken back where the opposite is cheaper. Where it is ``late`` steps grow.
    """

    def __init__(
        self,
        generation: Generation,
        go_on: Callable[[], bool],
        late: Callable[[], bool] = lambda: True,
        agreed: float = AGREED,
    ) -> None:
        self.generation, self.go_on, self.late, self.agreed = generation, go_on, late, agreed
        self.master, self.pricing = generation.master, generation.pricing
        self.days, self.share = np.arange(len(self.pricing.problem.days)), AT_LEAST

    def down(self, limit: float = np.inf) -> list[Column] | None:
        """One column for each agent; None where the way costs ``limit`` already or there is no time left."""
        mix = self._improved()
        while mix is not None and mix.cost < limit and self.go_on():
            shares = self._shares(mix.shares)
            if shares.max(axis=2).min() >= WHOLE:
                return [self.master.columns[place] for place in np.flatnonzero(mix.shares >= 1 - WHOLE).tolist()]
            mix = self._deeper(mix, shares)
        return None

    def _improved(self, enough: float = -np.inf) -> Mix | None:
        """The best mix after some rounds of new tours, fewer where it costs no more than ``enough`` or certainly will."""
        generation, last = self.generation, self.generation.rounds + (ROUNDS if self.late() else PATIENT_ROUNDS)
        generation.bound, generation.mix = -np.inf, None
        self.master.only(self.pricing.open)

        def more() -> bool:
            near = generation.mix is not None and generation.mix.cost <= enough
            return generation.rounds < last and not near and generation.bound <= enough and self.go_on()

        generation.run(more if enough > -np.inf else lambda: generation.rounds < last)
        return self.master.solve()

    def _shares(self, shares: Floats) -> Floats:
        """How much of the mix does what on each day of each agent; shape (agents, days, 1 + slots)."""
        whole = np.zeros(self.pricing.open.shape)
        for place in np.flatnonzero(shares).tolist():
            column = self.master.columns[place]
            whole[column.peers, self.days, column.choices] += shares[place]
        return whole

    def _deeper(self, mix: Mix, shares: Floats) -> Mix | None:
        """The mix after one step more, as long a one as is not dear, or its opposite."""
        before, enough = self.pricing.open, mix.cost + DEAR * abs(mix.cost)
        while True:
            shortest = self.share <= AT_LEAST
            first = self._settle(shares, mix.prices)
            settled, after = self._improved(enough), self.pricing.open
            if settled is not None and settled.cost <= enough:
                self.share = min(AT_MOST, GROW * self.share) if self.late() else AT_LEAST
                return settled
            self.share = max(AT_LEAST, SHRINK * self.share)
            if shortest:
                break
            self.pricing.open = before
        self.pricing.open = before.copy()
        self.pricing.open[first] = False
        if self._has_tour(first[0], mix.prices):
            other = self._improved(enough)
            if other is not None and (settled is None or other.cost < settled.cost):
                return other
        self.pricing.open = after
        return self._improved(enough)

    def _settle(self, shares: Floats, prices: Prices) -> tuple[int, int, int]:
        """Settle the open days on which the mix agrees, or agrees most; tell agent, day and choice of the first doubtful one."""
        free = self.pricing.open.sum(axis=2) > 1
        agreed = np.where(free, shares.max(axis=2), -1.0)
        choice = shares.argmax(axis=2)
        some = np.argsort(-agreed, axis=None, kind="stable")
        sure = int((agreed >= self.agreed).sum())
        self.pricing.open = self.pricing.open.copy()
        cells = [divmod(cell, agreed.shape[1]) for cell in some[: sure + max(1, int(self.share * free.sum()))].tolist()]
        for agent in {agent for agent, _ in cells}:
            self._settle_one(agent, np.array([day for who, day in cells if who == agent]), choice[agent], prices)
        doubtful = cells[min(sure, len(cells) - 1)]
        return (*doubtful, int(choice[doubtful]))

    def _settle_one(self, agent: int, days: NDArray[np.int64], choice: NDArray[np.int64], prices: Prices) -> None:
        """Settle some days of an agent; only the first of them if there is no tour with all."""
        former = self.pricing.open[agent].copy()
        for some in (days, days[:1]):
            self.pricing.open[agent] = former
            self.pricing.open[agent, some] = False
            self.pricing.open[agent, some, choice[some]] = former[some, choice[some]]
            if self._has_tour(agent, prices):
                return
        self.pricing.open[agent] = former

    def _has_tour(self, agent: int, prices: Prices) -> bool:
        """Whether an agent has a tour left; the best one comes in."""
        column = self.pricing.best(agent, prices)
        return column is not None and self.master.add([column]) >= 0
