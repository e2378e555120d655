"""Holders of a role on shift."""

from __future__ import annotations

from typing import ClassVar, Literal

from wfm.domain import Agent, Name
from wfm.schedule.rules._presence import PresenceRule


class RoleCover(PresenceRule):
    """The holders of ``role`` on shift are at least ``at_least``, breaks included, throughout ``hours``; a breach is minutes short."""

    kind: Literal["role_cover"] = "role_cover"
    role: Name
    source: ClassVar[str] = "common practice: an expert or a lead within reach"

    @property
    def name(self) -> str:
        """Named by its role and number, as ``role_cover:sme:1``."""
        return f"{self.kind}:{self.role}:{self.at_least}"

    def counts(self, agent: Agent) -> bool:
        """Holders of the role."""
        return self.role in agent.roles

    def whom(self, heads: float) -> str:  # noqa: ARG002 - the same of any number
        """The role."""
        return f"with the role {self.role}"
