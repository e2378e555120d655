"""Reserved: some of those who could help out stay free for their own queue."""

from dataclasses import dataclass
from typing import ClassVar

from wfm.domain import Agent, Channel


@dataclass(frozen=True)
class Reserved:
    """As :class:`~wfm.simulate.routers.skill_order.SkillOrder`, but others than the first queue only while ``reserve`` more are idle.

    Trunk reservation: it bounds what helping out can cost the own queue (Ormeci 2004, Dynamic admission control in a call center).
    """

    reserve: int = 1
    kind: ClassVar[str] = "reserved"

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def seconds_before(self, agent: Agent, channel: Channel) -> float:  # noqa: ARG002
        """Nobody has to wait for an agent who is free."""
        return 0.0

    def spare_agents(self, agent: Agent, channel: Channel) -> int:
        """None for the first skill and for deferred work, which is put down when a live contact comes."""
        return 0 if channel.kind == "deferred" or agent.skills[0] == channel.skill else self.reserve
