"""The proof of fewest changes: its bound, its open choices and its verdicts hold against every roster with few changes."""

import numpy as np
import pytest

from tests.schedule.replanning.test_replan import KEPT, absent, otherwise, small, with_changes
from wfm.schedule import Limits, RosterProblem, Rule
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.replanning.proof import FewestChanges
from wfm.schedule.replanning.replan import Mending
from wfm.schedule.rules import ChangeCost
from wfm.schedule.watch import Watch

OWN: tuple[Rule, ...] = tuple(rule for rule in KEPT if rule.tier == 1)
MOST = 1


def opened(seed: int) -> tuple[RosterProblem, FewestChanges, Judged]:
    """Return an absence, its proof, and the roster of the mending."""
    problem = absent(small(seed), seed)
    assert problem.published is not None
    rules, told = (*OWN, ChangeCost(price=0.3)), Draft.of(problem, problem.published)
    mending = Mending(problem, rules, 1, told)
    best = Judged(problem, rules, mending.mend(Watch(Limits(steps=200))))
    return problem, FewestChanges(problem, rules, mending.choices, told), best


def legal(problem: RosterProblem) -> list[tuple[float, Draft]]:
    """Return every legal roster with few changes and its cost otherwise, the cheapest first."""
    drafts = [draft for number in range(MOST + 1) for draft in with_changes(problem, number)]
    found = [(otherwise(problem, OWN, draft.roster()), draft) for draft in drafts]
    return sorted(((cost, draft) for cost, draft in found if cost is not None), key=lambda row: row[0])


@pytest.mark.parametrize(
    "seed", [0, 1, pytest.param(2, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow)]
)
def test_bound_open_choices_and_verdicts_hold_against_every_roster_with_one_change(seed: int) -> None:
    problem, proof, best = opened(seed)
    (cost, cheapest), *_ = rows = legal(problem)
    margins, random = proof.margins, np.random.default_rng(seed)
    near = margins.around(cheapest)
    for prices in (near, near * 0.0, near * random.uniform(0.0, 2.0, near.shape)):
        assert margins.at(prices, MOST).bound <= cost + 1e-6
    better = margins.better(near, MOST, cost, rounds=40)
    assert margins.at(near, MOST).bound <= better.bound <= cost + 1e-6
    limit = cost + 0.5
    choices = margins.open_choices(better, MOST, limit)
    for other, draft in rows:
        if other <= limit:
            for agent, tour in draft.tours.items():
                assert choices[agent][np.arange(len(tour.choices)), tour.choices].all()
    watch = Watch(Limits(seconds=60.0, workers=1))
    verdict, found = proof.decide(best, MOST, cost, watch)
    assert verdict == "found"
    assert found is not None
    assert proof.number(found) <= MOST
    assert proof.otherwise(found) == pytest.approx(cost, abs=1e-5)
    assert proof.decide(best, MOST, cost - 0.001, watch)[0] == "none"
