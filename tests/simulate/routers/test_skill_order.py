"""Skill order follows the list of the agent."""

from tests.simulate.centre import people
from wfm.domain import Channel
from wfm.simulate.routers.skill_order import SkillOrder


def test_the_first_skill_comes_first_for_agent_and_contact() -> None:
    fax, (first, second) = Channel(name="fax"), people(["fax", "phone"], ["phone", "fax"]).agents
    router = SkillOrder()
    assert router.rank_of_channel(first, fax) < router.rank_of_channel(first, Channel(name="phone"))
    assert router.rank_of_agent(fax, first) < router.rank_of_agent(fax, second)
