"""Overflow: an agent's first skill is the agent's own queue, the others are helped out once their contacts have waited."""

from dataclasses import dataclass
from typing import ClassVar

from wfm.domain import Agent, Channel

HELP_AFTER_SECONDS = 30.0
"""Half as long again as the usual target of 20 seconds: who could be served in time at home has been."""


@dataclass(frozen=True)
class Overflow:
    """As :class:`~wfm.simulate.routers.skill_order.SkillOrder`, but other queues than the first one after ``help_after_seconds``."""

    help_after_seconds: float = HELP_AFTER_SECONDS
    kind: ClassVar[str] = "overflow"

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def seconds_before(self, agent: Agent, channel: Channel) -> float:
        """None for the first skill and for deferred work, which waits anyway."""
        return 0.0 if channel.kind == "deferred" or agent.skills[0] == channel.skill else self.help_after_seconds

    def spare_agents(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """Nobody is held back."""
        return 0
