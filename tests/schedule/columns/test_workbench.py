"""Bounds from columns are below every roster of small problems, and dives and looks nearby give rosters that the audit confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.schedule.small_instances import TIER, instance, optimum
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.columns import Places, Workbench
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import PeriodShifts
from wfm.schedule.search import Search
from wfm.schedule.tours import Sum

Problem = tuple[RosterProblem, tuple[Rule, ...]]
FEW, MANY = range(6), range(6, 120)
ONE_NIGHT = PeriodShifts(at_most=1, shifts=("night",))


def first_tier(seed: int) -> tuple[RosterProblem, tuple[Rule, ...]]:
    """Build a small instance with the rules that are forbidden or cost something in the first tier."""
    problem, rules = instance(seed)
    return problem, tuple(rule for rule in rules if rule.price is None or rule.tier == 1)


def bench_of(problem: RosterProblem, rules: Sequence[Rule]) -> tuple[Workbench, Draft]:
    """Return a workbench that knows a greedy draft, and the draft."""
    search = Search(problem, rules, 1)
    bench, draft = Workbench(problem, rules, search.choices, search.scale), search.greedy()
    bench.learn(draft)
    return bench, draft


def always() -> bool:
    """Go on."""
    return True


def proved(bench: Workbench, best: Judged) -> float:
    """Return what the best roster of a tree costs once no other can be below it, and hold every bound on the way against it."""
    bounds, limit = [bench.bound], best.cost if best.legal else np.inf
    while bench.bound < limit:
        draft = bench.branch(limit, always)
        judged = Judged(best.problem, best.rules, draft) if draft else best
        limit = min(limit, judged.cost if judged.legal else np.inf)
        bounds.append(bench.bound)
    assert bounds == sorted(bounds)
    assert not [bound for bound in bounds[:-1] if bound > limit]
    return limit


def no_false_bound(seeds: Sequence[int]) -> list[tuple[float, float]]:
    """Return bound and optimum of each instance that has a roster, and hold every draft against both."""
    found = []
    for seed in seeds:
        problem, rules = first_tier(seed)
        least = optimum(problem, rules)
        if least is None:
            continue
        bench, greedy = bench_of(problem, rules)
        assert bench.alone() <= least / TIER, seed
        assert bench.price(always)
        root = bench.bound
        assert root <= least / TIER, seed
        for draft in (
            bench.dive(always),
            bench.dive(always, late=lambda: False),
            bench.dive(always, agreed=0.5),
            bench.near(greedy, np.ones((len(bench.people), 5), dtype=bool), always)[0],
        ):
            if draft is not None:
                judged = Judged(problem, rules, draft)
                assert not [row for row in judged.forbidden if row.agent], seed
                assert not judged.legal or judged.cost >= least / TIER, seed
        assert proved(bench, Judged(problem, rules, greedy)) == least / TIER, seed
        found.append((root, least / TIER))
    return found


def test_no_small_roster_costs_less_than_the_bound_and_most_bounds_are_met() -> None:
    found = no_false_bound(FEW)
    assert len(found) > len(FEW) / 2
    assert sum(bound == least for bound, least in found) > 0.8 * len(found)


@pytest.mark.slow
def test_no_roster_of_hundreds_of_small_problems_costs_less_than_the_bound() -> None:
    found = no_false_bound(MANY)
    assert sum(bound == least for bound, least in found) > 0.8 * len(found)


@pytest.mark.parametrize("seed", range(4))
def test_bounds_and_rosters_keep_loose_sums(seed: int) -> None:
    problem, rules = first_tier(seed)
    held = (*(rule for rule in rules if not isinstance(rule, PeriodShifts)), ONE_NIGHT)
    least = optimum(problem, held)
    if least is None:
        pytest.skip("the instance has no roster with one night each")
    workshop = Workshop(problem, held[:-1], Scale.of(held))
    nights = np.zeros((len(problem.days), 1 + len(problem.slots)), dtype=np.int64)
    nights[:, [1 + slot for slot, (shift, _) in enumerate(problem.slots) if shift.name == "night"]] = 1
    loose = (Sum(nights, 0, 1),)
    choices = {one.id: replace(workshop.choice(one), loose=loose) for one in problem.workforce.agents}
    bench = Workbench(problem, held, choices, workshop.scale)
    bench.learn(Search(problem, held, 1).greedy())
    assert bench.price(always)
    assert bench.bound <= least / TIER
    found = bench.dive(always)
    assert found is None or not [row for row in Judged(problem, held, found).forbidden if row.agent]


def test_looking_everywhere_near_a_greedy_roster_finds_a_better_one_and_keeps_closed_days() -> None:
    problem, rules = first_tier(24)
    bench, greedy = bench_of(problem, rules)
    assert bench.price(always)
    places, better = Places(len(bench.people), len(problem.days), np.random.default_rng(1)), 0
    for _ in range(30):
        free = places.draw(bench.dear(greedy))
        found, certainly_none = bench.near(greedy, free, always)
        places.learn(1, easy=certainly_none)
        if found is None:
            continue
        better += 1
        assert not certainly_none
        assert Judged(problem, rules, found).cost < Judged(problem, rules, greedy).cost
        for place, person in enumerate(bench.people):
            was, now = greedy.tours[person.agents[0]].choices, found.tours[person.agents[0]].choices
            assert [day for day in range(len(was)) if was[day] != now[day] and not free[place, day]] == []
    assert better


def test_the_same_columns_give_the_same_bound_and_dive() -> None:
    runs = []
    for _ in range(2):
        bench, _ = bench_of(*first_tier(5))
        bench.price(always)
        found = bench.dive(always)
        runs.append((bench.bound, found and {agent: tour.choices for agent, tour in found.tours.items()}))
    assert runs[0] == runs[1]


def test_days_are_dear_by_what_agents_miss_together_on_them() -> None:
    problem, rules = first_tier(24)
    bench, greedy = bench_of(problem, rules)
    judged = Judged(problem, rules, greedy)
    couples = {row.rule for row in judged.breaches if not row.agent}
    assert couples
    dear = bench.dear(greedy)
    assert dear.shape == (len(problem.days),)
    assert dear.min() >= 0
    assert dear.sum() > 0
