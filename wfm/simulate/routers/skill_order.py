"""Skill order: the order of an agent's skills is a priority, for the agent and for the contacts."""

from typing import ClassVar

from wfm.domain import Agent, Channel


class SkillOrder:
    """An agent takes the channel that stands first among the agent's skills; a contact goes to whoever lists its skill earliest."""

    kind: ClassVar[str] = "skill_order"

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:
        """Position of the channel's skill in the agent's list."""
        return agent.skills.index(channel.skill)

    def seconds_before(self, agent: Agent, channel: Channel) -> float:  # noqa: ARG002
        """Nobody has to wait for an agent who is free."""
        return 0.0

    def spare_agents(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """Nobody is held back."""
        return 0
