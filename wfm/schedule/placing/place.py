"""Placement: sessions, blocks of roles and breaks put into settled duties where they cost least service."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from wfm.domain import Agent
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.placing.blocks import MISSING, Blocks
from wfm.schedule.placing.gather import gathered
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.sessions import Sessions

SWEEPS = 6
"""Rounds over the agents at most; the service lost has settled after two or three."""


def place(problem: RosterProblem, rules: Sequence[Rule], draft: Draft) -> Draft:
    """The draft with its sessions, the blocks of its roles, and its breaks placed anew; the same draft where rules ask for neither.

    Sessions come first, exactly (``gather``). Then each agent in turn gets blocks and breaks that cost least given everybody else,
    exactly (``blocks``), until service gains no more: a local optimum. Pinned days stay as they are.
    """
    blocks = Blocks(problem, rules)
    sessions = any(isinstance(rule, Sessions) for rule in rules) and bool(problem.workforce.sessions)
    if not (blocks.hours or sessions):
        return draft
    desk = Desk(problem, blocks, draft, sessions=sessions)
    best, kept = inf, draft
    for _ in range(SWEEPS):
        for agent in problem.workforce.agents:
            desk.respond(agent)
        if desk.loss >= best:
            break
        best, kept = desk.loss, desk.draft
    return kept


class Desk:
    """The plan of everybody while it is placed: tours, minutes on the queue, and minutes that roles are short of."""

    def __init__(self, problem: RosterProblem, blocks: Blocks, draft: Draft, *, sessions: bool) -> None:
        self.problem, self.blocks = problem, blocks
        bare = draft.without_tasks
        pinned = {
            (agent, day): blocks.pins[agent].tasks[day]
            for agent, tour in bare.tours.items()
            for day in blocks.pinned(agent, tour)
        }
        self.fixed = (gathered(problem, blocks.hours, bare, pinned) if sessions else {}) | pinned
        self.tours = {agent: self._with_fixed(agent, tour) for agent, tour in bare.tours.items()}
        self.serving = self.draft.serving()
        self.short = dict.fromkeys(self.tours, 0)

    @property
    def draft(self) -> Draft:
        """The plan as it stands."""
        return Draft(self.problem, dict(self.tours))

    @property
    def loss(self) -> float:
        """Service lost and minutes that roles are short of, in contacts, once everybody has been asked."""
        return MISSING * sum(self.short.values()) - float(self.problem.market.worth(self.serving).sum()) / MICRO

    def respond(self, agent: Agent) -> None:
        """Place an agent's blocks and breaks anew, given everybody else."""
        group, tour, size = self.problem.group_of.get(agent.id), self.tours[agent.id], self.problem.grid.step_minutes
        worth = 0.0 * self.serving.sum(axis=0)
        if group is not None:
            self.serving[group] -= minutes_on_queue(self.problem, tour)
            worth = self.problem.market.head(self.serving, group) / (MICRO * size)
        self.tours[agent.id], self.short[agent.id] = self.blocks.placed(agent, tour, worth)
        if group is not None:
            self.serving[group] += minutes_on_queue(self.problem, self.tours[agent.id])

    def _with_fixed(self, agent: str, tour: Tour) -> Tour:
        pauses = list(tour.pauses)
        for day in self.blocks.pinned(agent, tour):
            pauses[day] = self.blocks.pins[agent].pauses[day]
        return Tour(tour.duties, tuple(pauses), tuple(self.fixed.get((agent, day), ()) for day in range(len(pauses))))
