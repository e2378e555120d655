"""Agents on shift, whatever the contacts ask for."""

from __future__ import annotations

from typing import ClassVar, Literal

from wfm.domain import Agent, Skill
from wfm.schedule.rules._presence import PresenceRule


class MinimumHeads(PresenceRule):
    """The agents on shift are at least ``at_least``, breaks included, throughout ``hours``; a breach is minutes short.

    With ``skill`` only those who have it count.
    """

    kind: Literal["minimum_heads"] = "minimum_heads"
    skill: Skill | None = None
    source: ClassVar[str] = "common practice: nobody works alone"

    @property
    def name(self) -> str:
        """Named by its number and skill, as ``minimum_heads:2`` or ``minimum_heads:phone:1``."""
        return ":".join(str(part) for part in (self.kind, self.skill, self.at_least) if part)

    def counts(self, agent: Agent) -> bool:
        """Everybody, or who has the skill."""
        return self.skill is None or self.skill in agent.skills

    def whom(self, heads: float) -> str:
        """Agents, with their skill."""
        agents = "agent" if heads == 1 else "agents"
        return agents if self.skill is None else f"{agents} with the skill {self.skill}"
