"""What each agent may work: all rules about one agent in one machine, made once and shared by agents who are alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from wfm.domain import Agent
from wfm.schedule.choice import Choice
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Automaton, Counter, Rule, implied
from wfm.schedule.rules._spans import SpanRule
from wfm.schedule.tours import (
    NONE,
    STEPS,
    Closed,
    Costs,
    Gauge,
    Joiner,
    Joint,
    Part,
    Scratch,
    Steps,
    Sum,
    Table,
    TooManyStates,
    gauge,
    idle,
    smallest,
    tallied_out,
    written_out,
)

SUMS, SUMMED = 4_000, 4_000
"""Sums are remembered as states where they have so many values over all days at most, and the machine has so many steps a day: up to
there a step for each value is quicker than a gauge. #8 and #10 of Curtois & Qu take 0.05 and 0.18 ms so, 0.3 and 0.8 with gauges."""
WIDE = 16_000
"""Steps of its largest day, where a machine has so many on average."""
FEW = 8
"""Where there are gauges, sums of so many values are still remembered as states, and no day has more than SUMMED steps: a gauge costs
time at each step."""
FREE_AGENTS = 50
"""From so many agents on what is only priced may make machines less large, the more agents the less: each tour takes time."""
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


class Memory(NamedTuple):
    """What has to be remembered for a rule; where the rule tallies, its place among the rules and what each mark stands for."""

    rule: Rule
    part: Part
    place: int | None = None
    tallied: tuple[Any, ...] = ()


class Held(NamedTuple):
    """What rules ask of an agent: what days cost by themselves, the shifts that are closed, and what tours and tallies remember."""

    agent: Agent
    fixed: Costs
    closed: Closed
    tours: list[tuple[int, Rule, Automaton, float]]
    tallies: list[tuple[int, Rule, Automaton]]


class Way(NamedTuple):
    """A way to remember all that an agent's rules ask for: what days cost by themselves, and one machine for the rest."""

    fixed: Costs
    memories: list[Memory]
    joint: Joint

    @property
    def missed(self) -> tuple[int, int]:
        """How many forbidden rules, and how many in all, it leaves out."""
        rules = [self.memories[at].rule for at in self.joint.left_out]
        return sum(rule.price is None for rule in rules), len(rules)


