"""Chat is Erlang with k servers an agent, no better and no worse."""

import numpy as np

from wfm.domain import Channel
from wfm.staffing import Demand
from wfm.staffing.models import Concurrent, ErlangA
from wfm.staffing.staffing_model import LIVE_DEFAULT

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
