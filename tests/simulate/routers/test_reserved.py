"""Reserved keeps some agents free for their own queue."""

from tests.simulate.centre import people
from tests.simulate.test_kernel import ALL_DAY, NEVER, kernel, on_duty, one_router, told
from wfm.domain import Channel
from wfm.simulate.kernel import Kernel
from wfm.simulate.routers import router_of
from wfm.simulate.routers.reserved import Reserved

__all__ = ["kernel"]
PHONE, SALES, MAIL = Channel(name="phone"), Channel(name="sales"), Channel(name="mail", kind="deferred")


def test_the_first_skill_and_deferred_work_are_taken_at_once() -> None:
    agent = people(["phone", "sales", "mail"]).agents[0]
    assert [Reserved(2).spare_agents(agent, channel) for channel in (PHONE, SALES, MAIL)] == [0, 2, 0]
    assert [Reserved().rank_of_channel(agent, channel) for channel in (PHONE, SALES, MAIL)] == [0, 1, 2]
    assert Reserved().seconds_before(agent, SALES) == 0
    assert router_of("reserved", reserve=3) == Reserved(3)


def test_the_last_idle_agent_helps_nobody_until_another_is_idle(kernel: Kernel) -> None:
    """Two agents of sales who know the phone: the second call waits until both are idle but for the one who then takes it."""
    story = told((0, 10, 100, NEVER), (0, 20, 100, NEVER), (1, 30, 50, NEVER), channels=2)
    desk = one_router([["sales", "phone"], ["sales", "phone"]], PHONE, SALES, kind="reserved")
    floor = kernel(story, on_duty(ALL_DAY, (0.0, 1, True)), desk)
    assert floor.started.tolist() == [10, 110, 30], "at 80 nobody else is idle, at 110 the other is"


def test_who_comes_on_duty_lets_another_help(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), channels=2)
    desk = one_router([["sales", "phone"], ["sales", "phone"]], PHONE, SALES, kind="reserved")
    assert kernel(story, on_duty(ALL_DAY, (40.0, 1, True)), desk).started.tolist() == [40]
    assert kernel(story, on_duty(ALL_DAY), desk).started.tolist() == [NEVER]
