"""Streams of random numbers that do not disturb each other."""

import numpy as np
from scipy.stats import kstest

from wfm.simulate.streams import Purpose, draws, stream


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
    names = [f"a{agent}" for agent in range(40) for _ in range(100)]
    drawn = draws(1, 0, Purpose.ABSENCE, names, np.tile(np.arange(100), 40))
    assert kstest(drawn, "uniform").pvalue > 0.001
    assert len(set(drawn.tolist())) == len(drawn)
    first, second = drawn[:-1], drawn[1:]
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / np.sqrt(len(drawn))
