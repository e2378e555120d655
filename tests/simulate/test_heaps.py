"""The heaps give what comes first, however places change."""

from heapq import heappop, heappush

import numpy as np

from wfm.simulate.floor import AGENT, CALL, TURN
from wfm.simulate.heaps import promise, redeem, take_place


def test_the_top_is_always_who_finishes_first() -> None:
    rng, count = np.random.default_rng(1), 13
    agents, turns = np.zeros(count, AGENT), np.zeros(count, TURN)
    agents["place"] = turns["agent"] = np.arange(count)
    turns["time"] = np.inf
    times = np.full(count, np.inf)
    for _ in range(500):
        agent = int(rng.integers(count))
        times[agent] = rng.choice([np.inf, float(rng.integers(50))])
        take_place(agents, turns, agent, times[agent])
        assert turns[0].time == times.min()
        np.testing.assert_array_equal(turns["time"], times[turns["agent"]])
        np.testing.assert_array_equal(turns["agent"][agents["place"]], np.arange(count))


def test_promised_contacts_come_in_the_order_of_their_times() -> None:
    rng = np.random.default_rng(2)
    calls, called, plain = np.zeros(201, CALL), np.zeros(1, np.int64), list[tuple[float, int]]()
    calls[0].time = np.inf
    for contact in range(200):
        time = float(rng.random())
        promise(calls, called, time, contact)
        heappush(plain, (time, contact))
        if rng.random() < 0.4:
            assert redeem(calls, called) == heappop(plain)[1]
        assert calls[0].time == (plain[0][0] if plain else np.inf)
    while plain:
        assert redeem(calls, called) == heappop(plain)[1]
    assert calls[0].time == np.inf
