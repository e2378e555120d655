"""The heaps give what comes first, however places change."""

from heapq import heappop, heappush

import numpy as np

from tests.simulate.centre import people
from wfm.domain import Channel
from wfm.simulate.floor import Contacts, Duty, State, opened
from wfm.simulate.heaps import promise, redeem, take_place
from wfm.simulate.router import routes
from wfm.simulate.routers import router_of


def state(agents: int = 1, followers: int = 0) -> State:
    never, none = np.full(followers, np.inf), np.empty(0, np.int64)
    contacts = Contacts(np.zeros(followers, np.int64), never, never, never, never, np.array([0, followers]))
    desk = routes(router_of("longest_wait"), people(*[["phone"]] * agents).agents, [Channel(name="phone")])
    return opened(contacts, Duty(np.empty(0), none, np.empty(0, np.bool_), 0.0), desk)


def test_the_top_is_always_who_finishes_first() -> None:
    rng, count = np.random.default_rng(1), 13
    floor = state(agents=count)
    agents, turns = floor.agents, floor.turns
    times = np.full(count, np.inf)
    for _ in range(500):
        agent = int(rng.integers(count))
        times[agent] = rng.choice([np.inf, float(rng.integers(50))])
        take_place(floor, agent, times[agent])
        assert turns[0].time == times.min()
        np.testing.assert_array_equal(turns["time"], times[turns["agent"]])
        np.testing.assert_array_equal(turns["agent"][agents["place"]], np.arange(count))


def test_promised_contacts_come_in_the_order_of_their_times() -> None:
    rng = np.random.default_rng(2)
    floor, plain = state(followers=200), list[tuple[float, int]]()
    for contact in range(200):
        time = float(rng.random())
        promise(floor, time, contact)
        heappush(plain, (time, contact))
        if rng.random() < 0.4:
            assert redeem(floor) == heappop(plain)[1]
        assert floor.calls[0].time == (plain[0][0] if plain else np.inf)
    while plain:
        assert redeem(floor) == heappop(plain)[1]
    assert floor.calls[0].time == np.inf
