"""The model of record cut down to the choices that could pay, each duty that was told with the breaks that were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.draft import Draft, Pauses, Tour, minutes_on_queue
from wfm.schedule.ledger import Ledger
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.proving import Model, empty
from wfm.schedule.replanning.bound import only
from wfm.schedule.rule import Rule
from wfm.schedule.some_agents import about_one, narrowed
from wfm.schedule.variables import Open, Place, Variables, weighted

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT


class OpenVariables(Variables):
    """Variables for open choices only: a day with one choice has a constant, and duties that were told their minutes."""

    def __init__(self, model: CpModel, problem: RosterProblem, opened: Open, told: Draft) -> None:
        self.told = told
        super().__init__(model, problem, opened)
        for (agent, day), rows in self._duties.items():
            if rows and not opened[agent][day, 0]:
                model.add(sum(literal for _, literal in rows) == 1)

    def literal(self, agent: str, duty: Duty) -> IntVar:
        """1 where nothing else is open."""
        return super().literal(agent, duty) if self.is_open(agent, duty.day) else self.model.new_constant(1)

    def is_open(self, agent: str, day: int) -> bool:
        """Whether the agent has more than one choice on a day."""
        return int(self.opened[agent][day].sum()) > 1

    def was_told(self, agent: str, duty: Duty) -> bool:
        """Whether the duty is what the agent was told."""
        return self.told.tours[agent].duties[duty.day] == duty

    def count(self, group: int, duty: Duty) -> IntVar:
        """How many agents of a group work a duty that they were not told."""
        key = (group, duty.day, duty.slot)
        if key not in self._count:
            new = self._new.get(key, [])
            self._count[key] = self.model.new_int_var(0, len(new), f"count {key}")
            self.model.add(sum(new) == self._count[key])
        return self._count[key]

    @cached_property
    def _new(self) -> dict[tuple[int, int, int], list[IntVar]]:
        """Literals of duties that their agents were not told, by group, day and slot."""
        found: dict[tuple[int, int, int], list[IntVar]] = {}
        for agent, duty, literal in self._served():
            if not self.was_told(agent, duty):
                found.setdefault((self.problem.group_of[agent], duty.day, duty.slot), []).append(literal)
        return found

    def _served(self) -> Iterator[tuple[str, Duty, IntVar]]:
        """Every possible duty of whoever serves a channel."""
        for (agent, _), rows in self._duties.items():
            for duty, literal in rows if agent in self.problem.group_of else ():
                yield agent, duty, literal

    def serving(self, group: int, step: int) -> LinearExprT:
        """Minutes that a group spends on the queue in one step of the grid."""
        return weighted(*self._serving.get((group, step), ([], []))) + int(self._settled[group, step])

    @cached_property
    def _settled(self) -> NDArray[np.int64]:
        """Minutes on the queue of duties that stay as they were told, earlier shifts included; shape (groups, grid.count)."""
        minutes = self.problem.serving_before.copy()
        for agent, duty, _ in self._served():
            if self.was_told(agent, duty) and not self.is_open(agent, duty.day):
                minutes[self.problem.group_of[agent]] += self._told_minutes(agent, duty)
        return minutes

    def _told_minutes(self, agent: str, duty: Duty) -> NDArray[np.int64]:
        return minutes_on_queue(self.problem, only(self.told.tours[agent], duty.day))

    @cached_property
    def _serving(self) -> dict[tuple[int, int], tuple[list[IntVar], list[int]]]:
        """Variables and minutes of every (group, step) that may change."""
        found: dict[tuple[int, int], tuple[list[IntVar], list[int]]] = {}
        for group, step, variable, minutes in (*self._kept_parts(), *self._new_parts()):
            variables, weights = found.setdefault((group, step), ([], []))
            variables.append(variable)
            weights.append(minutes)
        return found

    def _kept_parts(self) -> Iterator[tuple[int, int, IntVar, int]]:
        """Group, step, literal and minutes of duties that were told and may be given up."""
        for agent, duty, literal in self._served():
            if self.was_told(agent, duty) and self.is_open(agent, duty.day):
                minutes = self._told_minutes(agent, duty)
                for step in np.flatnonzero(minutes).tolist():
                    yield self.problem.group_of[agent], step, literal, int(minutes[step])

    def _new_parts(self) -> Iterator[tuple[int, int, IntVar, int]]:
        """Group, step, count and minutes of duties that were not told, and of their breaks wherever these may be."""
        duties = {(duty.day, duty.slot): duty for row in self.problem.duties for duty in row}
        for group, day, slot in self._new:
            duty = duties[day, slot]
            parts = [] if duty.template.on_call else [(self.count(group, duty), duty.start, duty.end, 1)]
            for position, pause in enumerate(duty.template.breaks if parts else ()):
                for offset, number in self.pause(group, duty, position).items():
                    parts.append((number, duty.start + offset, duty.start + offset + pause.minutes, -1))
            for variable, begin, end, sign in parts:
                for step, minutes in self.problem.minutes_by_step(begin, end):
                    yield group, step, variable, sign * minutes

    def worth(self, step: int) -> LinearExprT:
        """Worth of the heads on the queue in one step; a number where nothing can change."""
        return super().worth(step) if step in self._touched else int(self._settled_worth[step])

    @cached_property
    def _touched(self) -> frozenset[int]:
        return frozenset(step for _, step in self._serving)

    @cached_property
    def _settled_worth(self) -> NDArray[np.int64]:
        return self.problem.market.worth(self._settled)


class OpenModel(Model):
    """The model of record over open choices; what rules charge agents without any is left out."""

    x: OpenVariables

    @classmethod
    def over(cls, problem: RosterProblem, rules: Sequence[Rule], opened: Open, told: Draft) -> Self:
        """Post rules about one agent for whoever has a choice, and those that couple agents for all."""
        cp = empty()
        x, ledger = OpenVariables(cp, problem, opened, told), Ledger(cp)
        part = narrowed(problem, free(opened))
        for rule in rules:
            rule.post(part if about_one(problem, rule) else problem, x, ledger)
        return cls(problem, cp, x, ledger)

    def limit(self, changes: Open, most: int) -> None:
        """Allow at most so many changes, where ``changes[agent][day, choice]`` tells which choices are some."""
        terms: list[LinearExprT] = []
        for (agent, day), rows in ((key, self.x.duties(*key)) for key in self._cells()):
            idle, *working = changes[agent][day].astype(int).tolist()
            terms += [idle, *((working[duty.slot] - idle) * literal for duty, literal in rows)]
        self.cp.add(sum(terms) <= most)

    def _cells(self) -> Iterator[tuple[str, int]]:
        days = range(len(self.problem.days))
        return ((agent.id, day) for agent in self.problem.workforce.agents for day in days)

    def _starts(self, draft: Draft) -> dict[Place, list[int]]:
        """Breaks of the duties that were not told."""
        return super()._starts(
            Draft(draft.problem, {agent: self._news(agent, tour) for agent, tour in draft.tours.items()})
        )

    def _news(self, agent: str, tour: Tour) -> Tour:
        duties = (None if duty is None or self.x.was_told(agent, duty) else duty for duty in tour.duties)
        return Tour(tuple(duties), tour.pauses)

    def _dealt(self, agent: str, duty: Duty, dealt: dict[Place, Iterator[int]]) -> Pauses:
        told = self.x.told.tours[agent].pauses[duty.day]
        return told if self.x.was_told(agent, duty) else super()._dealt(agent, duty, dealt)


def free(opened: Open) -> frozenset[str]:
    """The agents who have more than one choice on some day."""
    return frozenset(agent for agent, choices in opened.items() if (choices.sum(axis=1) > 1).any())
