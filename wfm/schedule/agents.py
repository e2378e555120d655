"""What each agent may work: all rules about one agent in one machine, made once and shared by agents who are alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Automaton, Rule, implied
from wfm.schedule.rules._spans import SpanRule
from wfm.schedule.tours import Choices, Costs, Machine, Steps, TooManyStates, both, counted_out, smallest, written_out

STATES = 20_000
"""A day of a machine has at most so many states, or a tour would take longer than some ten milliseconds."""
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

    def best(
        self, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]] | None = None
    ) -> tuple[float, Choices]:
        """The best tour where choice c of day d is worth worth[d, c], with its value (-inf: there is none).

        ``of_counts`` gives the worth of what the rule at a place counts in the tour as a whole.
        """
        return self.machine.best(worth - self.fixed, self._charges(of_counts or {}))

    def value(self, choices: Choices, worth: Costs, of_counts: Mapping[int, Callable[[Any], float]]) -> float:
        """The value of one tour, on the scale of :meth:`best`."""
        state = self.machine.start
        for day, choice in enumerate(choices):
            state = int(self.machine.follow[day][state, choice])
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
        return float(self.fixed[np.arange(len(choices)), choices].sum()) + self.machine.total(choices)


class Memory(NamedTuple):
    """A rule's machine; where the rule counts, its place among the rules and what each mark stands for."""

    rule: Rule
    machine: Machine
    place: int | None = None
    counted: tuple[Any, ...] = ()


class _Strict(NamedTuple):
    """Whose machine is made, where forbidden rules may not be breached; bars[d, c]: choices that rules without memory bar."""

    agent: Agent
    bars: NDArray[np.bool_]


@dataclass
class Workshop:
    """Makes the choice of each agent; machines of the same tables are made once."""

    problem: RosterProblem
    rules: Sequence[Rule]
    scale: Scale
    left_out: set[str] = field(default_factory=set)
    spared: frozenset[int] = field(init=False)
    _steps: dict[Hashable, Steps] = field(default_factory=dict)
    _written: dict[Hashable, Machine | None] = field(default_factory=dict)
    _reduced: dict[bytes, Machine] = field(default_factory=dict)
    _made: dict[bytes, tuple[Machine, frozenset[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A rule that another implies needs no machine."""
        self.spared = implied(self.rules)

    def choice(self, agent: Agent) -> Choice:
        """The tours of an agent that breach no forbidden rule; where there are none, all tours, at an outrageous charge."""
        strict = self._choice(agent, np.inf)
        found, _ = strict.best(np.zeros(strict.fixed.shape))
        return strict if np.isfinite(found) else self._choice(agent, OUTRAGE)

    def _choice(self, agent: Agent, forbidden: float) -> Choice:
        fixed = np.zeros((len(self.problem.days), 1 + len(self.problem.slots)))
        memories: list[Memory] = []
        held = (
            (place, rule) for place, rule in enumerate(self.rules) if place not in self.spared and rule.about(agent)
        )
        for place, rule in held:
            automaton, tally = rule.tour(self.problem, agent), rule.tally(self.problem, agent)
            if tally is not None:
                machine, counted = counted_out(self.problem, tally)
                memories.append(Memory(rule, self._smallest(machine), place, counted))
            if automaton is not None:
                table = self._table(place, automaton, self.scale.price(rule, forbidden))
                if table is None:
                    self.left_out.add(rule.id)
                elif table.states == 1 and table.end.tolist() == [0.0]:
                    fixed += np.concatenate(table.cost)
                else:
                    memories.append(Memory(rule, table))
        strict = _Strict(agent, np.isinf(fixed)) if forbidden == np.inf else None
        return Choice(fixed, *self._joined(memories, strict))

    def _table(self, place: int, automaton: Automaton, charge: float) -> Machine | None:
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

    def _smallest(self, machine: Machine) -> Machine:
        key = _digest([machine])
        if key not in self._reduced:
            self._reduced[key] = smallest(machine)
        return self._reduced[key]

    def _joined(
        self, memories: list[Memory], strict: _Strict | None
    ) -> tuple[Machine, tuple[tuple[int, tuple[Any, ...]], ...]]:
        """Forbidden rules first, then the smallest: what would make the machine too large is left to CP-SAT, and told.

        In a ``strict`` machine a forbidden sum that the others keep already needs no memory.
        """
        memories.sort(key=lambda row: (row.rule.price is not None, row.machine.states, row.rule.id))
        key = _digest(row.machine for row in memories) + (strict.bars.tobytes() if strict else b"")
        if key not in self._made:
            whole, missing = _idle(self.problem), set()
            for position, row in enumerate(memories):
                if strict and self._kept_anyway(row.rule, strict, whole):
                    continue
                more = both(whole, row.machine, STATES)
                if more is None:
                    missing.add(position)
                else:
                    whole = smallest(more)
            self._made[key] = whole, frozenset(missing)
        machine, left_out = self._made[key]
        self.left_out.update(memories[position].rule.id for position in left_out)
        kept = (row for position, row in enumerate(memories) if position not in left_out)
        return machine, tuple((row.place, row.counted) for row in kept if row.place is not None)

    def _kept_anyway(self, rule: Rule, strict: _Strict, machine: Machine) -> bool:
        """Whether a forbidden rule bounds sums that no tour brings beyond a bound: the largest and the smallest sums tell."""
        if rule.price is not None or not isinstance(rule, SpanRule):
            return False
        for span in rule.spans(self.problem, strict.agent):
            sums = np.zeros(strict.bars.shape)
            for duty in (duty for day in span.days for duty in self.problem.duties[day]):
                sums[duty.day, 1 + duty.slot] = rule.weight(duty)
            most, least = (sign * machine.best(np.where(strict.bars, -np.inf, sign * sums))[0] for sign in (1, -1))
            above = span.high is not None and span.before + most > max(span.high, span.before)
            if above or span.before + least < span.low:
                return False
        return True


def _digest(machines: Iterable[Machine]) -> bytes:
    return hashlib.sha256(b"".join(map(_bytes, machines))).digest()


def _bytes(machine: Machine) -> bytes:
    whole = [*(rows.tobytes() for rows in machine.follow), machine.marks.tobytes()]
    return b"".join(
        [machine.start.to_bytes(8, "little"), *whole, *(rows.tobytes() for rows in machine.cost), machine.end.tobytes()]
    )


def _idle(problem: RosterProblem) -> Machine:
    """The machine that charges nothing for any duty of the day."""
    width = 1 + len(problem.slots)
    follow, costs = [], []
    for duties in problem.duties:
        cost = np.full((1, width), np.inf)
        cost[0, [0, *(1 + duty.slot for duty in duties)]] = 0.0
        follow.append(np.zeros((1, width), dtype=np.int32))
        costs.append(cost)
    return Machine(0, tuple(follow), tuple(costs), np.zeros(1), np.zeros((1, 0), dtype=np.int32))
