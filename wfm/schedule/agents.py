"""What each agent may work: all rules about one agent in one machine, made once and shared by agents who are alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Automaton, Counter, Rule, implied
from wfm.schedule.rules._spans import SpanRule
from wfm.schedule.tours import (
    Choices,
    Costs,
    Gauge,
    Joiner,
    Machine,
    Part,
    Scratch,
    Steps,
    Sum,
    Table,
    TooManyStates,
    best_gauged,
    best_priced,
    gauge,
    idle,
    smallest,
    tallied_out,
    written_out,
)

SUMS, SUMMED = 4_000, 4_000
"""Sums are remembered as states where they have so many values over all days at most, and the machine has so many steps a day: up to
there a step for each value is quicker than a gauge. #8 and #10 of Curtois & Qu take 0.05 and 0.18 ms so, 0.3 and 0.8 with gauges."""
FEW = 8
"""Where there are gauges, sums of so many values are still remembered as states, and no day has more than SUMMED steps: a gauge costs
time at each step."""
CLOSED = 0.5
"""Where an agent may never work more than this share of the duties of a day, the others are left out of the machine."""
OUTRAGE = 1e7
"""Charge for a unit of a forbidden breach, in contacts, where an agent has no tour without one."""


@dataclass(frozen=True)
class Scale:
    """One number for all tiers, while searching: tier weights fall strictly; forbidden rules weigh more than anything."""

    weights: dict[int, float]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Scale:
        """Each tier weighs a thousandth of the one before."""
        tiers = sorted({rule.tier for rule in rules if rule.price is not None})
        return cls({tier: 1000.0**-place for place, tier in enumerate(tiers)})

    def price(self, rule: Rule, forbidden: float) -> float:
        """Price of one unit of a rule's breach, ``forbidden`` where it has none."""
        return forbidden if rule.price is None else rule.price * self.weights[rule.tier]


@dataclass(frozen=True)
class Choice:
    """The tours of one agent: costs that depend on the day's choice only, and a machine for all that has a memory."""

    fixed: Costs
    machine: Machine
    counts: tuple[tuple[int, tuple[Any, ...]], ...] = ()
    """For each column of the machine's marks the place of the rule that counts, and what each mark stands for."""
    gauges: tuple[Costs, ...] = ()
    """For each column of the machine's counts what each count costs after the last day; inf or beyond: not allowed."""
    loose: tuple[Sum, ...] = ()
    """Sums that are bounded too, but would make the search too slow: prices keep them."""
    scratch: Scratch = field(default_factory=Scratch, compare=False, repr=False)

    @cached_property
    def alike(self) -> Hashable:
        """The same for agents with the same tours at the same cost."""
        loose = tuple((one.amounts.tobytes(), one.low, one.high) for one in self.loose)
        return (
            id(self.machine),
            self.fixed.tobytes(),
            tuple(gauge.tobytes() for gauge in self.gauges),
            loose,
            self.counts,
        )

    def best(
        self, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]] | None = None
    ) -> tuple[float, Choices]:
        """The best tour where choice c of day d is worth worth[d, c], with its value (-inf: there is none).

        ``of_counts`` gives the worth of what the rule at a place counts in the tour as a whole. Exact where no sum is loose.
        """
        return best_priced(worth, self.loose, lambda priced: self.relaxed(priced, of_counts))

    def relaxed(
        self, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]] | None = None
    ) -> tuple[float, Choices]:
        """The best tour where loose sums may be anything: no legal tour is worth more."""
        more = self._charges(of_counts or {})
        if self.gauges:
            return best_gauged(self.machine, self.gauges, worth - self.fixed, more, self.scratch)
        return self.machine.best(worth - self.fixed, more, self.scratch)

    def within(
        self,
        worth: Costs,
        kept: Choices,
        first_day: int,
        last_day: int,
        of_counts: Mapping[int, Callable[[Any], float]] | None = None,
    ) -> tuple[float, Choices]:
        """The best tour that differs from ``kept`` from ``first_day`` to ``last_day`` only, with its value."""
        only = np.full(worth.shape, -np.inf)
        only[np.arange(len(kept)), kept] = 0.0
        only[first_day : last_day + 1] = 0.0
        return self.best(worth + only, of_counts)

    def value(self, choices: Choices, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]]) -> float:
        """The value of one tour, on the scale of :meth:`best`."""
        _, state, _ = self.machine.walked(choices)
        counted = float(self._charges(of_counts)[state])
        return float(worth[np.arange(len(choices)), choices].sum()) - self.cost(choices) - counted

    def _charges(self, of_counts: Mapping[int, Callable[[Any], float]]) -> Costs:
        """What each last state of the machine costs for what has been counted."""
        charges = np.zeros(len(self.machine.end))
        for column, (place, counted) in enumerate(self.counts):
            if place in of_counts:
                worths = np.array([of_counts[place](count) for count in counted])
                charges -= worths[self.machine.marks[:, column]]
        return charges

    def cost(self, choices: Choices) -> float:
        """What the rules about the agent charge for a tour."""
        cost, state, counted = self.machine.walked(choices)
        cost += float(self.fixed[np.arange(len(choices)), choices].sum()) + float(self.machine.end[state])
        for charges, count in zip(self.gauges, counted.tolist(), strict=True):
            cost += float(charges[count]) if count < len(charges) else np.inf
        return np.inf if any(one.outside(choices) for one in self.loose) else cost


