"""Chat is Erlang with k servers an agent, no better and no worse; where chats slow each other it is the chain of chats."""

import numpy as np

from wfm.domain import Channel
from wfm.domain.target import LIVE_DEFAULT
from wfm.staffing import ChatPace, Demand, smallest_chat_agents
from wfm.staffing import chat as chain_of_chats
from wfm.staffing.models import Concurrent, ErlangA

WORK = Demand(np.linspace(1, 90, 40), np.full(40, 300.0), 1800.0)
VOICE = Channel(name="phone", patience_seconds=200)


def chat(concurrency: int) -> Channel:
    return Channel(name="chat", kind="chat", concurrency=concurrency, patience_seconds=200)


def test_one_conversation_at_a_time_is_a_phone() -> None:
    least = Concurrent(chat(1)).smallest(WORK, (LIVE_DEFAULT,))
    np.testing.assert_array_equal(least, ErlangA(VOICE).smallest(WORK, (LIVE_DEFAULT,)))


def test_agents_are_conversations_divided_and_rounded_up() -> None:
    conversations = Concurrent(chat(1)).smallest(WORK, (LIVE_DEFAULT,))
    for concurrency in (2, 3, 7):
        agents = Concurrent(chat(concurrency)).smallest(WORK, (LIVE_DEFAULT,))
        np.testing.assert_array_equal(agents, np.ceil(conversations / concurrency))


def test_the_assumption_about_handle_time_is_told() -> None:
    assert "with 3 conversations at a time" in " ".join(Concurrent(chat(3)).notes())


SLOWER = chat(2).varied(slowdown=0.15)


def test_chats_that_slow_each_other_need_what_the_chain_says() -> None:
    model, pace = Concurrent(SLOWER), ChatPace(2, 0.15)
    few = WORK.take(np.arange(0, 40, 8))
    least = model.smallest(few, (LIVE_DEFAULT,))
    np.testing.assert_array_equal(
        least, smallest_chat_agents(few.load_erlangs, 300.0, (LIVE_DEFAULT,), pace, patience_seconds=200)
    )
    assert (least >= Concurrent(chat(2)).smallest(few, (LIVE_DEFAULT,))).all()
    assert (
        least <= Concurrent(chat(2)).smallest(Demand(few.volume, few.aht_seconds * 1.15, 1800.0), (LIVE_DEFAULT,))
    ).all()
    share = model.share_in_target(few, least.astype(float))
    each = [
        chain_of_chats(load, n, 300.0, 20.0, pace, patience_seconds=200).service_level().item()
        for load, n in zip(few.load_erlangs.tolist(), least.tolist(), strict=True)
    ]
    np.testing.assert_allclose(share, each, atol=1e-6)


def test_half_an_agent_more_lies_between_whole_ones_and_huge_loads_do_not_overflow() -> None:
    model, one = Concurrent(SLOWER), WORK.take(np.array([20]))
    fewer, middle, more = (model.share_in_target(one, np.array([n])) for n in (4.0, 4.5, 5.0))
    assert fewer < middle < more
    huge = Demand(np.array([1e9]), np.array([300.0]), 1800.0)
    least = model.smallest(huge, (LIVE_DEFAULT,))
    assert 1e9 / 6 / 2 * 0.7 < least.item() < 1e9 / 6
    assert model.share_in_target(huge, least / 2) < 0.8 < model.share_in_target(huge, least.astype(float))


def test_the_working_of_slower_hands_tells_both_handle_times() -> None:
    lines = " ".join(Concurrent(SLOWER).working(WORK.take(np.array([20])), 5))
    assert "r(m) = m / (1 + s (m - 1)), s = 0.15" in lines
    assert "beside the others, 300 s alone" in lines
    assert "each further one makes all of them 15% longer" in " ".join(Concurrent(SLOWER).notes())
