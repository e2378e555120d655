"""Streams of random numbers that do not disturb each other."""

import numpy as np

from wfm.simulate.streams import Purpose, draw, stream


def test_a_stream_depends_on_each_part_of_its_name_and_on_nothing_else() -> None:
    keys = [
        (seed, replication, purpose, name)
        for seed in (1, 2)
        for replication in (0, 1)
        for purpose in Purpose
        for name in ("phone", "chat")
    ]
    first = [stream(*key).random() for key in keys]
    assert len(set(first)) == len(keys)
    assert first == [stream(*key).random() for key in keys]


def test_draws_of_agents_and_days_are_uniform() -> None:
    draws = [draw(1, 0, Purpose.ABSENCE, f"a{agent}", day) for agent in range(40) for day in range(100)]
    assert abs(np.mean(draws) - 0.5) < 4 * np.sqrt(1 / 12 / len(draws))
    assert len(set(draws)) > 3_990
