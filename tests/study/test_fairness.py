"""The fairness of a roster: counts with history, fair shares that add up, wishes and their reasons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.study.folders import phone_small
from wfm.domain import Agent, Burden, Wish
from wfm.schedule import Limits, RosterProblem, Solution, solve
from wfm.schedule.rules import Fairness, Spread, Wishes
from wfm.study import Scenario, forecast_all, require_all, roster_problem
from wfm.study.fairness import FairnessReport, fairness_of
from wfm.study.fairness_price import price_of_fairness


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return phone-small with a ledger: B1 worked six Saturdays, the others two; everybody wishes for the Saturday off."""
    base = phone_small()
    people, saturday = base.workforce.agents, base.horizon.dates[0] + timedelta(days=5)
    burdens = [Burden(agent=row.id, period="2026-11", weekends=6 if row.id == "B1" else 2) for row in people]
    wishes = [Wish(agent=row.id, date=saturday, want="off", points=2) for row in people]
    rules = (*(rule for rule in base.rules if rule.kind != "wishes"), Wishes(price=0.1), Fairness(price=0.5))
    return base.varied(
        workforce=base.workforce.varied(burdens=burdens, wishes=wishes), rules=rules, limits=Limits(steps=60)
    )


@pytest.fixture(scope="module")
def problem(scenario: Scenario) -> RosterProblem:
    return roster_problem(scenario, require_all(scenario, forecast_all(scenario)))


@pytest.fixture(scope="module")
def solution(scenario: Scenario, problem: RosterProblem) -> Solution:
    return solve(problem, scenario.rules, scenario.limits)


@pytest.fixture(scope="module")
def report(scenario: Scenario, problem: RosterProblem, solution: Solution) -> FairnessReport:
    return fairness_of(scenario, problem, solution.roster)


def test_who_bore_most_so_far_is_spared(report: FairnessReport) -> None:
    assert next(row for row in report.agents if row.agent == "B1").of("weekends").now == 0


def test_fair_shares_add_up_to_what_is_borne(report: FairnessReport) -> None:
    for kind in ("weekends", "unmet_wishes"):
        rows = [row.of(kind) for row in report.agents]
        able = [row for row in rows if row.fair is not None]
        assert sum(row.fair or 0.0 for row in able) == pytest.approx(sum(row.total for row in able))
        assert sum(row.above for row in rows) == pytest.approx(0.0, abs=1e-9)


def test_a_share_follows_the_contract(scenario: Scenario, report: FairnessReport) -> None:
    week = {agent.id: scenario.workforce.contract_of(agent.id).week_minutes for agent in scenario.workforce.agents}
    shares = {row.agent: row.share for row in report.agents}
    assert shares["B8"] / shares["B1"] == pytest.approx(week["B8"] / week["B1"])


def test_words_for_the_agent_say_what_is_far_from_the_fair_share(report: FairnessReport) -> None:
    words = next(row.words for row in report.agents if row.agent == "B1")
    assert words[0].startswith("weekends: 0 in this roster and 6 before; the fair share of")
    assert words[0].endswith(" above")


def test_points_are_counted_and_each_refused_wish_has_a_reason(report: FairnessReport, scenario: Scenario) -> None:
    assert report.points == 2 * len(scenario.workforce.agents)
    assert report.points_granted + sum(row.wish.points for row in report.refused) == report.points
    assert report.granted_share == report.points_granted / report.points
    assert all(row.words for row in report.refused)
    assert report.refused, "somebody works on Saturday, or the centre is shut"


def test_the_rosters_own_rows_are_those_of_the_ledger(report: FairnessReport) -> None:
    for row, ledger in zip(report.burdens, report.agents, strict=True):
        assert (row.agent, row.weekends) == (ledger.agent, ledger.of("weekends").now)


@pytest.mark.slow
def test_the_price_of_fairness_compares_two_searches(scenario: Scenario, problem: RosterProblem) -> None:
    price = price_of_fairness(problem, (*scenario.rules, Spread(of="weekends", price=1.0)), Limits(steps=30))
    assert price.contacts == price.fair.contacts_lost - price.unfair.contacts_lost
    assert price.hours == pytest.approx(price.fair.paid_hours - price.unfair.paid_hours)
    assert price.fair.largest <= price.unfair.largest
    assert price.fair.forbidden_breaches == 0


def test_nobody_is_an_input_by_performance() -> None:
    known = set(Agent.model_fields)
    assert not {name for name in known if any(word in name for word in ("score", "performance", "rating", "quality"))}
