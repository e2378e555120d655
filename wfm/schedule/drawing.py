"""Rosters drawn from a mix of tours that is best for a bound, each put right by tours without noise; then some agents drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np

from wfm.schedule.draft import Draft, Tour
from wfm.schedule.search import Search

DRAWS, SWEEPS = 12, 4
"""Whole rosters drawn at first, with so many sweeps over all agents each. On 25 agents over 4 weeks each takes 0.4 CPU s and costs 1,230
to 1,250 where 30 CPU s of annealed tours come to 1,250 and the bound is 1,184."""
FEW, FEW_SWEEPS = (2, 8), 2
"""Then so many agents are drawn anew in the best roster, with so many sweeps: 1,214 after 18 CPU s more."""
TOLD = 100
"""Rounds after which the best is told again."""

Mix = Mapping[str, Sequence[tuple[float, Tour]]]
"""Tours of each agent with their shares."""
Standing = tuple[float, float]


class Best(NamedTuple):
    """A roster, and what it stands at on a search's scale."""

    standing: Standing
    draft: Draft


def drawn(search: Search, mix: Mix, start: Draft, go_on: Callable[[], bool]) -> Iterator[Draft]:
    """Better and better rosters than ``start``, told now and then and at the end; ``go_on`` is asked before each is made."""
    drawing = _Drawing(search, mix)
    best = told = drawing.of({agent: tour.without_tasks for agent, tour in start.tours.items()}, 0)
    for number in count():
        whole = number < DRAWS
        if not go_on():
            break
        if number >= DRAWS and number % TOLD == DRAWS and best is not told:
            yield best.draft
            told = best
        found = drawing.of(drawing.drawn(list(mix)), SWEEPS) if whole else drawing.near(best.draft)
        best = min(best, found, key=lambda one: one.standing)
    if best is not told:
        yield best.draft


class _Drawing:
    def __init__(self, search: Search, mix: Mix) -> None:
        self.search, self.mix = search, mix
        self.search.noise = search.noise.silent

    def drawn(self, agents: Sequence[str]) -> dict[str, Tour]:
        """A tour of each of some agents, as likely as its share is large."""
        return {agent: self._tour(self.mix[agent]) for agent in agents}

    def _tour(self, tours: Sequence[tuple[float, Tour]]) -> Tour:
        shares = np.array([share for share, _ in tours])
        return tours[self.search.random.choice(len(tours), p=shares / shares.sum())][1]

    def near(self, draft: Draft) -> Best:
        """The same with some agents drawn anew, and put right."""
        agents = self.search.random.permutation(list(self.mix))[: self.search.random.integers(*FEW, endpoint=True)]
        return self.of({**draft.tours, **self.drawn(agents.tolist())}, FEW_SWEEPS)

    def of(self, tours: Mapping[str, Tour], sweeps: int) -> Best:
        """Some tours, put right by sweeps over all agents."""
        for agent, tour in tours.items():
            self.search.take(agent, tour)
        left = iter(range(sweeps * len(tours)))
        self.search.anneal(lambda: next((0.0 for _ in left), None))
        return Best(self.search.standing(), self.search.draft)
