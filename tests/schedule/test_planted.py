"""Planted conflicts: each is told exactly, with a roster and a way out."""

import pytest

from tests.schedule.planted import KINDS, planted, unplanted
from wfm.schedule import Limits, solve
from wfm.schedule.judge import Judged
from wfm.schedule.search import Search


def told(kind: str, agents: int, seed: int) -> None:
    case = planted(kind, agents, seed)
    solution = solve(case.problem, case.rules, Limits(seconds=60))
    assert solution.status == "conflict"
    assert solution.roster.assignments
    assert case.named_by(solution)
    assert all(conflict.repairs for conflict in solution.conflicts)


@pytest.mark.parametrize("kind", ["pair", "odd_contract"])
def test_a_conflict_in_a_small_centre_is_told(kind: str) -> None:
    told(kind, 20, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_conflict_of_each_kind_is_told(kind: str) -> None:
    told(kind, 30, seed=2)


def test_the_same_centre_without_a_conflict_has_a_legal_roster() -> None:
    problem, rules = unplanted(20, 1)
    assert Judged(problem, rules, Search(problem, rules, 1).greedy()).legal


def test_the_same_seed_plants_the_same_conflict() -> None:
    first, again = planted("nights", 25, seed=3), planted("nights", 25, seed=3)
    assert (first.problem, first.rules, first.truth) == (again.problem, again.rules, again.truth)
