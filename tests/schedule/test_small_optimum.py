"""What a solve says of small random instances is true: its bound, its cost and its status, held against every roster there is."""

from collections import Counter

import pytest

from tests.schedule.small_instances import TIER, instance, optimum
from wfm.schedule import Limits, Solution, solve


def check(seed: int, limits: Limits) -> Solution:
    """Solve an instance and hold the answer against its optimum."""
    problem, rules = instance(seed)
    best, solution = optimum(problem, rules), solve(problem, rules, limits)
    if best is None:
        assert solution.status in {"conflict", "unfinished"}
        return solution
    assert solution.status in {"optimal", "feasible"}
    tiers = {result.tier: result for result in solution.tiers}
    cost = sum(result.cost * (TIER if tier == 1 else 1) for tier, result in tiers.items())
    assert cost >= best - 1e-6
    first = tiers[1]
    assert first.bound is None or first.bound <= best // TIER + 1e-6
    if solution.status == "optimal":
        assert cost == pytest.approx(best, abs=1e-6)
    return solution


@pytest.mark.parametrize("seed", [1, 2, 3, 6, 8])
def test_a_small_instance_is_solved_to_what_trying_everything_finds(seed: int) -> None:
    assert check(seed, Limits(steps=40, seed=seed)).status in {"optimal", "conflict"}


@pytest.mark.slow
def test_no_answer_to_many_small_instances_is_untrue() -> None:
    found = Counter(check(seed, Limits(steps=40, seed=seed)).status for seed in range(60))
    assert found["optimal"] >= 45
    assert found["conflict"] >= 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 5, 7])
def test_two_workers_against_the_clock_say_what_is_true_too(seed: int) -> None:
    check(seed, Limits(seconds=3, workers=2, seed=seed))
