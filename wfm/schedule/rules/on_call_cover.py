"""People on call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Name, Shift, ShiftTemplate, Skill, Workforce
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._presence import PresenceRule


class OnCallCover(PresenceRule):
    """The agents on call are at least ``at_least`` throughout ``hours``; a breach is minutes short.

    With ``skill`` or ``role`` only those who have it count. Whoever is at work is not on call.
    """

    kind: Literal["on_call_cover"] = "on_call_cover"
    skill: Skill | None = None
    role: Name | None = None
    verb: ClassVar[str] = "on call"
    source: ClassVar[str] = "common practice: somebody can be reached"

    @property
    def name(self) -> str:
        """Named by skill, role and number, as ``on_call_cover:sme:1``."""
        return ":".join(str(part) for part in (self.kind, self.skill, self.role, self.at_least) if part)

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Somebody must have the skill and the role, and there must be a shift on call."""
        super().check(workforce, templates)
        if not any(map(self.counts, workforce.agents)):
            raise ValueError(f"expected {self.whom(0)} for {self.kind}; there are none")
        if not any(template.on_call for template in templates):
            raise ValueError(f"expected a shift with on_call: true for {self.kind}; there is none")

    def counts(self, agent: Agent) -> bool:
        """Everybody, or who has the skill and the role."""
        return self.skill in {None, *agent.skills} and self.role in {None, *agent.roles}

    def takes(self, problem: RosterProblem, agent: Agent) -> NDArray[np.bool_]:  # noqa: ARG002 - the same for all
        """Duties on call."""
        return problem.on_call

    def takes_shift(self, agent: Agent, shift: Shift) -> bool:  # noqa: ARG002 - the same for all
        """Shifts on call."""
        return shift.on_call

    def whom(self, heads: float) -> str:
        """Agents, with their skill and role."""
        return "".join(
            [
                "agent" if heads == 1 else "agents",
                f" with the skill {self.skill}" * bool(self.skill),
                f" with the role {self.role}" * bool(self.role),
            ]
        )
