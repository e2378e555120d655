"""Rosters by exact tours: agents put in one after another, then taken out and put back against noisy worths that cool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.choice import Choice
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.market import Margins
from wfm.schedule.others import Others
from wfm.schedule.placing.blocks import Blocks
from wfm.schedule.placing.sittings import Sittings
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull, Rule
from wfm.schedule.rules._charges import ChargeRule
from wfm.schedule.rules.sessions import Sessions
from wfm.schedule.search.crew import Crew
from wfm.schedule.search.noise import Noise
from wfm.schedule.tours import Choices, Costs
from wfm.schedule.worth import DutyWorth

WINDOW_DAYS = 140
"""Where prices keep sums over more days, a tour is made anew in so many of them only: on 50 agents of a year 20 weeks take 2 ms and
all 40 ms; after 20 s 20 weeks cost 36,650, 13 weeks 38,787, 30 weeks 36,855, 8 weeks 41,000 and whole tours 46,000."""
FORBIDDEN_PRICE = 1e4
"""Price of a unit of forbidden breach between agents, in contacts."""
Heat = Callable[[], float | None]
"""How much of the search is left, from 1 to 0; None when it is over. Asked before each tour."""
OfCounts = dict[int, Callable[[Any], float]]


class Hand(NamedTuple):
    """What one thread of the search has for itself."""

    random: np.random.Generator
    margins: Margins


class Worths(NamedTuple):
    """What a minute on the queue, each choice and each count are worth to all rules that couple agents, in contacts."""

    serving: NDArray[np.float64]
    whole: Costs
    of_counts: OfCounts


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
        self.seed = seed
        self.worth = DutyWorth(problem)
        self.blocks = Blocks(problem, rules)
        self.workshop = Workshop(problem, rules, self.scale)
        self.choices: dict[str, Choice] = {agent.id: self.workshop.choice(agent) for agent in problem.workforce.agents}
        self.workshop.forget()
        self.crew = Crew(problem)
        self.hand = self._hand(0)
        self.random = self.hand.random
        self._asking: dict[str, list[tuple[int, Rule]]] = {}
        self.sittings: Sittings | None = None
        self.noise = self._noise()
        self.placed: set[str] = set()
        for agent in problem.workforce.agents if start else ():
            tour = start.tours.get(agent.id) if start else None
            if tour is not None and np.isfinite(self.choices[agent.id].cost(tour.choices)):
                self.put(agent.id, tour)
                self.placed.add(agent.id)

    @property
    def draft(self) -> Draft:
        """The roster as it stands."""
        return self.crew.draft

    def twin(self, number: int) -> Search:
        """A search of the same problem in which nobody works yet, with random numbers of its own: for another thread."""
        twin = copy(self)
        twin.crew, twin.hand, twin.placed = Crew(self.problem), self._hand(number), set(self.choices)
        twin.random = twin.hand.random
        return twin

    def greedy(self, stopped: Callable[[], bool] = lambda: False) -> Draft:
        """Every agent without a tour gets the best one given all others, those who can do least first; nobody more once ``stopped``."""
        for agent in sorted(self.problem.workforce.agents, key=self._freedom):
            if agent.id not in self.placed and not stopped():
                self.respond(agent, 0.0, self.hand)
        self.placed.update(self.choices)
        return self.draft

    def anneal(self, heat: Heat, on_sweep: Callable[[float, Draft], None] = lambda *_: None, threads: int = 1) -> Draft:
        """Sweeps over the agents in random order until the heat is over; the best roster at a sweep's end is kept and stands.

        ``on_sweep`` hears of each better roster and its cost on the search's scale. With several threads each takes the next agent
        and answers to what stands at that moment: quicker, and no longer the same from run to run.
        """
        agents = self.problem.workforce.agents
        best, kept = self.standing(), self.draft
        hands = [self.hand, *map(self._hand, range(1, threads))]
        going = bool(agents)
        with ThreadPoolExecutor(threads) as pool:
            while going:
                order = iter(self.random.permutation(len(agents)).tolist())
                sweep = partial(self._sweep, order, heat)
                going = all(list(pool.map(sweep, hands)) if threads > 1 else [sweep(self.hand)])
                if (standing := self.standing()) < best:
                    best, kept = standing, self.draft
                    on_sweep(best[1], kept)
        for agent, tour in kept.tours.items():
            self.put(agent, tour)
        return kept

    def _sweep(self, order: Iterator[int], heat: Heat, hand: Hand) -> bool:
        """Ask the next agents until nobody or no heat is left; whether some heat is."""
        for position in order:
            if (warmth := heat()) is None:
                return False
            self.respond(self.problem.workforce.agents[position], warmth, hand)
        return True

    def respond(self, agent: Agent, warmth: float, hand: Hand) -> None:
        """Give an agent the best tour against what all others do."""
        self.answer(agent, self.worths(agent, hand), warmth, hand)

    def answer(self, agent: Agent, worths: Worths, warmth: float, hand: Hand) -> None:
        """Give an agent the best tour where time is worth so much."""
        serving, worth, of_counts = worths
        if spread := self.noise.of_duty(warmth):
            worth[:, 1:] += spread * hand.random.standard_normal((worth.shape[0], worth.shape[1] - 1))
        serves = agent.id in self.problem.group_of
        if serves:
            serving = serving + self.noise.of_minute(warmth) * hand.random.standard_normal(len(serving))
            worth += self.worth.on_queue(serving)
        value, choices = self._best(agent.id, worth, of_counts, hand)
        if not np.isfinite(value):
            return  # sums that are kept by prices may find no tour under some noise
        tour, minutes = self.worth.placed(choices, serving) if serves else (self.worth.plain(choices), None)
        self._place(agent, tour, serving, minutes)

    def take(self, agent: str, tour: Tour) -> None:
        """Give an agent some tour, its blocks placed against what all others do."""
        if tour != self.crew.tours[agent]:
            person = self.problem.workforce.by_id[agent]
            self._place(person, tour, self.worths(person).serving, None)

    def gather(self, draft: Draft) -> None:
        """Hold all sessions as they are best held in a draft: from now on every tour has room for them, and the others fill the gaps.

        Where somebody would miss one, all stay open.
        """
        if any(isinstance(rule, Sessions) for rule in self.rules):
            found = Sittings.best(self.problem, self.blocks, draft)
            self.sittings = found if found.complete(self.problem.workforce.sessions) else None
            for agent in found.of if self.sittings else ():
                person = self.problem.workforce.by_id[agent]
                self._place(person, draft.tours[agent], self.worths(person).serving, None)

    def _place(self, agent: Agent, tour: Tour, serving: NDArray[np.float64], minutes: NDArray[np.int64] | None) -> None:
        if self.sittings:
            tour = self.sittings.kept(agent.id, tour)
        if (self.blocks.hours and agent.roles) or any(tour.tasks):
            self.put(agent.id, self.blocks.placed(agent, tour, serving)[0])
        else:
            self.put(agent.id, tour, minutes)

    def _best(self, agent: str, worth: Costs, of_counts: OfCounts, hand: Hand) -> tuple[float, Choices]:
        """An agent's best tour; where that takes long, the best that differs from the former one in a random window only."""
        choice, days = self.choices[agent], len(worth)
        if self.sittings and agent in self.sittings.room:
            worth = worth + self.sittings.room[agent]
        if days <= WINDOW_DAYS or not choice.loose or agent not in self.placed:
            return choice.best(worth, of_counts)
        first = int(hand.random.integers(1 - WINDOW_DAYS // 2, days - WINDOW_DAYS // 2))
        kept = self.crew.tours[agent].choices
        return choice.within(worth, kept, max(0, first), min(days, first + WINDOW_DAYS) - 1, of_counts)

    def put(self, agent: str, tour: Tour, minutes: NDArray[np.int64] | None = None) -> None:
        """Give an agent a tour instead of the former one."""
        self.crew.put(agent, tour, minutes)

    def standing(self) -> tuple[float, float]:
        """The roster as it stands: cost of forbidden breaches between agents, and of all else, as far as rules tell without an audit."""
        outrage, cost = self.coupled()
        return outrage, cost + self.own(self.crew.tours)

    def own(self, tours: Mapping[str, Tour]) -> float:
        """What the rules about one agent charge for the tours of some."""
        return sum(self.choices[agent].cost(tour.choices) for agent, tour in tours.items())

    def coupled(self) -> tuple[float, float]:
        """The same for the rules that couple agents alone."""
        others, outrage, cost = self.crew.everybody, 0.0, 0.0
        if self.sittings:
            outrage += FORBIDDEN_PRICE * self.sittings.missed(self.crew.tours)
        for rule in self.rules:
            part = rule.standing(self.problem, others, self._price(rule)) or 0.0
            outrage, cost = (outrage + part, cost) if rule.price is None else (outrage, cost + part)
        return outrage, cost

    def _hand(self, number: int) -> Hand:
        return Hand(np.random.default_rng([self.seed, number] if number else self.seed), Margins(self.problem.market))

    def _price(self, rule: Rule) -> float:
        return self.scale.price(rule, FORBIDDEN_PRICE)

    def worths(self, agent: Agent, hand: Hand | None = None) -> Worths:
        """What an agent's time is worth given what all others do now."""
        others = self.crew.without(agent.id, (hand or self.hand).margins)
        serving, whole, of_counts = np.zeros(self.problem.grid.count), np.zeros(self.worth.shape), OfCounts()
        for place, _, pull in self._pulls(agent, others):
            if pull.serving is not None:
                serving += pull.serving
            if pull.duty is not None:
                whole[:, 1:] += pull.duty
            if pull.count is not None:
                of_counts[place] = pull.count
        return Worths(serving, whole, of_counts)

    def _pulls(self, agent: Agent, others: Others) -> Iterator[tuple[int, Rule, Pull]]:
        """The pulls of the rules to which the agent's time is anything; which rules these are is asked once."""
        known = self._asking.get(agent.id)
        asked = list(enumerate(self.rules)) if known is None else known
        found = [
            (place, rule, pull)
            for place, rule in asked
            if not (self.sittings and isinstance(rule, Sessions))
            if (pull := rule.pull(self.problem, others, agent, self._price(rule))) is not None
        ]
        if known is None:
            self._asking[agent.id] = [(place, rule) for place, rule, _ in found]
        yield from found

    def _noise(self) -> Noise:
        """Noise by what one agent of each group, and one more, is worth to the empty roster."""
        by_id, others = self.problem.workforce.by_id, self.crew.everybody
        some = [by_id[agents[0]] for agents, _ in self.problem.groups] or list(by_id.values())[:1]
        pulls = [pull for agent in some for _, rule, pull in self._pulls(agent, others) if rule.price is not None]
        minutes = (worth for pull in pulls if pull.serving is not None for worth in pull.serving.tolist())
        duties = (worth for pull in pulls if pull.duty is not None for worth in pull.duty.ravel().tolist())
        ordering = (
            rule for rule in self.rules if type(rule).tour is not Rule.tour and not isinstance(rule, ChargeRule)
        )
        orders = (self._price(rule) for rule in ordering if rule.price is not None)
        return Noise.of(minutes, duties, (choice.fixed for choice in self.choices.values()), orders)

    def _freedom(self, agent: Agent) -> tuple[int, int, str]:
        """Channels that an agent serves, duties that the fixed rules allow, and the id."""
        group = self.problem.group_of.get(agent.id)
        serves = 0 if group is None else len(self.problem.groups[group][1])
        return serves, int(np.isfinite(self.choices[agent.id].fixed).sum()), agent.id
