"""Agents who come are copies of the first ones; agents who leave take their wishes along."""

import pytest

from tests.study.folders import phone_small
from wfm.domain import Refused
from wfm.study.levers import Headcount


def test_who_comes_is_like_the_first_but_for_the_id() -> None:
    agents = Headcount(by=10).apply(phone_small()).workforce.agents
    old, new = agents[:8], agents[8:]
    assert len({agent.id for agent in agents}) == 18
    assert [(a.contract, a.skills, a.roles) for a in new] == [(a.contract, a.skills, a.roles) for a in (*old, *old[:2])]


def test_who_comes_twice_gets_another_id() -> None:
    scenario = Headcount(by=1).apply(Headcount(by=1).apply(phone_small()))
    assert [agent.id for agent in scenario.workforce.agents[8:]] == ["new1", "new1x"]


def test_who_leaves_takes_wishes_along() -> None:
    workforce = Headcount(by=-5).apply(phone_small()).workforce
    assert [agent.id for agent in workforce.agents] == ["B1", "B2", "B3"]
    assert [wish.agent for wish in workforce.wishes] == ["B1"]


def test_somebody_stays() -> None:
    with pytest.raises(Refused, match="one must stay"):
        Headcount(by=-8).apply(phone_small())
