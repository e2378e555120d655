"""What a solve says of small random instances is true: its bound, its cost and its status, held against every roster there is."""

from collections import Counter

import pytest

from tests.schedule.small_instances import TIER, instance, optimum
from wfm.schedule import Limits, Solution, solve
from wfm.schedule.audit import with_form
from wfm.schedule.columns import Workbench
from wfm.schedule.judge import Judged
from wfm.schedule.search import Search


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


def columns_hold(seed: int) -> bool:
    """Hold the bound of whole tours as columns, and the roster of a dive, against the optimum; whether they met it."""
    problem, rules = instance(seed)
    best = optimum(problem, rules)
    if best is None:
        return False
    search = Search(problem, with_form(rules), seed)
    bench = Workbench(problem, search.rules, search.choices, search.scale)
    bench.learn(search.greedy())
    assert bench.price(lambda: True)
    least = best // TIER + best % TIER / 1000
    assert bench.bound <= least + 1e-6
    dived = bench.dive(lambda: True)
    judged = None if dived is None else Judged(problem, search.rules, dived)
    if judged is None or not judged.legal:
        return False
    cost = judged.cost_of(1) + (judged.cost_of(2) / 1000 if 2 in search.scale.weights else 0)
    assert cost >= least - 1e-6
    return cost == pytest.approx(least) == pytest.approx(bench.bound)


def test_columns_of_a_small_instance_meet_at_its_optimum() -> None:
    assert columns_hold(40)


@pytest.mark.slow
def test_columns_never_promise_more_than_there_is() -> None:
    assert sum(columns_hold(seed) for seed in range(30)) >= 15
