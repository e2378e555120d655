"""At any prices the bound is below every roster, whatever agents owe beside the queue."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.schedule.tiny import every_tours, weekend
from wfm.domain import Opening, Role, Session
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.audit import audit
from wfm.schedule.bundle import Oracle
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.placing.place import place
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Coverage, MinimumHeads, MinRest, RoleHours, Sessions, Spread
from wfm.schedule.tours import Sum
from wfm.schedule.worth import DutyWorth

EXPERT = Role(
    name="sme", least_minutes=360, most_minutes=600, block_minutes=60, hours=Opening.from_text("mon-sun 07:00-15:00")
)
RULES: tuple[Rule, ...] = (
    MinRest(price=0.01),
    MinimumHeads(skill="phone", at_least=1, price=0.002),
    RoleHours(price=0.02),
    Coverage(),
    Spread(of="nights", allowed=0, price=0.3),
)


@cache
def expert_weekend() -> RosterProblem:
    """Let the expert of the tiny weekend owe her role some hours."""
    problem = weekend()
    return problem.varied(workforce=problem.workforce.varied(roles=(EXPERT,)), pins=())


def oracle_of(problem: RosterProblem, rules: tuple[Rule, ...]) -> Oracle:
    scale = Scale.of(rules)
    workshop = Workshop(problem, rules, scale)
    return Oracle(problem, rules, {agent.id: workshop.choice(agent) for agent in problem.workforce.agents}, scale)


SOME = 4
"""Of all rosters one in so many is placed and audited: the whole takes seconds, and the best bound is below any."""


@cache
def least_cost() -> float:
    """Place the tasks and breaks of every roster, and audit them all."""
    problem, worth = expert_weekend(), DutyWorth(expert_weekend())
    costs = []
    for tours in every_tours(problem)[::SOME]:
        drafted = {agent: worth.plain(Tour(tour, ((),) * len(tour)).choices) for agent, tour in tours.items()}
        rows = audit(problem, RULES, place(problem, RULES, Draft(problem, drafted)).roster())
        costs.append(sum(row.cost for row in rows))
    return min(costs)


@pytest.mark.parametrize("seed", range(5))
def test_no_roster_costs_less_than_the_bound_at_any_prices(seed: int) -> None:
    oracle, random = oracle_of(expert_weekend(), RULES), np.random.default_rng(seed)
    size = 10.0 ** -random.uniform(0.5, 3.5)
    prices = (
        size * random.exponential(size=len(oracle.relaxation.low)) * random.integers(0, 2, len(oracle.relaxation.low))
    )
    bound, answers = oracle.bound(oracle.relaxation.priced(prices))
    assert bound <= least_cost() + 1e-9
    assert len(answers) == len(oracle.debtors)


def test_a_minute_pays_what_is_owed_where_that_is_dearer_than_the_queue() -> None:
    oracle = oracle_of(expert_weekend(), RULES)
    (expert,) = [debtors for debtors in oracle.debtors if debtors.owed]
    assert [row.minutes for row in expert.owed] == [102, 51]  # two days and one of a week's 360 minutes
    prices = np.zeros(len(oracle.relaxation.low))
    prices[expert.rows.start] = 0.02
    _, answers = oracle.bound(prices)
    paid = next(answer.adds[expert.rows.start] for answer in answers if answer.adds[expert.rows.start])
    assert paid == 2 * 60 * 7  # Saturday and Sunday, less the break


def test_who_attends_a_session_owes_its_minutes_once() -> None:
    session = Session(
        name="drill", minutes=60, attendees=("ann", "ben"), hours=Opening.from_text("mon-sun 08:00-12:00")
    )
    problem = weekend()
    problem = problem.varied(workforce=problem.workforce.varied(sessions=(session,)))
    owed = [
        row
        for debtors in oracle_of(problem, (Coverage(), Sessions(), Sessions(price=1.0))).debtors
        for row in debtors.owed
    ]
    assert [row.minutes for row in owed] == [60, 60]
    assert owed[0].inside.sum() == 12


def test_sums_that_prices_keep_are_left_out_of_the_bound_which_stays_finite() -> None:
    problem, scale = expert_weekend(), Scale.of(RULES)
    workshop = Workshop(problem, RULES, scale)
    choices = {agent.id: workshop.choice(agent) for agent in problem.workforce.agents}
    none = Sum(
        np.ones(next(iter(choices.values())).fixed.shape, dtype=np.int64) * (np.arange(1 + len(problem.slots)) > 0),
        0,
        0,
    )
    bounds = []
    for loose in ((), (none,)):
        oracle = Oracle(problem, RULES, {agent: replace(one, loose=loose) for agent, one in choices.items()}, scale)
        bounds.append(oracle.bound(np.full(len(oracle.relaxation.low), 0.01))[0])
    assert bounds[0] == bounds[1]


def test_the_bound_knows_what_uneven_counts_cost() -> None:
    problem = weekend()
    alone, spread = (RULES[0], Coverage()), Spread(of="nights", allowed=0, price=100.0)
    night = np.zeros(len(oracle_of(problem, (*alone, spread)).relaxation.low))
    oracle = oracle_of(problem, (*alone, spread))
    rows = [one.row for debtors in oracle.debtors for one in debtors.counted]
    assert len(rows) == len(oracle.debtors) > 0
    free = oracle_of(problem, alone)
    assert len(free.relaxation.low) == len(night) - 2 * len(rows)
    assert oracle.bound(night)[0] == free.bound(night[: len(free.relaxation.low)])[0]
    night[rows[0]] = -0.01  # what one night more costs the first of them
    (_, paid), (_, unpaid) = oracle.bound(night), oracle.bound(0 * night)
    assert sum(one.adds[rows[0]] for one in paid) <= sum(one.adds[rows[0]] for one in unpaid)
