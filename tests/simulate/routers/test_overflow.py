"""Overflow keeps an agent for the first skill until others have waited."""

import numpy as np

from tests.simulate.centre import people
from tests.simulate.test_kernel import ALL_DAY, NEVER, kernel, on_duty, one_router, told
from wfm.domain import Channel
from wfm.simulate.kernel import Kernel
from wfm.simulate.routers.overflow import HELP_AFTER_SECONDS, Overflow

__all__ = ["kernel"]
PHONE, SALES, MAIL = Channel(name="phone"), Channel(name="sales"), Channel(name="mail", kind="deferred")


def test_the_first_skill_and_deferred_work_are_taken_at_once() -> None:
    agent = people(["phone", "sales", "mail"]).agents[0]
    assert [Overflow().seconds_before(agent, channel) for channel in (PHONE, SALES, MAIL)] == [0, HELP_AFTER_SECONDS, 0]
    assert [Overflow().rank_of_channel(agent, channel) for channel in (PHONE, SALES, MAIL)] == [0, 1, 2]
    assert Overflow().rank_of_agent(SALES, agent) == 1


def test_help_comes_when_a_contact_has_waited_and_not_before(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), (0, 12, 100, NEVER), (0, 20, 100, 25), (1, 200, 50, NEVER), channels=2)
    desk = one_router([["phone"], ["sales", "phone"]], PHONE, SALES, kind="overflow")
    floor = kernel(story, on_duty(ALL_DAY, (0.0, 1, True)), desk)
    assert floor.started.tolist() == [10, 12 + HELP_AFTER_SECONDS, NEVER, 200]
    assert floor.agent.tolist() == [0, 1, -1, 1]
    assert floor.abandoned.tolist() == [False, False, True, False]


def test_who_becomes_free_helps_with_who_has_waited_longest(kernel: Kernel) -> None:
    calls = [(0, 10.0 * k, 1_000.0, 80.0) for k in range(8)]
    desk = one_router([["phone"], ["sales", "phone"]], PHONE, SALES, kind="overflow")
    floor = kernel(told(*calls, (1, 5, 70, NEVER), channels=2), on_duty(ALL_DAY, (0.0, 1, True)), desk)
    assert floor.started[:3].tolist() == [0, 75, NEVER]
    assert np.isfinite(floor.started[:8]).sum() == 2
