"""The event loop on stories small enough to follow by hand, and the same code compiled and as it stands."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.simulate.centre import days, flat, people, round_the_clock
from wfm.domain import Channel, Escalation, Level
from wfm.simulate.arrivals import contacts
from wfm.simulate.duty import duty, rostered
from wfm.simulate.floor import BEGUN, ENDED, FOLLOW, LEFT, NOBODY, NOTHING, Contacts, Duty, Floor
from wfm.simulate.following import Redial
from wfm.simulate.kernel import Kernel, compiled, run
from wfm.simulate.measure import check_conservation
from wfm.simulate.router import Routes, routes
from wfm.simulate.routers import router_of

END = 10_000.0
Story = tuple[int, float, float, float]
"""Channel, arrival, handle seconds, patience."""


@pytest.fixture(params=["as it stands", "compiled"])
def kernel(request: pytest.FixtureRequest) -> Kernel:
    return run if request.param == "as it stands" else compiled()


def told(*stories: Story, channels: int = 1, due: Sequence[float] | None = None) -> Contacts:
    """Contacts of stories that are ordered by channel and arrival."""
    channel, arrival, handle, patience = (np.array(column) for column in zip(*stories, strict=True))
    return Contacts(
        channel=channel.astype(np.int64),
        arrival=arrival.astype(np.float64),
        handle=handle.astype(np.float64),
        patience=patience.astype(np.float64),
        due=arrival.astype(np.float64) if due is None else np.array(due, np.float64),
        first=np.searchsorted(channel, np.arange(channels + 1)),
    )


def on_duty(*turns: tuple[float, int, bool]) -> Duty:
    return Duty(
        at=np.array([turn[0] for turn in turns], np.float64),
        agent=np.array([turn[1] for turn in turns], np.int64),
        on=np.array([turn[2] for turn in turns], np.bool_),
        end=END,
    )


def one_router(agents: Sequence[Sequence[str]], *channels: Channel, kind: str = "longest_wait") -> Routes:
    return routes(router_of(kind), people(*agents).agents, channels)


PHONE = Channel(name="phone")
CHAT = Channel(name="chat", kind="chat", concurrency=2)
MAIL = Channel(name="mail", kind="deferred")
ALL_DAY = (0.0, 0, True)
NEVER = np.inf


def test_contacts_are_served_in_turn(kernel: Kernel) -> None:
    floor = kernel(told((0, 10, 100, NEVER), (0, 20, 50, NEVER)), on_duty(ALL_DAY), one_router([["phone"]], PHONE))
    assert floor.started.tolist() == [10, 110]
    assert floor.ends.tolist() == [110, 160]
    assert floor.busy.tolist() == [[150]]


def test_a_caller_leaves_when_patience_is_over(kernel: Kernel) -> None:
    story = told((0, 10, 100, 5), (0, 20, 50, 60), (0, 30, 50, 200), (0, 9_990, 50, 5), (0, 9_995, 50, 50))
    floor = kernel(story, on_duty(ALL_DAY, (9_000.0, 0, False)), one_router([["phone"]], PHONE))
    assert floor.started.tolist() == [10, NEVER, 110, NEVER, NEVER]
    assert floor.abandoned.tolist() == [False, True, False, True, False]
    assert floor.left.tolist() == [2]


def test_the_contact_in_hand_is_finished_before_a_break_and_nothing_is_begun_in_it(kernel: Kernel) -> None:
    turns = on_duty(ALL_DAY, (60.0, 0, False), (960.0, 0, True))
    floor = kernel(told((0, 10, 100, NEVER), (0, 200, 50, NEVER)), turns, one_router([["phone"]], PHONE))
    assert floor.started.tolist() == [10, 960]
    assert floor.ends.tolist() == [110, 1_010]
    assert floor.busy.tolist() == [[100]], "the 50 s past the break's start are no time on duty"


def test_a_contact_that_outlasts_the_break_is_still_the_only_one_in_hand(kernel: Kernel) -> None:
    turns = on_duty(ALL_DAY, (60.0, 0, False), (80.0, 0, True))
    floor = kernel(told((0, 10, 100, NEVER), (0, 20, 50, NEVER)), turns, one_router([["phone"]], PHONE))
    assert floor.started.tolist() == [10, 110]
    assert floor.busy.tolist() == [[130]]


def test_the_agent_idle_longest_gets_the_contact(kernel: Kernel) -> None:
    turns = on_duty((0.0, 1, True), (5.0, 0, True))
    story = told((0, 10, 10, NEVER), (0, 30, 10, NEVER), (0, 50, 10, NEVER))
    assert kernel(story, turns, one_router([["phone"], ["phone"]], PHONE)).agent.tolist() == [1, 0, 1]


def test_an_agent_takes_the_longest_waiting_of_several_channels(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), (0, 40, 10, NEVER), (1, 30, 10, NEVER), channels=2)
    floor = kernel(story, on_duty(ALL_DAY), one_router([["phone", "fax"]], PHONE, Channel(name="fax")))
    assert floor.started.tolist() == [10, 120, 110]


def test_the_order_of_skills_beats_the_wait_where_the_router_says_so(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), (0, 40, 10, NEVER), (1, 30, 10, NEVER), channels=2)
    desk = one_router([["phone", "fax"]], PHONE, Channel(name="fax"), kind="skill_order")
    assert kernel(story, on_duty(ALL_DAY), desk).started.tolist() == [10, 110, 120]


def test_deferred_work_is_put_down_for_a_call_and_gone_on_with(kernel: Kernel) -> None:
    story = told((0, 100, 30, NEVER), (1, 0, 200, NEVER), (1, 10, 50, NEVER), channels=2)
    floor = kernel(story, on_duty(ALL_DAY), one_router([["phone", "mail"]], PHONE, MAIL))
    assert floor.started.tolist() == [100, 0, 230]
    assert floor.ends.tolist() == [130, 230, 280]
    assert floor.busy.tolist() == [[30], [250]]


def test_put_down_work_may_be_finished_by_another_agent(kernel: Kernel) -> None:
    story = told((0, 100, 1_000, NEVER), (1, 0, 200, NEVER), channels=2)
    floor = kernel(story, on_duty(ALL_DAY, (150.0, 1, True)), one_router([["phone", "mail"], ["mail"]], PHONE, MAIL))
    assert floor.agent.tolist() == [0, 1]
    assert floor.ends.tolist() == [1_100, 250]


def test_a_call_of_no_length_does_not_end_the_put_down_work_twice(kernel: Kernel) -> None:
    story = told((0, 50, 0, NEVER), (1, 0, 100, NEVER), (1, 10, 100, NEVER), (1, 20, 100, NEVER), channels=2)
    floor = kernel(story, on_duty(ALL_DAY), one_router([["phone", "mail"]], PHONE, MAIL))
    assert floor.ends.tolist() == [50, 100, 200, 300]
    assert floor.held.tolist() == [0]


def test_the_oldest_deadline_comes_first_among_deferred_channels(kernel: Kernel) -> None:
    story = told((0, 1, 10, NEVER), (1, 2, 10, NEVER), channels=2, due=[900, 500])
    desk = one_router([["mail", "letters"]], MAIL, Channel(name="letters", kind="deferred"))
    assert kernel(story, on_duty((5.0, 0, True)), desk).started.tolist() == [15, 5]


def test_an_agent_holds_as_many_chats_as_the_channel_allows_and_no_call_beside_them(kernel: Kernel) -> None:
    story = told(
        (0, 0, 100, NEVER), (0, 10, 100, NEVER), (0, 20, 100, NEVER), (1, 5, 10, 60), (1, 50, 10, NEVER), channels=2
    )
    floor = kernel(story, on_duty(ALL_DAY), one_router([["chat", "phone"]], CHAT, PHONE))
    assert floor.started.tolist() == [0, 10, 100, NEVER, 200]
    assert floor.busy.tolist() == [[200], [10]], "two chats at once are one busy agent"


def test_an_agent_who_comes_takes_as_many_chats_as_wait_and_fit(kernel: Kernel) -> None:
    story = told((0, 0, 100, NEVER), (0, 10, 100, NEVER), (0, 20, 100, NEVER))
    floor = kernel(story, on_duty((50.0, 0, True)), one_router([["chat"]], CHAT))
    assert floor.started.tolist() == [50, 50, 150]


def test_a_chat_goes_to_empty_hands_first(kernel: Kernel) -> None:
    turns = on_duty(ALL_DAY, (5.0, 1, True))
    floor = kernel(told((0, 10, 100, NEVER), (0, 20, 100, NEVER)), turns, one_router([["chat"], ["chat"]], CHAT))
    assert floor.agent.tolist() == [0, 1]


def test_without_agents_nobody_is_served(kernel: Kernel) -> None:
    floor = kernel(told((0, 10, 100, 50), (0, 20, 50, NEVER)), on_duty(), one_router([], PHONE))
    assert floor.agent.tolist() == [NOBODY, NOBODY]
    assert floor.abandoned.tolist() == [True, False]


def test_put_down_work_goes_to_somebody_who_is_idle(kernel: Kernel) -> None:
    story = told((0, 100, 1_000, NEVER), (1, 0, 200, NEVER), channels=2)
    desk = one_router([["phone", "mail"], ["mail"]], PHONE, MAIL)
    floor = kernel(story, on_duty(ALL_DAY, (5.0, 1, True)), desk)
    assert floor.agent.tolist() == [0, 1]
    assert floor.ends.tolist() == [1_100, 200]


def test_chats_side_by_side_slow_each_other_down(kernel: Kernel) -> None:
    slow = Channel(name="chat", kind="chat", concurrency=2, slowdown=0.5)
    floor = kernel(told((0, 0, 100, NEVER), (0, 40, 100, NEVER)), on_duty(ALL_DAY), one_router([["chat"]], slow))
    assert floor.started.tolist() == [0, 40]
    assert floor.ends.tolist() == [40 + 60 * 1.5, 130 + 40], "each at two thirds of the speed beside the other"
    assert floor.busy.tolist() == [[170]]


def test_an_exclusive_contact_that_waits_keeps_chats_from_who_could_take_it(kernel: Kernel) -> None:
    remote = Channel(name="remote", exclusive=True)
    chats = ((0, 0, 100, NEVER), (0, 20, 100, NEVER), (0, 30, 10, NEVER))
    floor = kernel(
        told(*chats, (1, 10, 50, NEVER), channels=2), on_duty(ALL_DAY), one_router([["chat", "remote"]], CHAT, remote)
    )
    assert floor.started.tolist() == [0, 150, 150, 100]
    plain = kernel(
        told(*chats, (1, 10, 50, NEVER), channels=2),
        on_duty(ALL_DAY),
        one_router([["chat", "remote"]], CHAT, Channel(name="remote")),
    )
    assert plain.started.tolist() == [0, 20, 100, 120]


def test_a_chat_that_one_may_not_take_goes_to_another_with_room(kernel: Kernel) -> None:
    remote = Channel(name="remote", exclusive=True)
    story = told((0, 0, 100, NEVER), (0, 1, 100, NEVER), (0, 20, 10, NEVER), (1, 10, 50, NEVER), channels=2)
    desk = one_router([["chat", "remote"], ["chat"]], CHAT, remote)
    floor = kernel(story, on_duty(ALL_DAY, (0.5, 1, True)), desk)
    assert floor.agent.tolist() == [0, 1, 1, 0]
    assert floor.started.tolist() == [0, 1, 20, 100]


def test_chats_go_on_when_the_exclusive_contact_has_gone_elsewhere(kernel: Kernel) -> None:
    remote = Channel(name="remote", exclusive=True)
    story = told((0, 0, 100, NEVER), (0, 20, 10, NEVER), (1, 10, 50, NEVER), channels=2)
    floor = kernel(story, on_duty(ALL_DAY, (40.0, 1, True)), one_router([["chat", "remote"], ["remote"]], CHAT, remote))
    assert floor.agent.tolist() == [0, 0, 1]
    assert floor.started.tolist() == [0, 40, 40]


def following(story: Contacts, *links: tuple[int, int, int, float]) -> Contacts:
    """A story with (contact that follows, of which, when, seconds after), which then comes by none of its own."""
    follow, arrival = np.zeros(len(story.arrival), FOLLOW), story.arrival.copy()
    follow["then"] = follow["too"] = follow["of"] = NOTHING
    for contact, of, when, after in links:
        follow[contact] = (follow[contact]["then"], follow[of]["then"], of, when, after, 0.0)
        follow[of]["then"] = contact
        arrival[contact] = NEVER
    return story._replace(arrival=arrival, due=arrival, follow=follow)


def test_what_is_finished_goes_on_to_the_next_level(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), (1, 0, 30, NEVER), (1, 0, 40, NEVER), channels=2)
    links = ((1, 0, ENDED, 60), (2, 0, ENDED, 5))
    desk = one_router([["phone"], ["second"]], PHONE, Channel(name="second"))
    floor = kernel(following(story, *links), on_duty(ALL_DAY, (0.0, 1, True)), desk)
    assert floor.arrival.tolist() == [10, 170, 115]
    assert floor.started.tolist() == [10, 170, 115]


def test_a_consult_begins_while_the_contact_goes_on(kernel: Kernel) -> None:
    story = told((0, 10, 100, NEVER), (1, 0, 30, NEVER), channels=2)
    desk = one_router([["phone"], ["second"]], PHONE, Channel(name="second"))
    floor = kernel(following(story, (1, 0, BEGUN, 60)), on_duty(ALL_DAY, (0.0, 1, True)), desk)
    assert (floor.started.tolist(), floor.ends.tolist()) == ([10, 70], [110, 100])


def test_who_gave_up_calls_again_and_who_was_served_does_not(kernel: Kernel) -> None:
    story = told((0, 0, 100, NEVER), (0, 10, 50, 20), (0, 60, 50, 90), (0, 90, 7, NEVER), (0, 91, 7, NEVER))
    links = ((3, 1, LEFT, 200), (4, 2, LEFT, 10))
    floor = kernel(following(story, *links), on_duty(ALL_DAY), one_router([["phone"]], PHONE))
    assert floor.abandoned.tolist() == [False, True, False, False, False]
    assert floor.arrival.tolist() == [0, 10, 60, 230, NEVER]
    assert floor.started.tolist() == [0, NEVER, 100, 230, NEVER]
    assert (floor.arrived.tolist(), floor.answered.tolist(), floor.left.tolist()) == ([4], [3], [1])


def test_who_calls_again_comes_between_those_who_come_first(kernel: Kernel) -> None:
    story = told((0, 0, 100, NEVER), (0, 10, 50, 20), (0, 400, 50, NEVER), (0, 401, 7, NEVER))
    floor = kernel(following(story, (3, 1, LEFT, 200)), on_duty(ALL_DAY), one_router([["phone"]], PHONE))
    assert floor.started.tolist() == [0, NEVER, 400, 230]
    assert floor.arrived.tolist() == [4]


def test_without_a_folder_to_write_to_the_loop_works_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def njit(*, cache: bool = False, **_: object) -> Callable[[object], object]:
        def decorated(step: object) -> object:
            if cache:
                raise RuntimeError("cannot cache function: no locator available")
            return step

        return decorated

    monkeypatch.setattr("numba.njit", njit)
    kernel = compiled.__wrapped__()
    assert kernel(told((0, 10, 100, NEVER)), on_duty(ALL_DAY), one_router([["phone"]], PHONE)).ends.tolist() == [110]


def test_compiled_and_plain_code_agree_to_the_last_bit() -> None:
    channels = (
        Channel(name="phone", patience_seconds=120),
        Channel(name="chat", kind="chat", concurrency=3, slowdown=0.3, patience_seconds=300),
        Channel(name="remote", exclusive=True),
        MAIL,
        Channel(name="second"),
    )
    skills = (["phone"], ["chat", "remote"], ["phone", "mail", "remote"], ["mail", "chat"], ["second", "phone"])
    grid, staff = days(1), people(*skills)
    forecasts = [flat(grid, channel.name, mean=mean) for channel, mean in zip(channels, (8, 11, 1, 5, 0), strict=True)]
    level = Level(name="second", sources=(Escalation(source="phone", share=0.3),), aht_seconds=300)
    redial = Redial(share=0.5, after_seconds=600)
    drawn = contacts(forecasts, channels, "lognormal", 1, 0, levels=[level], redial=redial)
    turns = duty(rostered(round_the_clock(grid, staff), [agent.id for agent in staff.agents]))
    desk = routes(router_of("longest_wait"), staff.agents, channels)
    plain, fast = run(drawn, turns, desk), compiled()(drawn, turns, desk)
    check_conservation(drawn, plain)
    for name in Floor._fields:
        np.testing.assert_array_equal(getattr(plain, name), getattr(fast, name), err_msg=name)
