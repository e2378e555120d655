"""From a mix of tours down to one tour each: days on which the mix agrees are settled first, and prices and tours follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.bundle.mixing import Mixing
from wfm.schedule.bundle.oracle import Answer, Oracle
from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.draft import Tour
from wfm.schedule.linear import Floats

AGREED, AT_LEAST = 0.97, 0.02
"""A day of an agent is settled if so much of the mix does the same; in each step at least such a share of all days."""
ROUNDS = 2
"""Rounds of prices and new tours after each step: on 25 agents over 4 weeks 2 of them, with sweeps after, end at 1,208 to 1,213 after 7
CPU s, 4 at 1,209 after 15; rosters drawn from the mix agent by agent came to 1,217 in 20."""
Open = NDArray[np.bool_]
Cells = Sequence[tuple[int, int]]


class Descents:
    """Ways down from the mix of a bundle: of all agents, or of some while the tours of the others are kept."""

    def __init__(self, oracle: Oracle, mix: Mapping[str, Sequence[tuple[float, Tour]]], prices: Floats) -> None:
        self.oracle, self.prices = oracle.alone(), prices
        self.agents = [row.peers.agents[0] for row in self.oracle.debtors]
        self.known = [
            [(share, self.oracle.of_tours(row, [tour])) for share, tour in mix[agent]]
            for agent, row in zip(self.agents, self.oracle.debtors, strict=True)
        ]
        size = self.oracle.problem.grid.step_minutes
        self.stride = float(np.abs(prices).sum()) / (size * max(1, int(np.count_nonzero(prices))))
        """A row that is missed by one head over a step moves its price by the mean of all."""

    def down(
        self, free: Collection[str], kept: Mapping[str, Tour], go_on: Callable[[], bool], pace: float = 1.0
    ) -> dict[str, Tour]:
        """One tour of each free agent beside those of all others; where nothing says to go on, what has the largest share so far.

        Another ``pace`` of the prices leads to other tours.
        """
        others = zip(self.agents, self.oracle.debtors, strict=True)
        rows, left = [block for block, agent in enumerate(self.agents) if agent in free], self.oracle.relaxation
        for agent, row in others:
            if agent not in free:
                left = left.less(self.oracle.of_tours(row, [kept[agent]]).adds)
        return _Descent(self, rows, left, pace).down(go_on)


class _Descent:
    """Settles days of agents step by step around prices that follow what is missed, as in a method of multipliers (Bertsekas 1982)."""

    def __init__(self, way: Descents, rows: Sequence[int], relaxation: Relaxation, pace: float) -> None:
        self.oracle, self.near, self.stride = way.oracle, way.prices, pace * way.stride
        self.debtors = [way.oracle.debtors[row] for row in rows]
        self.open: Open = np.array([np.isfinite(row.peers.choice.fixed) for row in self.debtors])
        self.days = np.arange(self.open.shape[1])
        width = max(int(np.count_nonzero(answer.adds)) for row in rows for _, answer in way.known[row])
        self.mixing = Mixing(relaxation, len(rows), width)
        self.known: dict[tuple[int, int], Tour] = {}
        for block, row in enumerate(rows):
            places = [self._take(block, answer) for _, answer in way.known[row]]
            self.mixing.share[block] = 0.0
            np.add.at(self.mixing.share[block], places, [share for share, _ in way.known[row]])

    def down(self, go_on: Callable[[], bool]) -> dict[str, Tour]:
        """Settle all days, and tell one tour of each agent."""
        while (free := self.open.sum(axis=2) > 1).any() and go_on():
            self._settle(self._agreed(free))
            for _ in range(ROUNDS):
                self._priced()
        best = self.mixing.share.argmax(axis=1).tolist()
        return {
            row.peers.agents[0]: self.known[place] for row, place in zip(self.debtors, enumerate(best), strict=True)
        }

    def _priced(self) -> None:
        """Prices that follow what the mix misses, and everybody's best tour at them."""
        self.mixing.settle(self.near, self.stride)
        self.near = self.mixing.prices.copy()
        for block in range(len(self.debtors)):
            self._ask(block)
        self.mixing.settle(self.near, self.stride)

    def _ask(self, block: int) -> bool:
        """An agent's best tour as far as days are settled comes to be known; whether there is one."""
        answer = self.oracle.answer(self.debtors[block], self.near, self.open[block])
        if found := bool(np.isfinite(answer.cost)):
            self._take(block, answer)
        return found

    def _take(self, block: int, answer: Answer) -> int:
        place = self.mixing.take(block, answer.cost, answer.adds)
        self.known[block, place] = answer.tours[0]
        return place

    def _agreed(self, free: Open) -> dict[int, list[tuple[int, int]]]:
        """The days to settle next, with the choice of each, by agent: those on which the mix agrees, or agrees most."""
        shares = np.zeros(self.open.shape)
        for block, place in np.argwhere(self.mixing.share > 0).tolist():
            shares[block, self.days, self.known[block, place].choices] += self.mixing.share[block, place]
        agreed, choice = np.where(free, shares.max(axis=2), -1.0), shares.argmax(axis=2)
        number = max(int((agreed >= AGREED).sum()), min(int(free.sum()), 1 + int(AT_LEAST * free.size)))
        found: dict[int, list[tuple[int, int]]] = {}
        for cell in np.argsort(-agreed, axis=None, kind="stable")[:number].tolist():
            block, day = divmod(cell, len(self.days))
            found.setdefault(block, []).append((day, int(choice[block, day])))
        return found

    def _settle(self, asked: Mapping[int, Cells]) -> None:
        """Settle days of each agent, the first alone where there is no tour with all, else its opposite."""
        for block, cells in asked.items():
            before = self.open[block].copy()
            for some in (cells, cells[:1]):
                self.open[block] = before
                for day, choice in some:
                    self.open[block, day] &= np.arange(self.open.shape[2]) == choice
                if self._ask(block):
                    break
            else:
                self.open[block] = before
                self.open[block, cells[0][0], cells[0][1]] = False
                self._ask(block)
            self._forget(block)

    def _forget(self, block: int) -> None:
        """Tours that do not do what is settled."""
        for place in np.flatnonzero(np.isfinite(self.mixing.cost[block])).tolist():
            if not self.open[block, self.days, self.known[block, place].choices].all():
                self.mixing.forget(block, place)