@dataclass
class Workshop:
    """Makes the choice of each agent; machines of the same tables are made once."""

    problem: RosterProblem
    rules: Sequence[Rule]
    scale: Scale
    left_out: set[str] = field(default_factory=set)
    outraged: set[str] = field(default_factory=set)
    """Agents without a tour that breaches no forbidden rule."""
    spared: frozenset[int] = field(init=False)
    _joiner: Joiner = field(init=False)
    _nothing: Costs = field(init=False)
    _scratch: Scratch = field(default_factory=Scratch)
    _steps: dict[Hashable, Steps] = field(default_factory=dict)
    _written: dict[Hashable, Table | None] = field(default_factory=dict)
    _gauges: dict[Hashable, Gauge] = field(default_factory=dict)
    _tallied: dict[Hashable, Memory] = field(default_factory=dict)
    _reduced: dict[bytes, Table] = field(default_factory=dict)
    _tables: dict[Closed, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A rule that another implies needs no machine."""
        self.spared = implied(self.rules)
        self._nothing = np.concatenate(idle(self.problem).cost)
        self._joiner = Joiner(
            self.problem, max(SUMMED, STEPS * FREE_AGENTS // max(1, len(self.problem.workforce.agents)))
        )

    def choice(self, agent: Agent) -> Choice:
        """The tours of an agent that breach no forbidden rule; where there are none, all tours, at an outrageous charge."""
        strict = self._choice(agent, np.inf)
        if _has_tour(strict):
            return strict
        self.outraged.add(agent.id)
        return self._choice(agent, OUTRAGE)

    def forget(self) -> None:
        """Forget what was kept for the next agents: hundreds of megabytes where all rules of a large centre are remembered."""
        self._joiner = Joiner(self.problem, self._joiner.priced)
        for kept in (self._steps, self._written, self._gauges, self._tallied, self._reduced):
            kept.clear()

    def has_tour(self, agent: Agent) -> bool:
        """Whether some tour breaches no forbidden rule about the agent, as far as these are kept exactly: where not, none does."""
        return _has_tour(self._choice(agent, np.inf))

    def _choice(self, agent: Agent, forbidden: float) -> Choice:
        way = self._best_way(agent, forbidden)
        self.left_out.update(way.memories[at].rule.id for at in way.joint.left_out)
        marked = (way.memories[at] for at in way.joint.marked)
        counts = tuple((row.place, row.tallied) for row in marked if row.place is not None)
        gauges = tuple(way.memories[at].part.charges for at in way.joint.gauged)
        loose = tuple(way.memories[at].part.sum for at in way.joint.loose)
        return Choice(way.fixed, way.joint.machine, counts, gauges, loose, self._scratch)

    def _best_way(self, agent: Agent, forbidden: float) -> Way:
        """The first that leaves nothing out, else the one that leaves out least."""
        tried = []
        for way in self._ways(agent, forbidden):
            tried.append(way)
            if self._serves(way):
                break
        return min(tried, key=lambda way: way.missed)

    def _serves(self, way: Way) -> bool:
        """Whether no other way is asked for: it leaves nothing out or, for many agents, only what has a price, and has no slow gauge."""
        missed, _ = way.missed
        many = len(self.problem.workforce.agents) > FREE_AGENTS
        return not way.joint.left_out or (many and not missed and not way.joint.gauged)

    def _ways(self, agent: Agent, forbidden: float) -> Iterator[Way]:
        """Sums as states in a small machine; where these are too many, as gauges; where that leaves rules out, in larger ones."""
        held = self._held(agent, forbidden)
        summed = self._remembered(held, SUMS // len(self.problem.days))
        gauged = self._remembered(held, FEW)
        wide = [] if any(row.part.charges.size for row in summed[1]) else [summed]
        for limit, ways in ((WIDE, wide), (SUMMED, [gauged]), (None, [gauged, *wide])):
            for fixed, memories in ways:
                parts = [row.part for row in memories]
                way = Way(fixed, memories, self._joiner.joint(self._free(held.closed), parts, limit))
                if limit != WIDE or len(way.joint.machine.kind) <= SUMMED * len(self.problem.days):
                    yield way

    def _closed(self, fixed: Costs) -> Closed:
        """Shifts that may never be worked where days cost so much, if that is most duties: else a machine for more agents serves better."""
        barred = np.isinf(fixed[:, 1:]).all(axis=0)
        if barred.mean() <= CLOSED:
            return NONE
        names = {template.name for template in self.problem.templates}
        return frozenset(names - {self.problem.slots[slot][0].name for slot in np.flatnonzero(~barred)})

    def _free(self, closed: Closed) -> Table:
        """What may be done at all where some shifts are closed."""
        if closed not in self._tables:
            self._tables[closed] = idle(self.problem, closed)
        return self._tables[closed]

    def _held(self, agent: Agent, forbidden: float) -> Held:
        """What rules ask of an agent: first what days cost by themselves."""
        asked = [(at, rule) for at, rule in enumerate(self.rules) if at not in self.spared and rule.about(agent)]
        fixed, tours = self._nothing.copy(), []
        for at, rule in asked:
            automaton, charge = rule.tour(self.problem, agent), self.scale.price(rule, forbidden)
            if automaton is not None and automaton.daily is not None:
                days, choices, amounts = automaton.daily
                fixed[days, choices] += charge * amounts
            elif automaton is not None:
                tours.append((at, rule, automaton, charge))
                if charge == np.inf and isinstance(rule, SpanRule):
                    fixed[rule.barred(self.problem, agent)] = np.inf
        tallies = [(at, rule, tally) for at, rule in asked if (tally := rule.tally(self.problem, agent)) is not None]
        return Held(agent, fixed, self._closed(fixed), tours, tallies)

    def _remembered(self, held: Held, few: int) -> tuple[Costs, list[Memory]]:
        """What days cost by themselves, and what has to be remembered; sums of more than ``few`` values as gauges.

        Forbidden rules come first, then the smallest: what would make the machine too large is left to CP-SAT, and told.
        """
        fixed, memories = held.fixed.copy(), []
        for at, rule, automaton, charge in held.tours:
            for part in self._parts(at, rule, held.agent, automaton, charge, few, held.closed):
                if part.of_the_day:
                    fixed += part.table.first
                else:
                    memories.append(Memory(rule, part))
        memories += (self._tally(at, rule, tally, held.closed) for at, rule, tally in held.tallies)
        return fixed, sorted(memories, key=_order)

    def _tally(self, place: int, rule: Rule, tally: Automaton, closed: Closed) -> Memory:
        """What has to be remembered for what a rule counts."""
        key = place, tally.start, tally.alike, closed
        if tally.alike is None or key not in self._tallied:
            table, tallied = tallied_out(self.problem, tally, closed)
            self._tallied[key] = Memory(rule, Part(self._smallest(table), dear=rule.price is None), place, tallied)
        return self._tallied[key]

    def _parts(
        self, place: int, rule: Rule, agent: Agent, automaton: Automaton, charge: float, few: int, closed: Closed
    ) -> list[Part]:
        """What has to be remembered for a rule: its sums or its automaton."""
        sums = partial(_sums, self.problem, rule, agent) if charge == np.inf and isinstance(rule, SpanRule) else tuple
        counters = [self._gauge(place, counter, charge, closed) for counter in rule.counter(self.problem, agent)]
        if any(len(one.charges) > few for one in counters):
            return [Part(*one, sums, charge == np.inf) for one in counters if one.charges.size]
        table = self._table(place, automaton, charge, closed)
        if table is None:
            self.left_out.add(rule.id)
        return [] if table is None else [Part(table, sums=sums, dear=charge == np.inf)]

    def _gauge(self, place: int, counter: Counter, charge: float, closed: Closed) -> Gauge:
        """The gauge of a counter of the rule at a place; once for those that are alike."""
        key = place, counter.automaton.start, counter.automaton.alike, counter.low, counter.high, charge, closed
        if counter.automaton.alike is None or key not in self._gauges:
            made = gauge(self.problem, counter, charge, closed)
            self._gauges[key] = made._replace(table=self._smallest(made.table))
        return self._gauges[key]

    def _table(self, place: int, automaton: Automaton, charge: float, closed: Closed) -> Table | None:
        """The smallest table of an automaton of the rule at a place, None where it is too large; once for automata that are alike."""
        kin = place, automaton.alike, charge, closed
        key = automaton.start, *kin
        if automaton.alike is None or key not in self._written:
            known = None if automaton.alike is None else self._steps.setdefault(kin, {})
            try:
                self._written[key] = self._smallest(written_out(self.problem, automaton, charge, known, closed))
            except TooManyStates:
                self._written[key] = None
        return self._written[key]

    def _smallest(self, table: Table) -> Table:
        key = table.digest
        if key not in self._reduced:
            self._reduced[key] = smallest(table)
        return self._reduced[key]


def _order(memory: Memory) -> tuple[bool, bool, bool, int, str]:
    """What a roster is not legal without first, what is an agent's own later and what is only counted last; of each the smallest first."""
    rule, own = memory.rule, isinstance(memory.rule, SpanRule)
    return rule.price is not None, memory.place is not None, own, memory.part.table.states, rule.id


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
