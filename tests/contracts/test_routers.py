"""The promises of every kind of router: no contact is lost, no agent works without the skill, nobody idles while others wait."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain import Agent, Channel
from wfm.simulate.floor import NOBODY, Contacts, Duty, Floor
from wfm.simulate.kernel import run
from wfm.simulate.measure import check_conservation
from wfm.simulate.router import Router, Routes, routes
from wfm.simulate.routers import ROUTERS, router_of

END = 100.0
CHANNELS = (
    Channel(name="phone", patience_seconds=60),
    Channel(name="sales", exclusive=True),
    Channel(name="chat", kind="chat", concurrency=2, slowdown=0.5),
    Channel(name="mail", kind="deferred"),
    Channel(name="letters", kind="deferred"),
)
KINDS = [pytest.param(kind, id=kind.kind) for kind in ROUTERS]
SKILLS = st.lists(st.sampled_from([channel.skill for channel in CHANNELS]), unique=True, max_size=5).map(tuple)
STAFF = st.lists(SKILLS, max_size=5).map(
    lambda rows: [Agent(id=f"a{k}", contract="c", skills=row) for k, row in enumerate(rows)]
)
SECONDS = st.integers(0, 99).map(float)


@st.composite
def drawn_contacts(draw: st.DrawFn) -> Contacts:
    counts = [draw(st.integers(0, 8)) for _ in CHANNELS]
    channel = np.repeat(np.arange(len(CHANNELS)), counts)
    arrival = np.array([time for count in counts for time in sorted(draw(_list(SECONDS, count)))], np.float64)
    live = np.array([CHANNELS[k].kind != "deferred" for k in channel], np.bool_)
    patience = np.where(live, draw(_list(st.sampled_from([1.0, 20.0, np.inf]), len(channel))), np.inf)
    return Contacts(
        channel=channel,
        arrival=arrival,
        handle=np.array(draw(_list(st.sampled_from([0.0, 1.0, 7.5, 30.0]), len(channel))), np.float64),
        patience=patience,
        due=arrival,
        first=np.concatenate([[0], np.cumsum(counts)]),
    )


def _list(values: st.SearchStrategy[float], size: int) -> st.SearchStrategy[list[float]]:
    return st.lists(values, min_size=size, max_size=size)


@st.composite
def drawn_duty(draw: st.DrawFn, agents: int) -> Duty:
    turns = []
    for agent in range(agents):
        times = sorted(set(draw(st.lists(SECONDS, max_size=4))))
        turns += [(time, agent, k % 2 == 0) for k, time in enumerate(times)]
    turns.sort(key=lambda turn: (turn[0], turn[2], turn[1]))
    at, agent_of, on = ([turn[k] for turn in turns] for k in range(3))
    return Duty(np.array(at, np.float64), np.array(agent_of, np.int64), np.array(on, np.bool_), END)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data(), agents=STAFF, contacts=drawn_contacts())
def test_a_router_keeps_the_promises(
    kind: type[Router], data: st.DataObject, agents: list[Agent], contacts: Contacts
) -> None:
    duty = data.draw(drawn_duty(len(agents)))
    desk = routes(kind(), agents, CHANNELS)
    floor = run(contacts, duty, desk)
    check_conservation(contacts, floor)
    everybody_served_has_an_agent_with_the_skill(agents, contacts, floor)
    agents_begin_on_duty_only(contacts, duty, floor)
    hands_hold_no_more_than_allowed(contacts, desk, floor)
    live_contacts_are_answered_in_turn(contacts, floor)
    nobody_is_taken_too_soon(contacts, desk, floor)
    nobody_idles_while_a_contact_waits(contacts, desk, floor)


def everybody_served_has_an_agent_with_the_skill(agents: list[Agent], contacts: Contacts, floor: Floor) -> None:
    assert ((floor.agent == NOBODY) == ~np.isfinite(floor.started)).all()
    for contact in np.flatnonzero(floor.agent != NOBODY):
        assert CHANNELS[contacts.channel[contact]].skill in agents[floor.agent[contact]].skills


def agents_begin_on_duty_only(contacts: Contacts, duty: Duty, floor: Floor) -> None:
    for contact in np.flatnonzero(np.isfinite(floor.started)):
        if CHANNELS[contacts.channel[contact]].kind != "deferred":
            before = (duty.agent == floor.agent[contact]) & (duty.at <= floor.started[contact])
            assert duty.on[before][-1]
            assert contacts.arrival[contact] <= floor.started[contact]
            assert floor.started[contact] <= contacts.arrival[contact] + contacts.patience[contact]


def hands_hold_no_more_than_allowed(contacts: Contacts, desk: Routes, floor: Floor) -> None:
    """Just after the start of a live contact its agent holds live contacts of its channel only, and no more than the concurrency."""
    live = desk.live[contacts.channel]
    for contact in np.flatnonzero(np.isfinite(floor.started) & (floor.ends > floor.started) & live):
        now = floor.started[contact]
        held = (floor.agent == floor.agent[contact]) & live & (floor.started <= now) & (floor.ends > now)
        assert set(contacts.channel[held]) == {contacts.channel[contact]}
        assert held.sum() <= desk.concurrency[contacts.channel[contact]]


def live_contacts_are_answered_in_turn(contacts: Contacts, floor: Floor) -> None:
    for first, last in zip(contacts.first[:-1], contacts.first[1:], strict=True):
        started = floor.started[first:last]
        assert (np.diff(started[np.isfinite(started)]) >= 0).all()


def nobody_is_taken_too_soon(contacts: Contacts, desk: Routes, floor: Floor) -> None:
    served = np.flatnonzero(np.isfinite(floor.started))
    after = desk.after[floor.agent[served], contacts.channel[served]]
    by_live = desk.live[contacts.channel[served]]  # deferred work may have been begun by another agent
    assert (floor.started[served] >= contacts.arrival[served] + after)[by_live].all()


def nobody_idles_while_a_contact_waits(contacts: Contacts, desk: Routes, floor: Floor) -> None:
    """At the end of the grid no agent on duty has empty hands and a skill that somebody waits for, as long as the router asks for.

    But for those of whom the router wants others of the group to be idle as well.
    """
    waiting = ~np.isfinite(floor.started) & ~floor.abandoned
    idle = floor.on_duty & (floor.held == 0)
    for agent in np.flatnonzero(idle):
        long = contacts.arrival + desk.after[agent, contacts.channel] < END
        others = idle[desk.group == desk.group[agent]].sum() - 1
        long &= others >= desk.spare[agent, contacts.channel]
        assert not (waiting & long)[desk.take[agent, contacts.channel] >= 0].any()


@pytest.mark.parametrize("kind", KINDS)
def test_a_live_contact_always_comes_before_deferred_work(kind: type[Router]) -> None:
    agent = Agent(id="a", contract="c", skills=tuple(reversed([channel.skill for channel in CHANNELS])))
    ranks = routes(kind(), [agent], CHANNELS).take[0]
    live = np.array([channel.kind != "deferred" for channel in CHANNELS])
    assert ranks[live].max() < ranks[~live].min()


@pytest.mark.parametrize("kind", KINDS)
def test_a_router_is_found_by_its_word(kind: type[Router]) -> None:
    assert isinstance(router_of(kind.kind), kind)
