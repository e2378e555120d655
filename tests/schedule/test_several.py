"""Rules about several people in a whole solve: the best of all rosters, and none of them broken where that is possible."""

import pytest

from tests.schedule.tiny import every_tours, roster_of
from wfm.domain import Opening
from wfm.schedule import Limits, audit, solve
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import (
    Apart,
    Cost,
    Coverage,
    Handover,
    MinimumOnShift,
    NoSingleDependency,
    OnCallCover,
    Overlap,
    Seats,
    ShiftForm,
    Together,
)

SUNDAY = Opening.from_text("sun 10:00-20:00")
KEPT: tuple[Rule, ...] = (
    ShiftForm(),
    Coverage(),
    OnCallCover(hours=SUNDAY, at_least=2),
    Handover(at=(13 * 60,), overlap_minutes=60, days=(5,)),
    Overlap(only=Only(agents=("cas",)), role="buddy", at_least=0.6),
    NoSingleDependency(skill="phone", days=(5,)),
    Seats(site="hq", at_most=1, hours=Opening.from_text("sat 00:00-12:00")),
    Cost(price=0.0001, on_call=0.1, tier=2),
)
TRADED: tuple[Rule, ...] = (
    ShiftForm(),
    Coverage(),
    Apart(people=("ann", "cas"), price=0.002),
    Together(people=("ben", "cas"), same_days=True, price=0.001),
    MinimumOnShift(shift="standby", at_least=1, at_most=1, price=0.6),
    NoSingleDependency(role="buddy", per="week", price=0.4),
    Overlap(role="buddy", at_least=1.0, price=0.003),
    Cost(price=0.0001, weekend=0.5),
)


@pytest.mark.parametrize("rules", [KEPT, TRADED])
def test_a_solve_finds_the_best_of_all_rosters(desk: RosterProblem, rules: tuple[Rule, ...]) -> None:
    drafts = [Draft.of(desk, roster_of(desk, tours)) for tours in every_tours(desk)]
    best = min(Judged(desk, rules, draft).badness for draft in drafts)
    assert best[0] == 0
    solution = solve(desk, rules, Limits(steps=60))
    assert [tier.cost for tier in solution.tiers] == pytest.approx(best[2:], abs=1e-6)
    assert solution.forbidden_breaches == ()
    assert solution.breaches == audit(desk, rules, solution.roster)
