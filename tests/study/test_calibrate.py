"""Certified plans: what misses is corrected, what cannot be met is told with the people who are missing, and proof is fresh."""

from types import SimpleNamespace
from typing import cast

import pytest

from tests.study.folders import PHONE_SMALL, phone_small
from wfm.domain import Abandonment, AverageWait, Estimate, InputError, Performance, Roster, ServiceLevel
from wfm.domain.performance import verdict
from wfm.schedule import Limits, Rule, Solution, audit
from wfm.schedule.rules import Cost, WeekMinutes
from wfm.study import Plan, Scenario, certified_plan, plan, read_scenario, roster_problem
from wfm.study.attempt import Attempt, Desk, excess
from wfm.study.calibrate import FRESH, HEAVIEST, LIGHTENINGS, LONGEST_STRIDE, corrected, next_factors, pushes, stuck
from wfm.study.shortage import kind_that_helps, with_more


def briefly(scenario: Scenario) -> Scenario:
    return scenario.varied(limits=Limits(steps=20), replications=30)


@pytest.fixture(autouse=True)
def _roughly(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a point and a half instead of half a point: nothing here asks for figures."""
    monkeypatch.setattr("wfm.study.attempt.PRECISION", 0.015)
    monkeypatch.setattr("wfm.study.calibrate.PROVING_REPLICATIONS", 30)


@pytest.fixture(scope="module")
def overtime() -> Plan:
    """A plan whose uncorrected roster misses its target because extra hours are dear."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wfm.study.attempt.PRECISION", 0.01)
        patch.setattr("wfm.study.calibrate.PROVING_REPLICATIONS", 30)
        return certified_plan(dear_overtime())


def dear_overtime() -> Scenario:
    scenario = briefly(read_scenario(PHONE_SMALL, ["demand.phone.scale=1.8"]))
    phone = scenario.channels[0].varied(targets=(ServiceLevel(share=0.805, within_seconds=20),))
    rules = [rule for rule in scenario.rules if rule.kind not in {"week_minutes", "shifts_week"}]
    more = WeekMinutes(over_minutes=600, under_minutes=120)
    dear = WeekMinutes(over_minutes=0, under_minutes=None, price=0.3)
    return scenario.varied(channels=(phone,), rules=(*rules, more, dear))


def attempt(excesses: dict[str, float], factors: dict[str, float], paid: int = 100) -> Attempt:
    return Attempt(cast(Solution, None), factors, cast(Performance, None), paid, excesses)


def test_an_excess_is_the_failure_beyond_what_is_allowed() -> None:
    sure, unsure = Estimate(mean=0.75), Estimate(mean=0.75, half_width=0.01)
    level = ServiceLevel(share=0.8, within_seconds=20)
    assert excess(level, sure) == pytest.approx(0.05 / 0.2)
    assert excess(level, unsure, safety=2) == pytest.approx(0.07 / 0.2)
    assert excess(Abandonment(share=0.05), Estimate(mean=0.04)) == pytest.approx(-0.2)
    assert excess(AverageWait(seconds=20), Estimate(mean=30)) == pytest.approx(0.5)
    assert excess(ServiceLevel(share=1, within_seconds=20), Estimate(mean=0.99)) == pytest.approx(1), "no division by 0"


def test_who_misses_weighs_more_and_who_keeps_stays() -> None:
    first = attempt({"phone": 0.5, "chat": -0.1}, {})
    factors = next_factors([first])
    assert factors == {"phone": pytest.approx(2.5), "chat": 1.0}
    second = attempt({"phone": 0.25, "chat": -0.1}, factors)
    assert next_factors([first, second])["phone"] == pytest.approx(2.5 * 2.5), "as much again takes the other half"
    worse = attempt({"phone": 0.6, "chat": -0.1}, factors)
    assert next_factors([first, worse])["phone"] == pytest.approx(2.5 * 4), "no stride is longer than fourfold"


def test_all_weigh_more_where_nothing_moves_any_more() -> None:
    rows = [attempt({"phone": 0.5, "chat": 0.0}, {"phone": factor, "chat": 1.0}) for factor in (1.0, 2.5, 10.0)]
    assert stuck(rows)
    assert not stuck(rows[:2])
    assert not stuck([*rows[:2], attempt({"phone": 0.3, "chat": 0.0}, {"phone": 10.0, "chat": 1.0})])
    turns = [attempt({"phone": 0.5, "chat": 0.6 * (k % 2)}, {"phone": 2.0**k, "chat": 1.0}) for k in range(5)]
    assert [stuck(turns[: k + 1]) for k in range(5)] == [False, False, False, False, True], (
        "channels that trade take longer"
    )
    factors = next_factors(rows)
    assert factors["chat"] == pytest.approx(4)
    assert pushes([attempt({}, factors)]) == 1
    assert LONGEST_STRIDE < HEAVIEST


def test_a_plan_that_keeps_its_targets_is_certified_as_it_is() -> None:
    scenario = briefly(phone_small())
    heard: list[str] = []
    made = certified_plan(scenario, on_round=heard.append)
    certificate = made.certified
    assert certificate is not None
    assert certificate.certified
    assert made.solution == plan(scenario).solution
    assert (certificate.more_paid, certificate.corrections, certificate.missing) == (0.0, (), ())
    assert len(heard) == 1
    assert made.performance is not None
    assert made.performance.seed == certificate.seed == scenario.limits.seed + FRESH
    (row,) = certificate.robustness
    assert row.chance_alike <= row.chance
    assert {kept.channel for kept in certificate.kept} == {"phone"}
    assert all(kept.before == kept.after for kept in certificate.kept)


