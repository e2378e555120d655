"""Chat against a simulation of its own, against Erlang where hands are not slowed, and against what must hold anywhere."""

import random
from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Abandonment, InputError, Occupancy, ServiceLevel
from wfm.staffing import ChatPace, chat, erlang_a, erlang_c, smallest_agents, smallest_chat_agents

AHT, PATIENCE, WITHIN = 400.0, 240.0, 45.0
TARGET = ServiceLevel(share=0.8, within_seconds=60)


def simulated(arrivals: int, rate: float, agents: int, pace: ChatPace, seed: int) -> tuple[float, float]:
    """Return the share of chats answered in 45 s and the share of agents busy, jump by jump; agents with equal hands are alike."""
    draw, speed = random.Random(seed), [float(pace.speed(held)) / AHT for held in range(pace.concurrency + 1)]
    having = [agents] + [0] * pace.concurrency  # agents by the number of chats they hold
    queue: deque[float] = deque()
    now = busy = 0.0
    in_time = came = 0
    while came < arrivals:
        ends = [count * each for count, each in zip(having, speed, strict=True)]
        leaves = len(queue) / PATIENCE
        total = rate + sum(ends) + leaves
        wait = draw.expovariate(total)
        now, busy = now + wait, busy + wait * (agents - having[0])
        chance = draw.random() * total - rate
        if chance < 0:
            came += 1
            queue.append(now)
        elif chance < leaves:
            del queue[int(chance * PATIENCE)]
        else:
            held = draw.choices(range(len(ends)), ends)[0]
            having[held], having[held - 1] = having[held] - 1, having[held - 1] + 1
        if queue and having[-1] < agents:
            held = next(level for level, count in enumerate(having) if count)
            having[held], having[held + 1] = having[held] - 1, having[held + 1] + 1
            in_time += now - queue.popleft() <= WITHIN
    return in_time / came, busy / now / agents


@pytest.mark.parametrize(
    ("agents", "pace", "share"),
    [(1, ChatPace(2, 0.4), 0.7), (3, ChatPace(3, 0.3), 0.9), (6, ChatPace(4, 0.6), 0.95), (12, ChatPace(2, 0.5), 0.95)],
)
def test_service_is_within_half_a_point_of_a_simulation(agents: int, pace: ChatPace, share: float) -> None:
    load = share * agents * float(pace.speed(pace.concurrency))
    service, busy = simulated(60_000, load / AHT, agents, pace, seed=7)
    queue = chat(load, agents, AHT, WITHIN, pace, patience_seconds=PATIENCE)
    assert queue.service_level() == pytest.approx(service, abs=0.005)
    assert queue.busy_share == pytest.approx(busy, abs=0.005)


