"""Changes to a published roster, each at a price."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._cells import CellRule, Cells, published_cells


class ChangeCost(CellRule):
    """What was published is worked; a breach is a cell in which something else is."""

    kind: Literal["change_cost"] = "change_cost"
    price: Annotated[float, Field(ge=0)] | None = 1.0
    verb: ClassVar[str] = "was published"
    source: ClassVar[str] = "common practice: people have made their plans"

    def cells(self, problem: RosterProblem, agent: Agent) -> Cells:
        """All published cells."""
        return published_cells(problem, agent)
