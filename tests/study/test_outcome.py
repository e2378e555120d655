"""What a roster costs is counted by contract; a forecast is compared only with what is known."""

from tests.study.folders import PHONE_SMALL, phone_small
from wfm.domain import Agent, Assignment, Contract, Roster, Workforce
from wfm.study import forecast_all, read_scenario
from wfm.study.outcome import cost, hindsight


def test_nothing_is_compared_where_nothing_is_known() -> None:
    scenario = phone_small()
    assert hindsight(scenario, forecast_all(scenario)) == ()


def test_a_past_week_is_compared() -> None:
    scenario = read_scenario(PHONE_SMALL, ["horizon={start: 2026-11-23, weeks: 1}"])
    assert len(hindsight(scenario, forecast_all(scenario))) == 1


def test_a_contract_that_nobody_has_costs_nothing() -> None:
    scenario = phone_small()
    lines = cost(scenario.workforce, Roster.of(scenario.horizon, ()))
    assert [(line.contract, line.agents, line.paid_minutes, line.cost_cents) for line in lines] == [
        ("full", 6, 0, 0),
        ("part", 2, 0, 0),
    ]


def test_cents_are_rounded_half_up_once_a_contract() -> None:
    contract = Contract(name="full", week_minutes=2400, cost_hour_cents=1001)
    workforce = Workforce(
        contracts=(contract,), agents=(Agent(id="a", contract="full"), Agent(id="b", contract="full"))
    )
    scenario = read_scenario(PHONE_SMALL, ['shifts.quarter={start: "08:00", length: 15m}'])
    grid, template = scenario.horizon, scenario.templates[-1]
    shift = template.placed(grid.dates[0], 480, (), grid.zone)
    roster = Roster.of(grid, (Assignment(agent="a", shift=shift), Assignment(agent="b", shift=shift)))
    (line,) = cost(workforce, roster)
    assert (line.agents, line.paid_minutes, line.cost_cents) == (2, 30, 501)