@pytest.mark.parametrize("patience", [None, 240.0])
def test_without_slowdown_conversations_are_servers_of_erlang(patience: float | None) -> None:
    load, agents, pace = np.array([0.0, 2.0, 7.0, 11.5, 30.0]), np.array([0, 1, 3, 4, 5]), ChatPace(3)
    mine = chat(load, agents, AHT, WITHIN, pace, patience_seconds=patience)
    theirs = (
        erlang_c(load, 3 * agents, AHT, WITHIN)
        if patience is None
        else erlang_a(load, 3 * agents, AHT, patience, WITHIN)
    )
    for name in ("p_wait", "p_abandon", "average_wait_seconds", "average_wait_served_seconds", "occupancy"):
        np.testing.assert_allclose(getattr(mine, name), getattr(theirs, name), rtol=1e-9, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(mine.service_level(), theirs.service_level(), rtol=1e-9, atol=1e-12)
    least = smallest_chat_agents(load, AHT, (TARGET,), pace, patience_seconds=patience)
    np.testing.assert_array_equal(least, -(-smallest_agents(load, AHT, (TARGET,), patience) // 3))


def test_one_agent_with_two_chats_is_a_chain_of_three_states() -> None:
    pace, load = ChatPace(2, 0.5), 0.8
    below, full = np.array([1.0, load]), load * load / (2 / 1.5)
    tail = full / (1 - load / (2 / 1.5))  # without patience the queue is geometric
    queue = chat(load, 1, AHT, 0.0, pace)
    assert queue.p_wait == pytest.approx(tail / (below.sum() + tail), rel=1e-12)


def test_where_two_at_a_time_bring_nothing_the_second_place_is_a_queue() -> None:
    """Processor sharing: P(j chats) is that of M/M/1."""
    queue = chat(0.6, 1, AHT, 0.0, ChatPace(2, 1.0))
    assert queue.p_wait == pytest.approx(0.6**2, rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(
    load=st.floats(0.01, 12), agents=st.integers(0, 6), k=st.integers(1, 4), slow=st.floats(0, 1), away=st.floats(0, 3)
)
def test_more_agents_help_and_slower_hands_hurt(load: float, agents: int, k: int, slow: float, away: float) -> None:
    def service(n: int, slowdown: float, sessions: float) -> float:
        pace = ChatPace(k, slowdown)
        return chat(
            load, n, AHT, WITHIN, pace, patience_seconds=PATIENCE, exclusive_erlangs=sessions
        ).service_level().item()  # fmt: skip

    here = service(agents, slow, away)
    assert 0 <= here <= service(agents + 1, slow, away) + 1e-9
    assert here <= service(agents, slow / 2, away) + 1e-9
    assert here <= service(agents, slow, away / 2) + 1e-9


@settings(max_examples=15, deadline=None)
@given(load=st.floats(0.01, 20), k=st.integers(1, 3), slow=st.floats(0, 0.8), cap=st.floats(0.3, 0.95))
def test_the_smallest_number_is_the_smallest(load: float, k: int, slow: float, cap: float) -> None:
    targets, pace = (TARGET, Abandonment(share=0.05), Occupancy(share=cap)), ChatPace(k, slow)
    least = smallest_chat_agents(load, AHT, targets, pace, patience_seconds=PATIENCE).item()
    queue = chat(load, [least, least - 1], AHT, 60.0, pace, patience_seconds=PATIENCE)
    met = (queue.service_level() >= 0.8) & (queue.p_abandon <= 0.05) & (queue.occupancy <= cap)
    assert met.tolist() == [True, False]


def test_work_is_conserved() -> None:
    """Little: chats in hand are those answered a second times the handle time they experience; it lies between alone and full hands."""
    pace = ChatPace(3, 0.4)
    queue = chat(np.array([1.0, 5.0, 9.0]), 5, AHT, WITHIN, pace, patience_seconds=PATIENCE)
    held = queue.load_erlangs * (queue.answered_in_time + queue.answered_late)
    np.testing.assert_allclose(queue.occupancy, held / 15)
    assert (np.diff(queue.aht_seconds) > 0).all()
    assert AHT < queue.aht_seconds.min() < queue.aht_seconds.max() < AHT * 1.8


def test_sessions_that_never_come_and_sessions_that_take_everybody() -> None:
    pace = ChatPace(2, 0.3)
    alone = chat(3.0, 3, AHT, WITHIN, pace, patience_seconds=PATIENCE)
    nearly = chat(3.0, 3, AHT, WITHIN, pace, patience_seconds=PATIENCE, exclusive_erlangs=1e-9)
    swamped = chat(3.0, 3, AHT, WITHIN, pace, patience_seconds=PATIENCE, exclusive_erlangs=1e6)
    assert nearly.service_level() == pytest.approx(alone.service_level(), abs=1e-8)
    assert swamped.service_level() == pytest.approx(0, abs=1e-4)
    assert swamped.busy_share == pytest.approx(1)


def test_no_chats_need_nobody_and_half_an_agent_is_refused() -> None:
    pace = ChatPace(2, 0.3)
    assert smallest_chat_agents([0.0], AHT, (TARGET,), pace).tolist() == [0]
    assert chat(0.0, 2, AHT, WITHIN, pace).service_level() == 1
    with pytest.raises(InputError, match="whole number of agents"):
        chat(1.0, 1.5, AHT, WITHIN, pace)
    with pytest.raises(InputError, match="slowdown from 0 to 1"):
        ChatPace(2, 1.5)
