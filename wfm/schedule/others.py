"""What everybody but one agent does, as rules that couple agents ask about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.problem import Duty, RosterProblem

Duties = Sequence[Duty | None]
"""What an agent does on each day; None: a day off."""


class Others:
    """Tours of some agents: tours[agent][day] is the duty or None; serving[g, t] minutes of group g on the queue at t.

    A search keeps the answers up to date from move to move (see crew.Crew), so that asking costs no look at every agent.
    """

    def __init__(self, problem: RosterProblem, tours: Mapping[str, Duties], serving: NDArray[np.int64]) -> None:
        self.problem, self.tours, self.serving = problem, tours, serving

    def heads(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """How many of some agents work each duty, shape (days, slots); only to be read, and before anybody moves.

        Ask with the same set at every move: what has been asked once is kept up to date and costs nothing.
        """
        heads = np.zeros(self.problem.on_call.shape, dtype=np.int64)
        for duty in (duty for agent in agents & self.tours.keys() for duty in self.tours[agent]):
            if duty is not None:
                heads[duty.day, duty.slot] += 1
        return heads

    def head(self, group: int) -> NDArray[np.int64]:
        """What one more head of a group would add to the worth of every step, as Market.head says it."""
        return self.problem.market.head(self.serving, group)
