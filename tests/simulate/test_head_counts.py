"""Counted agents serve calls exactly as agents who are followed one by one do, compiled and as the loop stands."""

from __future__ import annotations

import numpy as np
import pytest

from wfm.simulate import Calls, Skills, Stream, Window, answered_inside, draw_calls, group_ranks, serve_pools
from wfm.simulate.head_counts import compiled, serve

# as the rows of the general loop stand, so that both break the ties of the first second alike
ABLE = np.array([[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 1, 0], [1, 1, 1]])
HEADS = np.array([12, 9, 3, 14, 0, 4])
CALLS = Calls.of([0.06, 0.05, 0.04], [240, 180, 300], [120, 200, 90])
WINDOW = Window(7_200, 2_400, 60)
WITHIN = np.array([20.0, 30.0, 60.0])


@pytest.mark.parametrize("allowance", [(0, 0, 0), (40, 0, 15)])
@pytest.mark.parametrize("more", [0, 3])
def test_counted_agents_serve_as_agents_do_who_are_followed(allowance: tuple[float, ...], more: int) -> None:
    calls = draw_calls(CALLS, WINDOW, 7, more)
    late, heads = np.array(allowance, np.float64), HEADS + more * ABLE[:, 0]
    ranks = group_ranks([np.flatnonzero(row).tolist() for row in ABLE], 3, "longest_wait", "specialist_first")
    followed = serve_pools([calls._replace(due=calls.arrival + late[calls.channel])], WINDOW, heads, ranks, WITHIN)
    stream = Stream.of(calls)
    counted = answered_inside(stream, WINDOW, Skills.of(ABLE), heads, late, WITHIN)
    assert stream.offered(WINDOW).tolist() == followed.offered[0].tolist()
    assert counted.tolist() == followed.inside[0].tolist()
    assert counted.sum() > 0


def test_loop_is_the_same_compiled_and_as_it_stands() -> None:
    stream = Stream.of(draw_calls(CALLS, Window(1_800, 600, 60), 3, 0))
    first, second = (
        answered_inside(stream, Window(1_800, 600, 60), Skills.of(ABLE), HEADS, np.zeros(3), WITHIN, loop)
        for loop in (serve, compiled())
    )
    assert first.tolist() == second.tolist()


def test_nobody_answers_where_nobody_is() -> None:
    stream = Stream.of(draw_calls(CALLS, WINDOW, 1, 0))
    assert answered_inside(stream, WINDOW, Skills.of(ABLE), np.zeros(6, np.int64), np.zeros(3), WITHIN).sum() == 0
