"""Longest wait knows no preference."""

from tests.simulate.centre import people
from wfm.domain import Channel
from wfm.simulate.routers.longest_wait import LongestWait


def test_all_channels_and_all_agents_are_equal() -> None:
    channels, agents = (Channel(name="phone"), Channel(name="fax")), people(["phone", "fax"], ["fax", "phone"]).agents
    router = LongestWait()
    assert {router.rank_of_channel(agent, channel) for agent in agents for channel in channels} == {0}
    assert {router.rank_of_agent(channel, agent) for agent in agents for channel in channels} == {0}
