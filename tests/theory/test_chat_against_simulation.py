"""Chats that slow each other: the chain that staffs them against the simulation that follows every conversation."""

import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, ServiceLevel
from wfm.simulate import simulate
from wfm.staffing import ChatPace, chat

GRID = days(14)


@pytest.mark.parametrize(
    ("agents", "concurrency", "slowdown", "share"), [(3, 3, 0.3, 0.9), (6, 2, 0.15, 0.95), (5, 4, 0.6, 0.9)]
)
def test_service_is_within_half_a_point(agents: int, concurrency: int, slowdown: float, share: float) -> None:
    pace = ChatPace(concurrency, slowdown)
    load = share * agents * float(pace.speed(concurrency))
    channel = Channel(name="chat", kind="chat", concurrency=concurrency, slowdown=slowdown, patience_seconds=240,
                      targets=(ServiceLevel(share=0.8, within_seconds=45),))  # fmt: skip
    workforce = people(*[["chat"]] * agents)
    forecast = flat(GRID, "chat", mean=load * 1800 / 400, aht=400)
    seen = simulate([forecast], [channel], workforce, round_the_clock(GRID, workforce), seed=5, replications=30,
                    handle_times="exponential").of("chat")  # fmt: skip
    queue = chat(load, agents, 400.0, 45.0, pace, patience_seconds=240.0)
    # an empty start and a queue cut off at the end do not matter over two weeks
    assert queue.service_level().item() == pytest.approx(seen.service_level.mean, abs=0.005)
    assert queue.p_abandon.item() == pytest.approx(seen.abandonment.mean, abs=0.005)
    assert queue.busy_share.item() == pytest.approx(seen.occupancy.mean, abs=0.005)
    assert seen.service_level.half_width < 0.005
