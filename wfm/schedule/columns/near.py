"""Where to look for better rosters near a known one: some days of some agents, more of them where that was too easy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.linear import Floats

Free = NDArray[np.bool_]
"""The days of each agent that are open, shape (agents, days)."""
GROW, SHRINK, FAR = 1.04, 0.96, 3
"""What a size is multiplied by where there was certainly nothing better, and where looking was in vain; so many times where the gap is
wide: on 22 agents of 12 weeks finds that save a head are five to eight weeks long. Where 60 agents are 2 wishes off the optimum quick
growth finds neither."""
FEW, WEEK, PART = 5, 7, 4
"""At least so many agents or days, and such a part of all, are open at first; where both are limited, twice as many."""


@dataclass
class Kind:
    """One kind of place: so many days of so many agents, and the rounds that looking there took for each find."""

    agents: float
    days: float
    rounds: int = 0
    found: int = 0

    @property
    def effort(self) -> float:
        """Rounds for each find; one is given to begin with."""
        return self.rounds / (1 + self.found)


class Places:
    """Draws places of three kinds: some days of all agents, all days of some, some days of some. The kind with the least effort is next.

    On 30 agents of 4 weeks days of all were best, on 20 both were; on 22 agents of 12 weeks it takes some weeks of all to find any,
    and all days of some take six times as many rounds.
    """

    def __init__(self, agents: int, days: int, random: np.random.Generator) -> None:
        self.agents, self.days, self.random = agents, days, random
        people, stretch = max(FEW, agents / PART), max(WEEK, days / PART)
        self.kinds = [Kind(agents, stretch), Kind(people, days), Kind(2 * people, 2 * stretch)]
        self.kind = self.kinds[0]

    def draw(self, dear: Floats) -> Free:
        """The next place, its days around one that is drawn by what days cost, ``dear``, as often as around any."""
        self.kind = min(self.kinds, key=lambda kind: kind.effort)
        free = np.zeros((self.agents, self.days), dtype=np.bool_)
        people = self.random.choice(self.agents, min(self.agents, int(self.kind.agents)), replace=False)
        free[people, self._some_days(min(self.days, int(self.kind.days)), dear)] = True
        return free

    def learn(self, rounds: int, *, easy: bool, better: bool = False, far: bool = False) -> None:
        """Make the last kind of place larger where it was easy, smaller where it was in vain, by more where the optimum is ``far``."""
        kind, factor = self.kind, 1.0 if better else (GROW if easy else SHRINK) ** (FAR if far else 1)
        kind.rounds, kind.found = kind.rounds + rounds, kind.found + better
        if kind.agents < self.agents:
            kind.agents = max(1.0, min(kind.agents * factor, self.agents - 1.0))
        if kind.days < self.days:
            kind.days = max(1.0, min(kind.days * factor, self.days - 1.0))

    def _some_days(self, length: int, dear: Floats) -> slice:
        evenly = np.ones(self.days)
        chances = evenly / self.days + (dear if dear.any() else evenly) / (dear.sum() or self.days)
        middle = int(self.random.choice(self.days, p=chances / chances.sum()))
        first = middle - int(self.random.integers(length))
        first = min(max(0, first), self.days - length)
        return slice(first, first + length)