class Till:
    """A desk whose rosters pay for 1,000 minutes at full weight, in proportion below, and miss the target under ``enough``."""

    def __init__(self, enough: float, *rules: Rule, least: int = 0) -> None:
        self.scenario = SimpleNamespace(rules=rules, channels=(SimpleNamespace(name="phone"),))
        self.enough, self.least = enough, least

    def should_stop(self) -> bool:
        return False

    def roster(self, factors: dict[str, float], start: Roster) -> Attempt:
        factor = factors["phone"]
        excess = 0.1 if factor < self.enough else -0.1
        made = cast(Solution, SimpleNamespace(roster=None))
        paid = max(self.least, round(1_000 * factor))
        return Attempt(made, factors, cast(Performance, None), paid, {"phone": excess})


def tried(till: Till) -> list[int]:
    """Paid minutes of all rosters."""
    attempts, _ = corrected(cast(Desk, till), till.roster({"phone": 1.0}, cast(Roster, None)), lambda _: None)
    return [row.paid_minutes for row in attempts if row.excess <= 0]


def test_hours_that_the_rules_sell_are_bought_only_as_far_as_targets_need() -> None:
    sold = Cost(price=0.01)
    assert min(tried(Till(0.3, sold))) == pytest.approx(300, abs=30)
    assert tried(Till(0.3, sold, least=1_000)) == [1_000, 1_000], "where hours do not fall no more is tried"
    assert len(tried(Till(0.0, sold))) == 1 + LIGHTENINGS
    assert tried(Till(0.3, Cost(price=None))) == tried(Till(0.3)) == [1_000]


@pytest.mark.slow
def test_what_is_missed_is_bought_where_the_rules_sell_it(overtime: Plan) -> None:
    certificate = overtime.certified
    assert certificate is not None
    assert certificate.certified, certificate.reason
    (kept,) = certificate.kept
    assert verdict(kept.target, kept.before) == "missed"
    assert 0 < certificate.more_paid < 0.25
    assert 60 * overtime.paid_hours == certificate.paid_minutes > certificate.paid_minutes_before
    assert any(row.excess == 0 for row in certificate.corrections)
    assert not certificate.missing
    assert Plan.model_validate_json(overtime.model_dump_json()) == overtime


@pytest.mark.slow
def test_a_corrected_roster_is_judged_by_the_problem_as_it_is_stated(overtime: Plan) -> None:
    problem = roster_problem(overtime.scenario, overtime.requirements)
    solution = overtime.solution
    assert solution.roster.built_on == problem.digest()
    assert solution.breaches == audit(problem, overtime.scenario.rules, solution.roster)
    for tier in solution.tiers:
        assert tier.cost == pytest.approx(sum(row.cost for row in solution.breaches if row.tier == tier.tier))
        assert tier.bound is None or tier.bound <= tier.cost


@pytest.mark.slow
def test_the_same_scenario_is_certified_with_the_same_bytes(overtime: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.study.attempt.PRECISION", 0.01)
    assert certified_plan(dear_overtime(), workers=2).digest() == overtime.digest()


@pytest.mark.slow
def test_where_people_are_missing_they_are_named() -> None:
    scenario = briefly(read_scenario(PHONE_SMALL, ["demand.phone.scale=1.5"]))
    made = certified_plan(scenario)
    certificate = made.certified
    assert certificate is not None
    assert not certificate.certified
    assert "are used up" in certificate.reason
    (missing,) = certificate.missing
    assert missing.enough
    assert missing.like in scenario.workforce.by_id
    assert "roster keeps every target" in missing.words
    assert not made.solution.forbidden_breaches


def test_who_helps_serves_the_worst_channel_for_the_least_money() -> None:
    scenario = phone_small()
    like = kind_that_helps(scenario, attempt({"phone": 0.5}, {}))
    assert like is not None
    cheapest = min(scenario.workforce.contract_of(agent.id).week_minutes for agent in scenario.workforce.agents)
    assert scenario.workforce.contract_of(like.id).week_minutes == cheapest
    larger = with_more(scenario, like, 2)
    assert len(larger.workforce.agents) == len(scenario.workforce.agents) + 2
    assert {agent.skills for agent in larger.workforce.agents[-2:]} == {like.skills}


def test_stopping_leaves_the_first_roster() -> None:
    scenario = briefly(read_scenario(PHONE_SMALL, ["demand.phone.scale=1.5"]))
    made = plan(scenario)
    desk = Desk(scenario, made.forecasts, made.requirements, should_stop=lambda: True)
    first = desk.attempt(made.solution, {})
    assert corrected(desk, first, lambda _: None) == ([first], "Stopped before the targets were met.")


def test_without_a_promise_there_is_nothing_to_certify() -> None:
    scenario = phone_small()
    bare = scenario.varied(channels=(scenario.channels[0].varied(targets=()),))
    with pytest.raises(InputError, match="a target of a channel to certify"):
        certified_plan(bare)