class Memory(NamedTuple):
    """What has to be remembered for a rule; where the rule tallies, its place among the rules and what each mark stands for."""

    rule: Rule
    part: Part
    place: int | None = None
    tallied: tuple[Any, ...] = ()


@dataclass
class Workshop:
    """Makes the choice of each agent; machines of the same tables are made once."""

    problem: RosterProblem
    rules: Sequence[Rule]
    scale: Scale
    left_out: set[str] = field(default_factory=set)
    spared: frozenset[int] = field(init=False)
    _joiner: Joiner = field(init=False)
    _nothing: Costs = field(init=False)
    _scratch: Scratch = field(default_factory=Scratch)
    _steps: dict[Hashable, Steps] = field(default_factory=dict)
    _written: dict[Hashable, Table | None] = field(default_factory=dict)
    _gauges: dict[Hashable, Gauge] = field(default_factory=dict)
    _tallied: dict[Hashable, Memory] = field(default_factory=dict)
    _reduced: dict[bytes, Table] = field(default_factory=dict)
    _tables: dict[frozenset[str], Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A rule that another implies needs no machine."""
        self.spared = implied(self.rules)
        self._nothing = np.concatenate(idle(self.problem).cost)
        self._joiner = Joiner(self.problem)

    def choice(self, agent: Agent) -> Choice:
        """The tours of an agent that breach no forbidden rule; where there are none, all tours, at an outrageous charge."""
        strict = self._choice(agent, np.inf)
        return strict if _has_tour(strict) else self._choice(agent, OUTRAGE)

    def has_tour(self, agent: Agent) -> bool:
        """Whether some tour breaches no forbidden rule about the agent, as far as these are kept exactly: where not, none does."""
        return _has_tour(self._choice(agent, np.inf))

    def _choice(self, agent: Agent, forbidden: float) -> Choice:
        """Sums as states, or as gauges where there would be too many states."""
        fixed, memories = self._remembered(agent, forbidden, SUMS // len(self.problem.days))
        gauged = any(row.part.charges.size for row in memories)
        joint = None if gauged else self._joiner.joint(self._free(fixed), [row.part for row in memories])
        if joint is None or joint.left_out or len(joint.machine.kind) > SUMMED * len(self.problem.days):
            costs, others = self._remembered(agent, forbidden, FEW)
            other = self._joiner.joint(self._free(costs), [row.part for row in others], SUMMED)
            if joint is None or not joint.left_out or len(other.left_out) < len(joint.left_out):
                fixed, memories, joint = costs, others, other
        self.left_out.update(memories[at].rule.id for at in joint.left_out)
        counts = tuple((row.place, row.tallied) for at in joint.marked if (row := memories[at]).place is not None)
        gauges = tuple(memories[at].part.charges for at in joint.gauged)
        loose = tuple(memories[at].part.sum for at in joint.loose)
        return Choice(fixed, joint.machine, counts, gauges, loose, self._scratch)

    def _free(self, fixed: Costs) -> Table:
        """What may be done at all where days cost so much, where most duties may not: else a machine for more agents serves better."""
        barred = np.isinf(fixed[:, 1:]).all(axis=0)
        names = {template.name for template in self.problem.templates}
        closed = frozenset(names - {self.problem.slots[slot][0].name for slot in np.flatnonzero(~barred)})
        closed = closed if barred.mean() > CLOSED else frozenset()
        if closed not in self._tables:
            self._tables[closed] = idle(self.problem, closed)
        return self._tables[closed]

    def _remembered(self, agent: Agent, forbidden: float, few: int) -> tuple[Costs, list[Memory]]:
        """What days cost by themselves, and what has to be remembered; sums of more than ``few`` values as gauges.

        Forbidden rules come first, then the smallest: what would make the machine too large is left to CP-SAT, and told.
        """
        fixed = self._nothing.copy()
        memories: list[Memory] = []
        for place, rule in enumerate(self.rules):
            if place not in self.spared and rule.about(agent):
                automaton, charge = rule.tour(self.problem, agent), self.scale.price(rule, forbidden)
                if automaton is not None and automaton.daily is not None:
                    days, choices, amounts = automaton.daily
                    fixed[days, choices] += charge * amounts
                elif automaton is not None:
                    parts = self._parts(place, rule, agent, automaton, charge, few)
                    fixed += sum(np.concatenate(part.table.cost) for part in parts if part.of_the_day)
                    memories += (Memory(rule, part) for part in parts if not part.of_the_day)
                memories += self._tally(place, rule, agent)
        memories.sort(key=lambda row: (row.rule.price is not None, row.part.table.states, row.rule.id))
        return fixed, memories

    def _tally(self, place: int, rule: Rule, agent: Agent) -> list[Memory]:
        """What has to be remembered for what a rule counts."""
        tally = rule.tally(self.problem, agent)
        if tally is None:
            return []
        key = place, tally.start, tally.alike
        if tally.alike is None or key not in self._tallied:
            table, tallied = tallied_out(self.problem, tally)
            self._tallied[key] = Memory(rule, Part(self._smallest(table)), place, tallied)
        return [self._tallied[key]]

    def _parts(self, place: int, rule: Rule, agent: Agent, automaton: Automaton, charge: float, few: int) -> list[Part]:
        """What has to be remembered for a rule: its sums or its automaton."""
        sums = partial(_sums, self.problem, rule, agent) if charge == np.inf and isinstance(rule, SpanRule) else tuple
        counters = [self._gauge(place, counter, charge) for counter in rule.counter(self.problem, agent)]
        if any(len(one.charges) > few for one in counters):
            return [Part(*one, sums) for one in counters if one.charges.size]
        table = self._table(place, automaton, charge)
        if table is None:
            self.left_out.add(rule.id)
        return [] if table is None else [Part(table, sums=sums)]

    def _gauge(self, place: int, counter: Counter, charge: float) -> Gauge:
        """The gauge of a counter of the rule at a place; once for those that are alike."""
        key = place, counter.automaton.start, counter.automaton.alike, counter.low, counter.high, charge
        if counter.automaton.alike is None or key not in self._gauges:
            made = gauge(self.problem, counter, charge)
            self._gauges[key] = made._replace(table=self._smallest(made.table))
        return self._gauges[key]

    def _table(self, place: int, automaton: Automaton, charge: float) -> Table | None:
        """The smallest table of an automaton of the rule at a place, None where it is too large; once for automata that are alike."""
        kin = place, automaton.alike, charge
        key = automaton.start, *kin
        if automaton.alike is None or key not in self._written:
            known = None if automaton.alike is None else self._steps.setdefault(kin, {})
            try:
                self._written[key] = self._smallest(written_out(self.problem, automaton, charge, known))
            except TooManyStates:
                self._written[key] = None
        return self._written[key]

    def _smallest(self, table: Table) -> Table:
        key = table.digest
        if key not in self._reduced:
            self._reduced[key] = smallest(table)
        return self._reduced[key]


def _has_tour(choice: Choice) -> bool:
    return bool(np.isfinite(choice.relaxed(np.zeros(choice.fixed.shape))[0]))


def _sums(problem: RosterProblem, rule: SpanRule, agent: Agent) -> list[Sum]:
    """What a rule about spans bounds."""
    found = []
    for span in rule.spans(problem, agent):
        amounts = np.zeros((len(problem.days), 1 + len(problem.slots)), dtype=np.int64)
        amounts[span.days] = rule.amounts(problem)[span.days]
        high = int(amounts.sum()) if span.high is None else max(0, span.high - span.before)
        found.append(Sum(amounts, span.low - span.before, high))
    return found
