"""The tables of a router keep the rules that no router may change."""

import numpy as np

from tests.simulate.centre import people
from wfm.domain import Channel
from wfm.simulate.router import routes
from wfm.simulate.routers import router_of

PHONE, MAIL = Channel(name="phone"), Channel(name="mail", kind="deferred", skill="writing")
CHAT = Channel(name="chat", kind="chat", concurrency=3)


def test_a_pair_without_the_skill_is_closed() -> None:
    desk = routes(router_of("longest_wait"), people(["phone"], ["writing", "chat"], []).agents, [PHONE, MAIL, CHAT])
    assert (desk.take >= 0).tolist() == [[True, False, False], [False, True, True], [False, False, False]]
    np.testing.assert_array_equal(desk.offer >= 0, desk.take.T >= 0)


def test_deferred_work_ranks_behind_live_contacts_even_where_its_skill_stands_first() -> None:
    desk = routes(router_of("skill_order"), people(["writing", "chat", "phone"]).agents, [PHONE, MAIL, CHAT])
    assert np.argsort(desk.take[0]).tolist() == [2, 0, 1]


def test_a_channel_brings_its_concurrency() -> None:
    assert routes(router_of("longest_wait"), (), [PHONE, MAIL, CHAT]).concurrency.tolist() == [1, 1, 3]
