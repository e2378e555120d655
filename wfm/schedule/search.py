"""Rosters by exact tours: agents put in one after another, then taken out and put back against noisy worths that cool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.agents import Choice, Scale, Workshop
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.others import Others
from wfm.schedule.placing.blocks import Blocks
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.tours import Costs
from wfm.schedule.worth import DutyWorth

FIRST_NOISE = 0.3
"""Noise at first, as a share of what a minute of an empty roster is worth: 25 agents lost 1,182 contacts in 10 s with 0.3, 1,184 with
0.1, 1,191 with 0.03 and 1,211 without noise."""
LONGEST_SWAP = 7
LEAST_GAIN = 1e-9
"""Days that two agents swap at once, and what a swap must gain: less than the price of anything in the last tier."""
FORBIDDEN_PRICE = 1e4
"""Price of a unit of forbidden breach between agents, in contacts."""
Heat = Callable[[], float | None]
"""How much noise is left, from 1 to 0; None when the search is over. Asked before each tour."""


class Search:
    """Annealed best response: each agent in turn gets the best legal tour given all others (exact), under noise that cools.

    All rules about one agent stand in the tour's machine; rules that couple agents tell by their pulls what one more agent is
    worth. Coupling rules without a pull are left to CP-SAT. Blocks of roles are placed into every tour at once, so that the others
    fill the gaps: on 25 agents with 200 h of roles 1.5 % fewer contacts are lost than where duties are settled first.
    """

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule], seed: int, start: Draft | None = None) -> None:
        self.problem = problem
        self.scale = Scale.of(rules)
        self.rules = rules
        self.random = np.random.default_rng(seed)
        self.worth = DutyWorth(problem)
        self.blocks = Blocks(problem, rules)
        self.workshop = Workshop(problem, rules, self.scale)
        self.choices: dict[str, Choice] = {agent.id: self.workshop.choice(agent) for agent in problem.workforce.agents}
        idle = Tour.idle(problem)
        self.tours = dict.fromkeys(self.choices, idle)
        self.minutes = dict.fromkeys(self.choices, minutes_on_queue(problem, idle))
        self.serving = problem.serving_before.copy()
        self.noise = FIRST_NOISE * self._typical_worth()
        self.placed: set[str] = set()
        for agent in problem.workforce.agents if start else ():
            tour = start.tours.get(agent.id, idle) if start else idle
            if np.isfinite(self.choices[agent.id].cost(tour.choices)):
                self._put(agent, tour)
                self.placed.add(agent.id)

    def greedy(self) -> Draft:
        """Every agent without a tour gets the best one given all others, those who can do least first."""
        for agent in sorted(self.problem.workforce.agents, key=self._freedom):
            if agent.id not in self.placed:
                self._respond(agent, 0.0)
        self.placed.update(self.choices)
        return self.draft

    def anneal(self, heat: Heat, on_sweep: Callable[[float, Draft], None] = lambda *_: None) -> Draft:
        """Sweeps over the agents in random order until the heat is over; the best roster at a sweep's end is kept.

        ``on_sweep`` hears of each better roster and its cost on the search's scale.
        """
        agents = self.problem.workforce.agents
        best, kept, warmth = self.standing(), self.draft, heat()
        while warmth is not None and agents:
            for position in self.random.permutation(len(agents)).tolist():
                if warmth is not None:
                    self._respond(agents[position], warmth)
                    warmth = heat()
            if (standing := self.standing()) < best:
                best, kept = standing, self.draft
                on_sweep(best[1], kept)
        return kept

    def exchange(self, start: Draft, heat: Heat) -> Draft:
        """From a roster of legal tours: the same days swapped between two agents where that is better, until nothing is or heat is over.

        One agent's best tour cannot pass a night on while it is still needed there; a swap can, and between agents who serve the
        same it costs the channels nothing, so that it is what settles who bears what.
        """
        for agent in self.problem.workforce.agents:
            self._take(agent)
            self._put(
                agent, start.tours[agent.id].without_tasks
            )  # a swap would seem to gain by the tasks that it drops
        pairs, quiet = list(combinations(self.choices, 2)), 0
        while pairs and quiet < len(pairs):
            for place in self.random.permutation(len(pairs)).tolist():
                one, other = pairs[place]
                quiet = 0 if self._swapped(one, other, heat) else quiet + 1
                if quiet >= len(pairs) or heat() is None:
                    return self.draft
        return self.draft

    def _swapped(self, one: str, other: str, heat: Heat) -> bool:
        """Whether two agents swap some days, the first block of at most a week that makes the roster better."""
        standing, days = self._cost_of(one, other), len(self.problem.days)
        for length in range(1, min(LONGEST_SWAP, days) + 1):
            for first in range(days - length + 1):
                block = slice(first, first + length)
                if self.tours[one].duties[block] != self.tours[other].duties[block] and heat() is not None:
                    before = self.tours[one], self.tours[other]
                    swapped = before[0].swapped(before[1], block), before[1].swapped(before[0], block)
                    if self._legal(one, swapped[0]) and self._legal(other, swapped[1]):
                        self._give(one, swapped[0], other, swapped[1])
                        if self._cost_of(one, other) < (standing[0], standing[1] - LEAST_GAIN):
                            return True
                        self._give(one, before[0], other, before[1])
        return False

    def _legal(self, agent: str, tour: Tour) -> bool:
        return bool(np.isfinite(self.choices[agent].cost(tour.choices)))

    def _give(self, one: str, its: Tour, other: str, others: Tour) -> None:
        for agent, tour in ((one, its), (other, others)):
            self._take(self.problem.workforce.by_id[agent])
            self._put(self.problem.workforce.by_id[agent], tour)

    def _cost_of(self, one: str, other: str) -> tuple[float, float]:
        """What the roster costs as far as two agents' tours can change it."""
        outrage, cost = self._coupled()
        return outrage, cost + sum(self.choices[agent].cost(self.tours[agent].choices) for agent in (one, other))

    @property
    def draft(self) -> Draft:
        """The roster as it stands."""
        return Draft(self.problem, dict(self.tours))

    def _respond(self, agent: Agent, warmth: float) -> None:
        """Take an agent out and put the best tour back."""
        self._take(agent)
        serving, whole, of_counts = self._worths(agent)
        noisy = serving + warmth * self.noise * self.random.standard_normal(len(serving))
        _, choices = self.choices[agent.id].best(self.worth.on_queue(noisy) + whole, of_counts)
        tour = self.worth.tour(choices, noisy)
        self._put(agent, self.blocks.placed(agent, tour, noisy)[0] if self.blocks.hours and agent.roles else tour)

    def _take(self, agent: Agent) -> None:
        """Take an agent's minutes off the queue."""
        if agent.id in self.problem.group_of:
            self.serving[self.problem.group_of[agent.id]] -= self.minutes[agent.id]

    def _put(self, agent: Agent, tour: Tour) -> None:
        """Give an agent a tour."""
        self.tours[agent.id] = tour
        self.minutes[agent.id] = minutes_on_queue(self.problem, tour)
        if agent.id in self.problem.group_of:
            self.serving[self.problem.group_of[agent.id]] += self.minutes[agent.id]

    def _worths(self, agent: Agent) -> tuple[NDArray[np.float64], Costs, dict[int, Callable[[Any], float]]]:
        """What a minute on the queue, each choice and each count are worth to all rules that couple agents, in contacts."""
        others = self._others(agent.id)
        serving = np.zeros(self.problem.grid.count)
        whole = np.zeros(self.worth.shape)
        of_counts: dict[int, Callable[[Any], float]] = {}
        for place, rule in enumerate(self.rules):
            pull = rule.pull(self.problem, others, agent, self.scale.price(rule, FORBIDDEN_PRICE))
            if pull is not None and pull.serving is not None:
                serving += pull.serving
            if pull is not None and pull.duty is not None:
                whole[:, 1:] += pull.duty
            if pull is not None and pull.count is not None:
                of_counts[place] = pull.count
        return serving, whole, of_counts

    def _others(self, agent: str = "") -> Others:
        """What everybody does, but for one agent whose minutes have been taken off the queue."""
        return Others(self.problem, {name: tour.duties for name, tour in self.tours.items() if name != agent}, self.serving)

    def standing(self) -> tuple[float, float]:
        """The roster as it stands: cost of forbidden breaches between agents, and of all else, as far as rules tell without an audit."""
        outrage, cost = self._coupled()
        return outrage, cost + sum(self.choices[agent].cost(tour.choices) for agent, tour in self.tours.items())

    def _coupled(self) -> tuple[float, float]:
        """The same for the rules that couple agents alone."""
        others, outrage, cost = self._others(), 0.0, 0.0
        for rule in self.rules:
            part = rule.standing(self.problem, others, self.scale.price(rule, FORBIDDEN_PRICE)) or 0.0
            outrage, cost = (outrage + part, cost) if rule.price is None else (outrage, cost + part)
        return outrage, cost

    def _typical_worth(self) -> float:
        """Mean worth of a minute on the queue of the empty roster, where it is worth anything."""
        agents = [self.problem.workforce.by_id[agents[0]] for agents, _ in self.problem.groups]
        worths = np.array([self._worths(agent)[0] for agent in agents])
        return float(worths[worths > 0].mean()) if (worths > 0).any() else 0.0

    def _freedom(self, agent: Agent) -> tuple[int, int, str]:
        """Channels that an agent serves, duties that the fixed rules allow, and the id."""
        serves = [serves for agents, serves in self.problem.groups if agent.id in agents]
        allowed = int(np.isfinite(self.choices[agent.id].fixed).sum())
        return sum(map(len, serves)), allowed, agent.id
