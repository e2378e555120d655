"""Specialist first: a contact goes to the agent with the fewest skills, so that all-rounders stay free for the others."""

from typing import ClassVar

from wfm.domain import Agent, Channel


class SpecialistFirst:
    """All channels an agent serves are equal; among agents, the fewer skills the sooner."""

    kind: ClassVar[str] = "specialist_first"

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """The same for every channel."""
        return 0

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:  # noqa: ARG002
        """Number of the agent's skills."""
        return len(agent.skills)

    def seconds_before(self, agent: Agent, channel: Channel) -> float:  # noqa: ARG002
        """Nobody has to wait for an agent who is free."""
        return 0.0

    def spare_agents(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """Nobody is held back."""
        return 0
