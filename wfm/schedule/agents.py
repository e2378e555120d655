"""What each agent may work: all rules about one agent in one machine, made once and shared by agents who are alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.tours import Choices, Costs, Machine, both, smallest, written_out

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

    def best(self, worth: Costs) -> tuple[float, Choices]:
        """The best tour where choice c of day d is worth worth[d, c], with its value (-inf: there is none)."""
        return self.machine.best(worth - self.fixed)

    def cost(self, choices: Choices) -> float:
        """What the rules about the agent charge for a tour."""
        return float(self.fixed[np.arange(len(choices)), choices].sum()) + self.machine.total(choices)


@dataclass
class Workshop:
    """Makes the choice of each agent; machines of the same tables are made once."""

    problem: RosterProblem
    rules: Sequence[Rule]
    scale: Scale
    left_out: set[str] = field(default_factory=set)
    _reduced: dict[bytes, Machine] = field(default_factory=dict)
    _made: dict[bytes, tuple[Machine, tuple[str, ...]]] = field(default_factory=dict)

    def choice(self, agent: Agent) -> Choice:
        """The tours of an agent that breach no forbidden rule; where there are none, all tours, at an outrageous charge."""
        strict = self._choice(agent, np.inf)
        found, _ = strict.best(np.zeros(strict.fixed.shape))
        return strict if np.isfinite(found) else self._choice(agent, OUTRAGE)

    def _choice(self, agent: Agent, forbidden: float) -> Choice:
        fixed = np.zeros((len(self.problem.days), 1 + len(self.problem.slots)))
        memories: list[tuple[Rule, Machine]] = []
        for rule in self.rules:
            automaton = rule.tour(self.problem, agent) if rule.about(agent) else None
            if automaton is not None:
                machine = self._smallest(written_out(self.problem, automaton, self.scale.price(rule, forbidden)))
                if machine.states == 1 and machine.end.tolist() == [0.0]:
                    fixed += np.concatenate(machine.cost)
                else:
                    memories.append((rule, machine))
        return Choice(fixed, self._joined(memories))

    def _smallest(self, machine: Machine) -> Machine:
        key = _digest([machine])
        if key not in self._reduced:
            self._reduced[key] = smallest(machine)
        return self._reduced[key]

    def _joined(self, memories: list[tuple[Rule, Machine]]) -> Machine:
        """Forbidden rules first, then the smallest: what would make the machine too large is left to CP-SAT, and told."""
        memories.sort(key=lambda row: (row[0].price is not None, row[1].states, row[0].id))
        key = _digest(machine for _, machine in memories)
        if key not in self._made:
            whole, left_out = _idle(self.problem), []
            for rule, machine in memories:
                more = both(whole, machine, STATES)
                if more is None:
                    left_out.append(rule.id)
                else:
                    whole = smallest(more)
            self._made[key] = whole, tuple(left_out)
        machine, missing = self._made[key]
        self.left_out.update(missing)
        return machine


def _digest(machines: Iterable[Machine]) -> bytes:
    return hashlib.sha256(b"".join(map(_bytes, machines))).digest()


def _bytes(machine: Machine) -> bytes:
    tables = [*(rows.tobytes() for rows in machine.follow), *(rows.tobytes() for rows in (*machine.cost, machine.end))]
    return b"".join([machine.start.to_bytes(8, "little"), *tables])


def _idle(problem: RosterProblem) -> Machine:
    """The machine that charges nothing for any duty of the day."""
    width = 1 + len(problem.slots)
    follow, costs = [], []
    for duties in problem.duties:
        cost = np.full((1, width), np.inf)
        cost[0, [0, *(1 + duty.slot for duty in duties)]] = 0.0
        follow.append(np.zeros((1, width), dtype=np.int32))
        costs.append(cost)
    return Machine(0, tuple(follow), tuple(costs), np.zeros(1))
