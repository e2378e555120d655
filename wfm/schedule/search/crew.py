"""Everybody's tours as they stand, and what rules ask about them, brought up to date at every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.market import Margins
from wfm.schedule.others import Duties, Others
from wfm.schedule.problem import RosterProblem


class Crew:
    """The tour of each agent, minutes on the queue by group, and heads on each duty of the sets of agents that were asked for.

    Several threads may put tours at once; each reads what stands at the moment, and nothing is lost.
    """

    def __init__(self, problem: RosterProblem) -> None:
        idle = Tour.idle(problem)
        self.problem = problem
        self.tours = {agent.id: idle for agent in problem.workforce.agents}
        self.duties: dict[str, Duties] = dict.fromkeys(self.tours, idle.duties)
        self.serving = problem.serving_before.copy()
        self._minutes: dict[str, NDArray[np.int16]] = {}
        self._heads: dict[frozenset[str], NDArray[np.int64]] = {}
        self._lock = Lock()

    @property
    def draft(self) -> Draft:
        """The roster as it stands."""
        return Draft(self.problem, dict(self.tours))

    def put(self, agent: str, tour: Tour, minutes: NDArray[np.int64] | None = None) -> None:
        """Give an agent a tour instead of the former one; ``minutes`` are its own on the queue, where they are known already."""
        if tour == self.tours[agent]:
            return
        group = self.problem.group_of.get(agent)
        with self._lock:
            if group is not None:
                after = (minutes_on_queue(self.problem, tour) if minutes is None else minutes).astype(np.int16)
                self.serving[group] += after - self._minutes.get(agent, np.int16(0))
                self._minutes[agent] = after
            for agents, heads in self._heads.items():
                if agent in agents:
                    heads[self.tours[agent].worked] -= 1
                    heads[tour.worked] += 1
            self.tours[agent], self.duties[agent] = tour, tour.duties

    def heads(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """How many of some agents work each duty now, shape (days, slots)."""
        if agents not in self._heads:
            with self._lock:
                self._heads[agents] = self.everybody.counted(agents)
        return self._heads[agents]

    @property
    def everybody(self) -> _Standing:
        """What everybody does now."""
        return _Standing(self, self.duties, self.serving)

    def without(self, agent: str, margins: Margins) -> _Without:
        """What everybody else does now."""
        serving, group = self.serving, self.problem.group_of.get(agent)
        if group is not None:
            serving = serving.copy()
            serving[group] -= self._minutes.get(agent, np.int16(0))
        return _Without(self, agent, serving, margins)


class _Standing(Others):
    """Everybody, with heads that the crew keeps."""

    def __init__(self, crew: Crew, tours: Mapping[str, Duties], serving: NDArray[np.int64]) -> None:
        super().__init__(crew.problem, tours, serving)
        self.crew = crew

    def counted(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """Heads counted afresh."""
        return super().heads(agents)

    def heads(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """Heads as the crew keeps them."""
        return self.crew.heads(agents)


class _Without(_Standing):
    """Everybody but one agent."""

    def __init__(self, crew: Crew, agent: str, serving: NDArray[np.int64], margins: Margins) -> None:
        super().__init__(crew, _Rest(crew.duties, agent), serving)
        self.agent, self.margins = agent, margins

    def heads(self, agents: frozenset[str]) -> NDArray[np.int64]:
        """Heads as the crew keeps them, less the agent's own."""
        heads = self.crew.heads(agents)
        if self.agent not in agents:
            return heads
        rest = heads.copy()
        rest[self.crew.tours[self.agent].worked] -= 1
        return rest

    def head(self, group: int) -> NDArray[np.int64]:
        """As the market says it, asked again only where something has changed."""
        return self.margins.of(self.serving, group)


class _Rest(Mapping[str, Duties]):
    """The tours of all but one agent, without a copy."""

    def __init__(self, duties: Mapping[str, Duties], agent: str) -> None:
        self.duties, self.agent = duties, agent

    def __getitem__(self, agent: str) -> Duties:
        if agent == self.agent:
            raise KeyError(agent)
        return self.duties[agent]

    def __iter__(self) -> Iterator[str]:
        return (agent for agent in self.duties if agent != self.agent)

    def __len__(self) -> int:
        return len(self.duties) - 1
