"""Rosters by exact tours: agents put in one after another, then taken out and put back against noisy worths that cool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.agents import Choice, Scale, Workshop
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Others, Pull, Rule
from wfm.schedule.tours import Choices
from wfm.schedule.worth import DutyWorth

FIRST_NOISE = 0.3
"""Noise at first, as a share of what a minute of an empty roster is worth; measured on planted centres: 0.2 to 0.4 do alike."""
FORBIDDEN_PRICE = 1e4
"""Price of a unit of forbidden breach between agents, in contacts."""
Heat = Callable[[], float | None]
"""How much noise is left, from 1 to 0; None when the search is over. Asked before each tour."""


@dataclass(frozen=True)
class Found:
    """The best draft of a search, its tours tried, and the ids of rules that were too large for the tours."""

    draft: Draft
    tours: int
    left_out: tuple[str, ...]


class Search:
    """Annealed best response: each agent in turn gets the best legal tour given all others (exact), under noise that cools.

    All rules about one agent stand in the tour's machine; rules that couple agents tell by their pulls what one more agent is
    worth. Coupling rules without a pull are left to CP-SAT.
    """

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], seed: int, start: Draft | None = None) -> None:
        self.problem = problem
        self.scale = Scale.of(rules)
        self.rules = rules
        self.random = np.random.default_rng(seed)
        self.worth = DutyWorth(problem)
        self.workshop = Workshop(problem, rules, self.scale)
        self.choices: dict[str, Choice] = {agent.id: self.workshop.choice(agent) for agent in problem.workforce.agents}
        idle = Tour.idle(problem)
        self.tours = dict.fromkeys(self.choices, idle)
        self.minutes = dict.fromkeys(self.choices, minutes_on_queue(problem, idle))
        self.serving = np.zeros((len(problem.groups), problem.grid.count), dtype=np.int64)
        self.noise = FIRST_NOISE * self._typical_worth()
        self.count = 0
        self.placed: set[str] = set()
        for agent in problem.workforce.agents if start else ():
            tour = start.tours.get(agent.id, idle) if start else idle
            if np.isfinite(self.choices[agent.id].cost(_choices(tour))):
                self._put(agent, tour)
                self.placed.add(agent.id)

    def greedy(self) -> Draft:
        """Every agent without a tour gets the best one given all others, those who can do least first."""
        for agent in sorted(self.problem.workforce.agents, key=self._freedom):
            if agent.id not in self.placed:
                self._respond(agent, 0.0)
        self.placed.update(self.choices)
        return self.draft

    def anneal(self, heat: Heat, on_sweep: Callable[[Draft], None] = lambda _: None) -> Found:
        """Sweeps over the agents in random order until the heat is over; the best roster at a sweep's end is kept."""
        gain, best, kept = 0.0, 0.0, self.draft
        agents = self.problem.workforce.agents
        while (warmth := heat()) is not None and agents:
            for position in self.random.permutation(len(agents)).tolist():
                if (warmth := heat()) is None:
                    break
                gain += self._respond(agents[position], warmth)
            if gain > best + 1e-9:
                best, kept = gain, self.draft
                on_sweep(kept)
        return Found(kept, self.count, tuple(sorted(self.workshop.left_out)))

    @property
    def draft(self) -> Draft:
        """The roster as it stands."""
        return Draft(self.problem, dict(self.tours))

    def _respond(self, agent: Agent, warmth: float) -> float:
        """Take an agent out and put the best tour back; gives the gain over the former tour, noise aside."""
        former, minutes = self._take(agent)
        pull = self._pull(agent)
        noisy = self._disturbed(pull, warmth)
        choice = self.choices[agent.id]
        _, choices = choice.best(self.worth.of(noisy))
        self._put(agent, self._tour(choices, noisy))
        self.count += 1
        loss = self._value(agent, pull, former, minutes)
        return self._value(agent, pull, self.tours[agent.id], self.minutes[agent.id]) - loss

    def _take(self, agent: Agent) -> tuple[Tour, NDArray[np.int64]]:
        """The tour of an agent and its minutes, which are taken off the queue."""
        minutes = self.minutes[agent.id]
        if agent.id in self.problem.group_of:
            self.serving[self.problem.group_of[agent.id]] -= minutes
        return self.tours[agent.id], minutes

    def _put(self, agent: Agent, tour: Tour) -> None:
        """Give an agent a tour."""
        self.tours[agent.id] = tour
        self.minutes[agent.id] = minutes_on_queue(self.problem, tour)
        if agent.id in self.problem.group_of:
            self.serving[self.problem.group_of[agent.id]] += self.minutes[agent.id]

    def _value(self, agent: Agent, pull: Pull, tour: Tour, minutes: NDArray[np.int64]) -> float:
        """What a tour is worth to all rules, its breaks where they are."""
        assert pull.serving is not None  # made by _pull
        off_queue = self.worth.of(Pull(None, pull.present, pull.duty))
        choices = _choices(tour)
        whole = float(off_queue[np.arange(len(choices)), choices].sum())
        return float(pull.serving @ minutes) + whole - self.choices[agent.id].cost(choices)

    def _pull(self, agent: Agent) -> Pull:
        """The pulls of all rules together, in contacts."""
        others = Others({name: tour.duties for name, tour in self.tours.items() if name != agent.id}, self.serving)
        serving = np.zeros(self.problem.grid.count)
        present = np.zeros(self.problem.grid.count)
        duty = np.zeros((len(self.problem.days), len(self.problem.slots)))
        for rule in self.rules:
            pull = rule.pull(self.problem, others, agent, self.scale.price(rule, FORBIDDEN_PRICE))
            if pull is not None:
                serving += 0.0 if pull.serving is None else pull.serving
                present += 0.0 if pull.present is None else pull.present
                duty += 0.0 if pull.duty is None else pull.duty
        return Pull(serving, present, duty)

    def _disturbed(self, pull: Pull, warmth: float) -> Pull:
        assert pull.serving is not None  # made by _pull
        noise = warmth * self.noise * self.random.standard_normal(self.problem.grid.count)
        return Pull(pull.serving + noise, pull.present, pull.duty)

    def _tour(self, choices: Choices, pull: Pull) -> Tour:
        assert pull.serving is not None  # made by _pull
        sums = self.worth.sums(pull.serving)
        by_slot = [{duty.slot: duty for duty in duties} for duties in self.problem.duties]
        duties = tuple(by_slot[day][choice - 1] if choice else None for day, choice in enumerate(choices))
        return Tour(duties, tuple(self.worth.breaks(duty, sums) if duty else () for duty in duties))

    def _typical_worth(self) -> float:
        """Mean worth of a minute to the agents of the empty roster, where it is worth anything."""
        pulls = [self._pull(self.problem.workforce.by_id[agents[0]]) for agents, _ in self.problem.groups]
        worth = np.array([part for pull in pulls for part in (pull.serving, pull.present) if part is not None])
        return float(worth[worth > 0].mean()) if (worth > 0).any() else 0.0

    def _freedom(self, agent: Agent) -> tuple[int, int, str]:
        """Channels that an agent serves, duties that the fixed rules allow, and the id."""
        serves = [serves for agents, serves in self.problem.groups if agent.id in agents]
        allowed = int(np.isfinite(self.choices[agent.id].fixed).sum())
        return sum(map(len, serves)), allowed, agent.id


def _choices(tour: Tour) -> Choices:
    return tuple(1 + duty.slot if duty else 0 for duty in tour.duties)
