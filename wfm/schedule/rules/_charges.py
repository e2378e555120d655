"""Rules that charge every day of an agent by itself: what is common to them once their charges are known."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain import Agent
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Charges = dict[tuple[int, int | None], int]
"""Breach by (day, slot of the duty worked), slot None for a day off; what is left out is no breach."""


class ChargeRule(Rule):
    """A rule whose breach on a day follows from that day's duty alone; a subclass writes its charges and its witness."""

    @abstractmethod
    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:
        """What the rule charges an agent for each duty and day off."""

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each agent and day: the charge of what is worked is within the slack."""
        for agent in self.agents(problem):
            charges = self.charges(problem, agent)
            for day in sorted({day for day, _ in charges}):
                idle = charges.get((day, None), 0)
                rows = [(charges.get((day, duty.slot), 0), literal) for duty, literal in x.duties(agent.id, day)]
                upper = max([idle, *(charge for charge, _ in rows)])
                slack = ledger.slack(self, upper, agent=agent.id, first=problem.date(day))
                x.model.add(idle + sum((charge - idle) * literal for charge, literal in rows) <= slack)

    def like(self, problem: RosterProblem, agent: Agent) -> Hashable:  # noqa: ARG002 - the default is the agent's own
        """All of an agent that the charges follow from, so that agents who are alike share them; None: they are the agent's own."""
        return None

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers nothing."""
        like = self.like(problem, agent)
        if like is None:
            return self._automaton(problem, agent)
        if (self, like) not in problem.kept:
            problem.kept[self, like] = self._automaton(problem, agent)
        automaton: Automaton = problem.kept[self, like]
        return automaton

    def _automaton(self, problem: RosterProblem, agent: Agent) -> Automaton:
        charges = self.charges(problem, agent)

        def step(_: None, day: int, duty: Duty | None) -> tuple[None, int]:
            return None, charges.get((day, duty.slot if duty else None), 0)

        rows = [(day, 0 if slot is None else 1 + slot, charge) for (day, slot), charge in charges.items() if charge]
        days, choices, amounts = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return Automaton(start=None, step=step, alike=frozenset(charges.items()), daily=(days, choices, amounts))
