"""Newcomers with a buddy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from wfm.domain import Agent, Breach, Name, Roster, ShiftTemplate, Workforce
from wfm.domain.quantity import Share, duration_text, share_text
from wfm.schedule.look import Look
from wfm.schedule.only import Names, Only
from wfm.schedule.others import Others
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Pull, Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class Overlap(Rule):
    """During ``at_least`` of each shift one of the buddies is on shift too; a breach is minutes without a buddy that are too many.

    Buddies are the agents ``buddies`` or the holders of ``role``, but for oneself; ``only`` says whom the rule is about, such as
    newcomers. Counted in steps of the grid: one's own minutes in those for all of which buddies are on shift. What lies outside the
    horizon does not count, and shifts on call are no company.
    """

    kind: Literal["overlap"] = "overlap"
    buddies: Names | None = None
    role: Name | None = None
    at_least: Share = 0.5
    unit: ClassVar[str] = "minutes without a buddy"
    source: ClassVar[str] = "common practice: newcomers learn beside somebody"

    @model_validator(mode="after")
    def _one_kind_of_buddy(self) -> Self:
        if (self.buddies is None) == (self.role is None):
            raise ValueError(f"expected buddies or role in {self.kind}, came {'both' if self.role else 'neither'}")
        return self

    @property
    def name(self) -> str:
        """Named by buddies and share, as ``overlap:buddy:60%``."""
        return f"{self.kind}:{self.role or '+'.join(self.buddies or ())}:{share_text(self.at_least)}"

    def _said(self, name: str) -> str:
        return share_text(self.at_least) if name == "at_least" else super()._said(name)

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """The buddies must be there."""
        super().check(workforce, templates)
        Only(agents=self.buddies, role=(self.role,) if self.role else None).check(workforce)

    def is_buddy(self, agent: Agent) -> bool:
        """Whether an agent is a buddy."""
        return self.role in agent.roles or agent.id in (self.buddies or ())

    def buddies_of(self, problem: RosterProblem, agent: Agent) -> list[Agent]:
        """The buddies of an agent: all but oneself."""
        return [other for other in problem.workforce.agents if self.is_buddy(other) and other != agent]

    @property
    def places(self) -> str:
        """Shifts."""
        return "shifts"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The accompanied minutes of every shift."""
        grid = problem.grid
        everybody = Roster.of(grid, (*problem.before, *roster.assignments))
        for agent in self.agents(problem):
            beside = everybody.on_shift([buddy.id for buddy in self.buddies_of(problem, agent)]) > 1 - 1e-9
            for row in (row for row in roster.assignments if row.agent == agent.id and not row.shift.on_call):
                own = np.rint(Roster.of(grid, [row]).on_shift([agent.id]) * grid.step_minutes)
                yield Look(
                    float(own[beside].sum()), self._needed(int(own.sum())), True, row.shift.day, row.shift.day, agent.id
                )

    def _needed(self, minutes: int) -> int:
        """Minutes beside a buddy that a shift of some minutes asks for."""
        return ceil(round(self.at_least * minutes, 6))

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return duration_text(60 * amount)

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift with too little company."""
        return [
            self.breach(
                -look.room,
                f"{look.agent} has a buddy for {self.amount_text(look.found)} of the shift of {look.first}; "
                f"{self.amount_text(look.asked)} are asked for",
                agent=look.agent,
                first=look.first,
            )
            for look in self.looks(problem, roster)
            if look.room < 0
        ]

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each duty: what it needs less its minutes in steps with a buddy is within the slack of its day."""
        needed = self._all_needed(problem)
        beside: dict[tuple[str, ...], dict[int, IntVar]] = {}
        for agent in self.agents(problem):
            with_buddy = beside.setdefault(tuple(buddy.id for buddy in self.buddies_of(problem, agent)), {})
            before = self._before(problem, agent)
            for day in range(len(problem.days)):
                slack = ledger.slack(self, int(needed[day].max()), agent=agent.id, first=problem.days[day])
                for duty, literal in (row for row in x.duties(agent.id, day) if needed[day, row[0].slot]):
                    rows = [(step, int(own)) for step, own in zip(*_steps(problem, duty), strict=True)]
                    for step, _ in rows:
                        if step not in with_buddy:
                            with_buddy[step] = self._with_buddy(x, agent, step, int(before[step]))
                    shared = sum(own * with_buddy[step] for step, own in rows)
                    x.model.add(int(needed[day, duty.slot]) - shared <= slack).only_enforce_if(literal)

    def _with_buddy(self, x: Variables, agent: Agent, step: int, before: int) -> IntVar:
        """Whether buddies of an agent are on shift for all of a step."""
        size = x.problem.grid.step_minutes
        buddies = {buddy.id: ~x.problem.on_call for buddy in self.buddies_of(x.problem, agent)}
        there, minutes = x.model.new_bool_var(f"{self.id} {agent.id} {step}"), x.present(buddies, step) + before
        x.model.add(minutes >= size).only_enforce_if(there)
        x.model.add(minutes < size).only_enforce_if(~there)
        return there

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """Own shifts cost the minutes without a buddy; as a buddy a duty is worth what it takes off those of others."""
        newcomers = [other for other in self.agents(problem) if other != agent and self.is_buddy(agent)]
        if not newcomers and not self.about(agent):
            return None
        worth = np.zeros(problem.on_call.size)
        if self.about(agent):
            shared = problem.duty_minutes @ self._with(problem, others, agent)
            worth -= np.clip(self._all_needed(problem).ravel() - shared, 0, None)
        for newcomer in newcomers:
            for duty in others.tours[newcomer.id]:
                if duty is not None and not duty.template.on_call:
                    self._add_company(problem, worth, duty, self._beside(problem, others, newcomer))
        return Pull(duty=price * np.where(problem.on_call, 0.0, worth.reshape(problem.on_call.shape)))

    def _add_company(
        self, problem: RosterProblem, worth: NDArray[np.float64], duty: Duty, beside: NDArray[np.int64]
    ) -> None:
        """Add to each duty the minutes that it takes off what is missing of one shift of somebody else."""
        steps, own = _steps(problem, duty)
        size, alone = problem.grid.step_minutes, beside[steps] < problem.grid.step_minutes
        short = self._needed(int(own.sum())) - int(own[~alone].sum())
        if short > 0:
            near = slice(max(0, duty.day - 1) * len(problem.slots), (duty.day + 2) * len(problem.slots))
            fills = problem.duty_minutes[near][:, steps].toarray() + beside[steps] >= size
            worth[near] += np.minimum((fills & alone) @ own, short)

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """Minutes missing of all shifts."""
        missing = 0
        for agent in (agent for agent in self.agents(problem) if agent.id in others.tours):
            short = self._all_needed(problem).ravel() - problem.duty_minutes @ self._with(problem, others, agent)
            rows = [duty.day * len(problem.slots) + duty.slot for duty in others.tours[agent.id] if duty]
            missing += int(np.clip(short[rows], 0, None).sum())
        return price * missing

    def _all_needed(self, problem: RosterProblem) -> NDArray[np.int64]:
        """Minutes that each duty asks for, shape (days, slots)."""
        minutes = problem.duty_minutes.sum(axis=1).reshape(problem.on_call.shape)
        needed = np.ceil(np.round(self.at_least * minutes, 6))
        return np.where(problem.on_call, 0, needed).astype(np.int64)

    def _with(self, problem: RosterProblem, others: Others, agent: Agent) -> NDArray[np.int64]:
        """1 for each step for all of which buddies of an agent are on shift, else 0."""
        return np.asarray(self._beside(problem, others, agent) >= problem.grid.step_minutes, dtype=np.int64)

    def _beside(self, problem: RosterProblem, others: Others, agent: Agent) -> NDArray[np.int64]:
        """Minutes that the buddies of an agent are on shift in each step, as far as their tours are known."""
        heads = np.zeros(problem.on_call.size, dtype=np.int64)
        for buddy in self.buddies_of(problem, agent):
            for duty in others.tours.get(buddy.id, ()):
                if duty is not None and not duty.template.on_call:
                    heads[duty.day * len(problem.slots) + duty.slot] += 1
        return np.asarray(self._before(problem, agent) + heads @ problem.duty_minutes)

    def _before(self, problem: RosterProblem, agent: Agent) -> NDArray[np.int64]:
        """Minutes in each step of the buddies' shifts that reach into the horizon."""
        minutes = np.zeros(problem.grid.count, dtype=np.int64)
        buddies = {buddy.id for buddy in self.buddies_of(problem, agent)}
        for row in problem.reaching_in:
            if row.agent in buddies and not row.shift.on_call:
                for step, share in problem.minutes_by_step(*map(problem.elapsed, (row.shift.start, row.shift.end))):
                    minutes[step] += share
        return minutes


def _steps(problem: RosterProblem, duty: Duty) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The steps that a duty meets, and its minutes in each."""
    rows = np.array(list(problem.minutes_by_step(duty.start, duty.end)), dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]
