"""A tree of all rosters says no more than it has looked at: neither where it is stopped, nor where it has come to the end."""

from __future__ import annotations

import numpy as np
import pytest

from tests.schedule.columns.test_workbench import always, bench_of, first_tier, proved
from tests.schedule.small_instances import TIER, optimum
from wfm.schedule.judge import Judged

SEEDS = (0, 1)
"""Instances in which the tree splits: the first mix is no roster."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mix_that_was_stopped_on_the_way_is_still_to_be_looked_at(seed: int) -> None:
    problem, rules = first_tier(seed)
    bench, greedy = bench_of(problem, rules)
    assert bench.price(always)
    known = bench.bound
    assert bench.branch(np.inf, lambda: False) is None
    assert bench.bound == known
    assert proved(bench, Judged(problem, rules, greedy)) == (optimum(problem, rules) or 0) / TIER


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tree_looked_through_knows_the_least_cost_of_a_roster(seed: int) -> None:
    problem, rules = first_tier(seed)
    bench, _ = bench_of(problem, rules)
    assert bench.price(always)
    for _ in range(50):
        bench.branch(np.inf, always)
    assert bench.bound == (optimum(problem, rules) or 0) / TIER
