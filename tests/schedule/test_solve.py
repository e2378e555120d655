"""The recipe: the optimum where it can be known, an honest account elsewhere."""

from datetime import date

import pytest

from tests.schedule.centre import RULES, centre
from tests.schedule.tiny import every_tours, roster_of, weekend
from wfm.domain import Contract, Opening, Role, ShiftTemplate, TimeOff, Workforce
from wfm.schedule import Limits, Progress, Solution, audit, solve
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import (
    Availability,
    Coverage,
    MinimumHeads,
    MinRest,
    RoleCover,
    ShiftsWeek,
    Spread,
    WeekMinutes,
    Wishes,
)
from wfm.schedule.rules import TimeOff as KeepTimeOff

LAWFUL: tuple[Rule, ...] = (Availability(), KeepTimeOff(), MinRest(), Coverage(), Wishes(price=1.0, tier=2))
PRICED: tuple[Rule, ...] = (
    MinRest(price=0.01),
    KeepTimeOff(price=0.8),
    Coverage(),
    Spread(of="nights", allowed=0, price=0.5),
    Wishes(price=0.3),
)
TIERS: tuple[Rule, ...] = (Wishes(price=1.0, tier=1), Coverage(tier=2), ShiftsWeek(price=1.0, tier=3), MinRest())


@pytest.mark.parametrize("rules", [LAWFUL, pytest.param(PRICED, marks=pytest.mark.slow), TIERS])
def test_a_solve_finds_the_optimum_of_all_rosters(rules: tuple[Rule, ...]) -> None:
    problem = weekend()
    drafts = [Draft.of(problem, roster_of(problem, tours)) for tours in every_tours(problem)]
    best = min(Judged(problem, rules, draft).badness for draft in drafts)
    solution = solve(problem, rules, Limits(steps=300))
    assert solution.status == "optimal"
    assert [tier.cost for tier in solution.tiers] == pytest.approx(best[2:], abs=1e-6)
    assert [tier.gap for tier in solution.tiers] == [0.0] * len(solution.tiers)
    assert solution.breaches == audit(problem, rules, solution.roster)


def test_the_same_steps_give_the_same_bytes() -> None:
    problem = centre()
    first, second = (solve(problem, RULES, Limits(steps=40, seed=3)).model_dump_json() for _ in range(2))
    assert first == second


def test_a_stop_keeps_the_best_roster_so_far() -> None:
    problem = centre(agents=8, days=14, first=date(2026, 11, 2))
    heard: list[Progress] = []
    solution = solve(problem, RULES, on_progress=heard.append, should_stop=lambda: len(heard) > 2)
    assert solution.status == "feasible"
    assert not solution.forbidden_breaches
    assert heard[0].phase == "greedy"
    assert heard[0].roster is not None
    assert solution.tiers[0].cost <= heard[0].best + 1e-6


def test_a_solve_from_an_optimal_roster_does_not_make_it_worse() -> None:
    problem = centre(agents=3, days=2)
    first = solve(problem, RULES, Limits(steps=100))
    again = solve(problem, RULES, Limits(steps=1), start=first.roster)
    assert again.tiers[0].cost <= first.tiers[0].cost


def experts_on_leave() -> RosterProblem:
    """Both experts are on leave on Sunday."""
    problem = centre(agents=3, days=3)
    agents = tuple(
        agent.varied(roles=("sme",)) if agent.id in {"a0", "a1"} else agent for agent in problem.workforce.agents
    )
    sunday = date(2026, 10, 25)
    leave = tuple(TimeOff(agent=agent, first=sunday, last=sunday) for agent in ("a0", "a1"))
    workforce = Workforce(
        contracts=(Contract(name="full", week_minutes=2400),), agents=agents, roles=(Role(name="sme"),), time_off=leave
    )
    return problem.varied(workforce=workforce)


def test_a_conflict_is_named_with_its_rules_and_dates_and_the_least_bad_roster() -> None:
    problem = experts_on_leave()
    noon = RoleCover(role="sme", hours=Opening.from_text("sat-sun 12:00-12:30, mon 12:00-12:30"))
    rules = (MinRest(), KeepTimeOff(), noon, Coverage())
    solution = solve(problem, rules, Limits(seconds=20))
    assert solution.status == "conflict"
    assert [breach.first for breach in solution.forbidden_breaches] == [date(2026, 10, 25)]
    told = "\n".join(solution.conflict)
    assert solution.conflict[0].startswith("proved")
    assert noon.id in told
    assert "time_off" in told
    assert "min_rest" not in told
    assert "2026-10-25" in told


def test_a_solve_that_is_stopped_before_any_verdict_is_unfinished_not_a_conflict() -> None:
    problem = experts_on_leave()
    always = RoleCover(role="sme", hours=Opening.from_text("sat-sun 12:00-12:30, mon 12:00-12:30"))
    solution = solve(problem, (KeepTimeOff(), always, Coverage()), Limits(seconds=20), should_stop=lambda: True)
    assert solution.status == "unfinished"
    assert solution.forbidden_breaches


def test_nobody_to_roster_is_told_not_raised() -> None:
    problem = centre(agents=3, days=1)
    empty = problem.varied(workforce=Workforce(contracts=(), agents=()))
    solution = solve(empty, RULES, Limits(steps=10))
    assert solution.roster.assignments == ()
    assert solution.tiers[0].cost == pytest.approx(problem.market.full.sum() / 1e6)


def test_an_agent_that_no_duty_fits_stays_at_home() -> None:
    problem = centre(agents=2, days=2)
    agents = tuple(
        agent.varied(availability=Opening.from_text("mon 00:00-01:00")) for agent in problem.workforce.agents
    )
    solution = solve(
        problem.varied(workforce=problem.workforce.varied(agents=agents)), (Availability(), *RULES), Limits(steps=10)
    )
    assert solution.roster.assignments == ()
    assert solution.status == "optimal"


def test_rules_without_a_price_have_no_tier() -> None:
    solution: Solution = solve(centre(agents=2, days=2), (MinRest(), WeekMinutes()), Limits(steps=10))
    assert solution.tiers == ()
    assert solution.status == "optimal"


def test_no_two_shifts_overlap_where_no_rule_asks_for_rest() -> None:
    early = ShiftTemplate(name="early", starts=(6 * 60,), minutes=8 * 60)
    night = ShiftTemplate(name="night", starts=(22 * 60,), minutes=10 * 60)
    greedy = MinimumHeads(at_least=2, price=1.0)
    found = solve(weekend().varied(templates=(early, night)), (greedy,), Limits(steps=100))
    assert found.status == "optimal"
    assert not [breach for breach in found.breaches if breach.forbidden]
