"""What no one person should carry alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import Agent, Name, Shift, ShiftTemplate, Skill, Workforce
from wfm.domain.quantity import count_text
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._people import PeopleRule


class NoSingleDependency(PeopleRule):
    """In each ``per`` at least ``at_least`` different people with the same skill or role are at work; a breach is people missing.

    Give ``skill`` or ``role``, and the ``days`` on which it is needed. A week is a calendar week, also where the horizon has a part of
    it only; a period is the horizon.
    """

    kind: Literal["no_single_dependency"] = "no_single_dependency"
    skill: Skill | None = None
    role: Name | None = None
    at_least: Annotated[int, Field(ge=2)] = 2
    per: Literal["day", "week", "period"] = "day"
    unit: ClassVar[str] = "people missing"
    source: ClassVar[str] = "common practice: whoever falls ill can be replaced"

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.skill is None) == (self.role is None):
            raise ValueError(f"expected skill or role in {self.kind}, came {'both' if self.skill else 'neither'}")
        return self

    @property
    def name(self) -> str:
        """Named by its skill or role and span, as ``no_single_dependency:french:day``."""
        return f"{self.kind}:{self.skill or self.role}:{self.per}"

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Somebody must have the skill or role."""
        super().check(workforce, templates)
        if not any(map(self.counts, workforce.agents)):
            raise ValueError(f"expected agents {self._what} for {self.kind}; there are none")

    @property
    def bounds(self) -> tuple[int, int | None]:
        """At least so many."""
        return self.at_least, None

    def counts(self, agent: Agent) -> bool:
        """Who has the skill or role."""
        return self.skill in agent.skills or self.role in agent.roles

    def takes(self, problem: RosterProblem) -> NDArray[np.bool_]:
        """Duties at work."""
        return ~problem.on_call

    def takes_shift(self, shift: Shift) -> bool:
        """Shifts at work."""
        return not shift.on_call

    def stretches(self, problem: RosterProblem) -> list[Sequence[int]]:
        """Days, calendar weeks or the horizon."""
        spans: dict[str, list[Sequence[int]]] = {"week": [*problem.weeks], "period": [range(len(problem.days))]}
        return spans.get(self.per) or super().stretches(problem)

    @property
    def _what(self) -> str:
        return f"with the skill {self.skill}" if self.skill else f"with the role {self.role}"

    def whom(self, number: int) -> str:
        """As ``1 person with the skill french at work``."""
        return f"{count_text(number, 'person', 'people')} {self._what} at work"
