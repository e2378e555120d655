"""Where to look for better rosters near a known one: some days of some agents, more of them where that was too easy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Free = NDArray[np.bool_]
"""The days of each agent that are open, shape (agents, days)."""
GROW, SHRINK = 1.04, 0.96
"""What a size is multiplied by where there was certainly nothing better, and where looking took too long."""


@dataclass
class Places:
    """Draws places in turn: all agents in some days, some agents in all days, some agents in some days."""

    agents: int
    days: int
    random: np.random.Generator
    turn: int = 0
    people: float = 5.0
    stretch: float = 7.0
    """Agents of the second kind, days of the first; the third has twice both."""

    def draw(self) -> Free:
        """The next place."""
        self.turn += 1
        kind, free = self.turn % 3, np.zeros((self.agents, self.days), dtype=np.bool_)
        days = self._days(self.stretch * (1 if kind == 0 else 2)) if kind != 1 else slice(None)
        people = self._people(self.people * (1 if kind == 1 else 2)) if kind != 0 else np.arange(self.agents)
        free[people, days] = True
        return free

    def _days(self, length: float) -> slice:
        first = int(self.random.integers(-int(length) // 2, self.days))
        return slice(max(0, first), max(0, first) + max(1, int(length)))

    def _people(self, number: float) -> NDArray[np.int64]:
        return self.random.choice(self.agents, min(self.agents, int(number)), replace=False)

    def learn(self, *, easy: bool) -> None:
        """Make the last kind of place larger where it was easy, smaller where it was not."""
        factor, kind = GROW if easy else SHRINK, self.turn % 3
        if kind != 0:
            self.people = min(max(2.0, self.people * factor), float(self.agents))
        if kind != 1:
            self.stretch = min(max(2.0, self.stretch * factor), float(self.days))
