"""Hands: equal ones are fastest, full ones are all alike, and with two agents the law can be written down."""

import numpy as np
import pytest

from wfm.staffing.conversations import ChatPace, floor_of

PACE = ChatPace(2, 0.5)


def test_speed_grows_with_conversations_and_less_each_time() -> None:
    speed = ChatPace(4, 0.3).speed(np.arange(5))
    assert speed[0] == 0
    assert speed[1] == 1
    assert (np.diff(speed) > 0).all()
    assert (np.diff(speed, 2) < 0).all()


def test_two_agents_with_two_chats_each_by_hand() -> None:
    """Balance of (one each) and (two and none) by hand: the latter is entered only from three chats, when the lonely one ends."""
    load, both = 1.5, 2 / 1.5
    floor = floor_of(2, PACE, load)
    # p: weights of 1, (1, 1), (2, 0), 3 chats, with one chat at weight 1
    system = np.array([
        [-(load + 2), both * 0, both, load],  # (1, 1): in from 1 by a chat that comes, from 3 by an end at the busier agent
        [0, -(load + both), 1.0, 0],  # (2, 0): in from 3 by an end at the lonely agent
        [load, load, -(1 + both), 0],  # 3 without the queue's side: its flow up and back cancels
    ])  # fmt: skip
    one_each, two_none, _ = np.linalg.solve(system[:, :3], -system[:, 3])
    share = two_none / (one_each + two_none)
    assert floor.speed[2] == pytest.approx((1 - share) * 2 + share * both)
    assert floor.busy[2] == pytest.approx(2 - share)
    np.testing.assert_allclose(floor.speed[[0, 1, 3, 4]], [0, 1, 1 + both, 2 * both], atol=1e-12)


@pytest.mark.parametrize(("agents", "pace"), [(3, PACE), (5, ChatPace(3, 0.4)), (4, ChatPace(4, 0.7))])
def test_unequal_hands_are_slower_and_never_more_than_full(agents: int, pace: ChatPace) -> None:
    followed = floor_of(agents, pace, 0.8 * agents * float(pace.speed(pace.concurrency)))
    held = np.arange(agents * pace.concurrency + 1)
    low, more = np.divmod(held, agents)
    equal = more * pace.speed(low + 1) + (agents - more) * pace.speed(low)
    assert (followed.speed <= equal + 1e-9).all()
    assert (np.diff(followed.speed) > 0).all()
    assert followed.speed[-1] == pytest.approx(equal[-1])
    assert (followed.busy <= np.minimum(held, agents) + 1e-9).all()


def test_many_loads_are_interpolated_to_some_millionths() -> None:
    pace, loads = ChatPace(3, 0.4), np.geomspace(0.02, 12, 60)
    many = floor_of(4, pace, loads)
    for place in range(0, 60, 7):
        one = floor_of(4, pace, loads[place])
        np.testing.assert_allclose(many.speed[place], one.speed, atol=5e-6)
        np.testing.assert_allclose(many.busy[place], one.busy, atol=5e-6)
