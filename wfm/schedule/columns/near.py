"""Where to look for better rosters near a known one: some days of some agents, more of them where that was too easy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.linear import Floats

Free = NDArray[np.bool_]
"""The days of each agent that are open, shape (agents, days)."""
TURNS = ("days", "both", "days", "people")
"""On 30 agents five of 17 looks into some days of all found something better, none of 18 at all days of some; on 20 both did."""
GROW, SHRINK, FAR = 1.04, 0.96, 3
"""What a size is multiplied by where there was certainly nothing better, and where looking took too long; so many times where the gap is
wide. On 22 agents of 12 weeks, where three heads are short, quick growth around dear days saves two of them in a minute, slow growth
anywhere none; where 60 agents are 2 wishes off the optimum quick growth finds neither."""


@dataclass
class Places:
    """Draws places in turn: some days of all agents, some days of some, all days of some."""

    agents: int
    days: int
    random: np.random.Generator
    turn: int = 0
    people: float = 5.0
    stretch: float = 7.0
    """Agents of the last kind, days of the first; the one of both has twice as many of each."""

    def draw(self, dear: Floats) -> Free:
        """The next place, its days around one that is drawn by what days cost, ``dear``, as often as around any."""
        self.turn += 1
        evenly = np.ones(self.days)
        chances = evenly / self.days + (dear if dear.any() else evenly) / (dear.sum() or self.days)
        free, twice = np.zeros((self.agents, self.days), dtype=np.bool_), 2 if self._kind == "both" else 1
        days = slice(None) if self._kind == "people" else self._some_days(int(twice * self.stretch), chances)
        people = np.arange(self.agents) if self._kind == "days" else self._some_people(int(twice * self.people))
        free[people, days] = True
        return free

    def learn(self, *, easy: bool, far: bool = False) -> None:
        """Make the last kind of place larger where it was easy, smaller where it was not, by more where the optimum is ``far``."""
        factor = (GROW if easy else SHRINK) ** (FAR if far else 1)
        if self._kind != "days":
            self.people = min(max(2.0, self.people * factor), float(self.agents))
        if self._kind != "people":
            self.stretch = min(max(2.0, self.stretch * factor), float(self.days))

    @property
    def _kind(self) -> str:
        return TURNS[self.turn % len(TURNS)]

    def _some_days(self, length: int, chances: Floats) -> slice:
        middle = int(self.random.choice(self.days, p=chances / chances.sum()))
        first = max(0, middle - int(self.random.integers(length)))
        return slice(first, first + length)

    def _some_people(self, number: int) -> NDArray[np.int64]:
        return self.random.choice(self.agents, min(self.agents, number), replace=False)
