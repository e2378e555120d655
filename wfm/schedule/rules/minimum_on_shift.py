"""People on each shift of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import Agent, Name, Shift, ShiftTemplate, Workforce
from wfm.domain.quantity import count_text
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._people import PeopleRule


class MinimumOnShift(PeopleRule):
    """On each of ``days`` the people who work the shift ``shift`` are at least ``at_least``; a breach is people missing or too many.

    With ``at_most`` they are no more than that either. All starts of the shift on one day count together.
    """

    kind: Literal["minimum_on_shift"] = "minimum_on_shift"
    shift: Name
    at_least: Annotated[int, Field(ge=0)] = 1
    at_most: Annotated[int, Field(ge=0)] | None = None
    source: ClassVar[str] = "common practice: nobody works a night alone"

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"expected at_most of at least {self.at_least}, came {self.at_most}")
        return self

    @property
    def name(self) -> str:
        """Named by its shift and numbers, as ``minimum_on_shift:night:2``."""
        most = "" if self.at_most is None else f"-{self.at_most}"
        return f"{self.kind}:{self.shift}:{self.at_least}{most}"

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """The shift must be there."""
        super().check(workforce, templates)
        known = [template.name for template in templates]
        if self.shift not in known:
            raise ValueError(f"expected the shift of {self.kind} to be one of {', '.join(known)}; came {self.shift}")

    @property
    def bounds(self) -> tuple[int, int | None]:
        """As given."""
        return self.at_least, self.at_most

    def counts(self, agent: Agent) -> bool:  # noqa: ARG002 - everybody does
        """Everybody."""
        return True

    def takes(self, problem: RosterProblem) -> NDArray[np.bool_]:
        """Duties of the shift."""
        named = [template.name == self.shift for template, _ in problem.slots]
        return np.tile(np.array(named), (len(problem.days), 1))

    def takes_shift(self, shift: Shift) -> bool:
        """Shifts of that name."""
        return shift.template == self.shift

    def whom(self, number: int) -> str:
        """As ``1 person on the shift night``."""
        return f"{count_text(number, 'person', 'people')} on the shift {self.shift}"
