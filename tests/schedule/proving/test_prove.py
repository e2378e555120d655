"""CP-SAT from a complete hint: whole, then part by part, never worse, and with bounds that rounded prices do not lift above the truth."""

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.problem import RosterProblem
from wfm.schedule.proving import Model, Proof, improver_of, minimise
from wfm.schedule.rules import DayMinutes, MaxNights
from wfm.schedule.search import Search
from wfm.schedule.solution import Limits, TierResult
from wfm.schedule.watch import Watch

STEPS = 100


def greedy() -> tuple[RosterProblem, Draft]:
    problem = centre()
    return problem, Search(problem, RULES, seed=1).greedy()


def proved(problem: RosterProblem, draft: Draft, least: dict[int, float] | None = None) -> Proof:
    return minimise(Model.of(problem, RULES), draft, Watch(Limits(steps=STEPS)), least=least)[0]


def test_a_roster_gets_better_part_by_part_and_the_same_each_time() -> None:
    problem, draft = greedy()
    first, second = proved(problem, draft), proved(problem, draft)
    assert first.draft is not None
    assert second.draft is not None
    before, after = Judged(problem, RULES, draft), Judged(problem, RULES, first.draft)
    assert after.legal
    assert after.cost < before.cost
    assert first.bound is not None
    assert first.bound <= after.cost + 1e-6
    assert first.draft.tours == second.draft.tours


@pytest.mark.parametrize(
    ("limits", "turns"), [(Limits(steps=STEPS), True), (Limits(workers=1), True), (Limits(workers=2), False)]
)
def test_a_worker_alone_takes_turns_at_parts(limits: Limits, turns: bool) -> None:
    assert improver_of(Watch(limits), 1.0).parameters.interleave_search == turns


def test_a_roster_that_meets_a_known_bound_is_proved_at_once() -> None:
    problem, draft = greedy()
    cost = Judged(problem, RULES, draft).cost
    proof = proved(problem, draft, {1: cost})
    assert proof.verdict == "optimal"
    assert proof.bound == pytest.approx(cost, rel=1e-6)


def test_prices_that_are_no_whole_units_do_not_lift_a_bound_above_the_cost() -> None:
    problem = centre(agents=2, days=2)
    hours = DayMinutes(at_most_minutes=0, price=1 / 60)
    ledger = Model.of(problem, (*RULES, hours)).ledger
    least, most = ledger.rounding(1)
    assert least < 1.0 <= most
    assert least * round(hours.price * 1e8) <= hours.price * 1e8  # type: ignore[operator]
    assert Model.of(problem, RULES).ledger.rounding(1) == (1.0, 1.0)
    assert TierResult(tier=1, cost=1e4, bound=1e4 * least).gap == 0.0
    assert TierResult(tier=1, cost=1e4, bound=9_999.0).gap == pytest.approx(1e-4)


def test_a_model_without_barred_duties_has_the_same_best_roster() -> None:
    problem, rules = centre(agents=3, days=3), (*RULES, MaxNights(at_most=0))
    search = Search(problem, rules, seed=1)
    opened = {agent: np.isfinite(choice.fixed) for agent, choice in search.choices.items()}
    assert not all(row[:, 1:].all() for row in opened.values())
    draft, watch = search.greedy(), Watch(Limits(steps=2_000))
    costs = []
    for some in (None, opened):
        (proof, *_) = minimise(Model.of(problem, rules, opened=some), draft, watch)
        assert proof.verdict == "optimal"
        assert proof.draft is not None
        costs.append(Judged(problem, rules, proof.draft).cost)
    assert costs[0] == pytest.approx(costs[1])
