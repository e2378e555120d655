"""What everybody but one agent does, kept up to date while a search takes agents out and puts them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.problem import Duty, RosterProblem


class Others:
    """Tours of some agents: tours[agent][day] is the duty or None; serving[g, t] minutes of group g on the queue at t.

    A search keeps one for its whole length: :meth:`put` and :meth:`take` bring it up to date, with the heads that rules asked for.
    """

    def __init__(
        self, problem: RosterProblem, tours: Mapping[str, Sequence[Duty | None]], serving: NDArray[np.int64]
    ) -> None:
        self.problem = problem
        self.serving = serving
        self._tours = dict(tours)
        self._heads: dict[frozenset[str], NDArray[np.int64]] = {}

    @property
    def tours(self) -> Mapping[str, Sequence[Duty | None]]:
        """The duties of each agent by day, as they stand now; who has been taken out is not there."""
        return self._tours

    def heads(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """How many of some agents work each duty, shape (days, slots); only to be read, and for as long as nobody moves.

        Ask with the same set at every move: what has been asked once is kept up to date and costs nothing.
        """
        if agents not in self._heads:
            self._heads[agents] = np.zeros(self.problem.on_call.shape, dtype=np.int64)
            for agent in agents & self._tours.keys():
                _add(self._heads[agents], self._tours[agent], 1)
        return self._heads[agents]

    def put(self, agent: str, tour: Sequence[Duty | None]) -> None:
        """Give an agent who is not there a tour."""
        self._tours[agent] = tour
        self._count(agent, tour, 1)

    def take(self, agent: str) -> None:
        """Take an agent's tour out."""
        self._count(agent, self._tours.pop(agent), -1)

    def _count(self, agent: str, tour: Sequence[Duty | None], sign: int) -> None:
        for agents, heads in self._heads.items():
            if agent in agents:
                _add(heads, tour, sign)


def _add(heads: NDArray[np.int64], tour: Sequence[Duty | None], sign: int) -> None:
    for duty in tour:
        if duty is not None:
            heads[duty.day, duty.slot] += sign
