"""Pools of agents: conserved, repeatable, comparable, and better with more of the right people."""

import numpy as np
import pytest

from wfm.domain import InputError
from wfm.simulate import Calls, Window, draw_calls, group_ranks, serve_pools, simulate_pools

CALLS = Calls.of([0.05, 0.02], [180.0, 300.0], [120.0, np.inf], 1.2)
SKILLS = ((0,), (1,), (1, 0))
WINDOW = Window(seconds=20_000, warm_up=4_000)


def test_calls_are_conserved_and_times_add_up() -> None:
    seen = simulate_pools(CALLS, SKILLS, [8, 6, 3], WINDOW, seed=1, replications=4)
    np.testing.assert_array_equal(seen.offered, seen.answered + seen.abandoned + seen.waiting)
    assert (seen.inside <= seen.answered).all()
    assert seen.offered.shape == (4, 2)
    assert seen.busy_seconds.shape == (4, 3)
    assert (seen.busy_seconds <= np.array([8, 6, 3]) * WINDOW.seconds).all()
    assert seen.abandoned[:, 1].sum() == 0
    load = (CALLS.per_second * CALLS.handle_seconds).sum()
    assert seen.busy_seconds.sum() / WINDOW.seconds / 4 == pytest.approx(load, rel=0.1)


def test_the_same_seed_gives_the_same_and_a_type_does_not_depend_on_others() -> None:
    both, other = draw_calls(CALLS, WINDOW, 3, 1), draw_calls(CALLS, WINDOW, 4, 1)
    alone = draw_calls(Calls.of(0.05, 180.0, 120.0, 1.2), WINDOW, 3, 1)
    for name in ("arrival", "handle", "patience"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(both, name)[: both.first[1]])
    assert len(other.arrival) != len(both.arrival)


def test_an_agent_more_never_lowers_service_beyond_noise() -> None:
    drawn = [draw_calls(CALLS, WINDOW, 1, number) for number in range(5)]
    ranks = group_ranks(SKILLS, 2, "longest_wait", "specialist_first")
    few, many = (serve_pools(drawn, WINDOW, [7, 5, extra], ranks, 20.0).inside.sum() for extra in (2, 3))
    assert many > few


def test_the_first_skill_is_served_first() -> None:
    calls = Calls.of([0.02, 0.02], 180.0, np.inf)
    ordered, fair = (
        simulate_pools(calls, [(1, 0)], [8], WINDOW, seed=1, takes=takes).wait_seconds.sum(axis=0)
        for takes in ("skill_order", "longest_wait")
    )
    assert ordered[1] < fair[1] < ordered[0]


def test_specialists_are_asked_first() -> None:
    calls = Calls.of([0.01, 0.01], 180.0, np.inf)
    first, idle = (
        simulate_pools(calls, SKILLS, [4, 4, 4], WINDOW, seed=1, offers=offers).busy_seconds.sum(axis=0)
        for offers in ("specialist_first", "longest_idle")
    )
    assert first[2] < idle[2]


def test_a_group_of_nobody_and_a_type_without_calls_do_no_harm() -> None:
    seen = simulate_pools(Calls.of([0.0, 0.02], 180.0, 60.0), SKILLS, [0, 0, 6], WINDOW, seed=1, replications=2)
    assert seen.offered[:, 0].tolist() == [0, 0]
    assert seen.busy_seconds[:, :2].tolist() == [[0, 0], [0, 0]]
    assert (seen.answered[:, 1] > 0).all()
    nobody = simulate_pools(CALLS, SKILLS, [0, 0, 0], WINDOW, seed=1, replications=2)
    assert nobody.answered.sum() == 0
    assert nobody.waiting[:, 1].tolist() == nobody.offered[:, 1].tolist()


def test_what_is_no_rate_is_refused() -> None:
    with pytest.raises(InputError, match="rates and handle times of 0 or more"):
        Calls.of(-1.0, 180.0, 60.0)
