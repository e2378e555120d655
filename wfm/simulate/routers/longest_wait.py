"""Longest wait first: the contact that waited longest, to the agent who is idle longest."""

from typing import ClassVar

from wfm.domain import Agent, Channel


class LongestWait:
    """All channels an agent serves are equal, and so are all agents who serve a channel."""

    kind: ClassVar[str] = "longest_wait"

    def rank_of_channel(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """The same for every channel."""
        return 0

    def rank_of_agent(self, channel: Channel, agent: Agent) -> int:  # noqa: ARG002
        """The same for every agent."""
        return 0

    def seconds_before(self, agent: Agent, channel: Channel) -> float:  # noqa: ARG002
        """Nobody has to wait for an agent who is free."""
        return 0.0

    def spare_agents(self, agent: Agent, channel: Channel) -> int:  # noqa: ARG002
        """Nobody is held back."""
        return 0
