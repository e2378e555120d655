"""Cells that stay as they are."""

from __future__ import annotations

from typing import ClassVar, Literal

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._cells import CellRule, Cells


class Pinned(CellRule):
    """Pinned cells stay: on that day the agent works that shift, or has the day off; a breach is a cell that differs."""

    kind: Literal["pinned"] = "pinned"
    verb: ClassVar[str] = "is pinned"
    source: ClassVar[str] = "the planner's pins"

    def cells(self, problem: RosterProblem, agent: Agent) -> Cells:
        """The agent's pins."""
        return {pin.day: pin.shift for pin in problem.pins if pin.agent == agent.id and pin.day in problem.days}
