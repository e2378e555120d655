"""Changes to a published roster at short notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent
from wfm.domain.time import local
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._cells import CellRule, Cells, published_cells


class LateChange(CellRule):
    """What was published changes only with ``notice_days`` days of notice or more; a breach is a cell that changes with less.

    Notice runs from ``told_on``, the local date on which the new roster is told (where left out, the first day of the horizon):
    told on the 1st with 5 days of notice, the 6th is the first day that may change. A shift that falls on the agent's own time off
    may: who falls ill needs no notice.
    """

    kind: Literal["late_change"] = "late_change"
    notice_days: Annotated[int, Field(ge=1, le=366)] = 5
    told_on: date | None = None
    verb: ClassVar[str] = "was published and it is too late to change it"
    source: ClassVar[str] = "the agreed notice; Directive (EU) 2019/1152 art. 10 asks for a reasonable one"

    @property
    def name(self) -> str:
        """Named by its notice, as ``late_change:5``."""
        return f"{self.kind}:{self.notice_days}"

    def cells(self, problem: RosterProblem, agent: Agent) -> Cells:
        """Published cells of the days before the notice is over, but for shifts that fall on time off."""
        free_from = (self.told_on or problem.days[0]) + timedelta(days=self.notice_days)
        off, zone = problem.workforce.days_off, problem.grid.zone
        return {
            day: shift
            for day, shift in published_cells(problem, agent).items()
            if day < free_from and not (shift and {(agent.id, day), (agent.id, local(shift.end, zone).date())} & off)
        }
