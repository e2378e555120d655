"""The corridor learns only from the past, keeps the scenario it was built on, and says what it was built on."""

from datetime import date, timedelta

import pytest

from tests.study.folders import PHONE_SMALL, SCENARIOS, phone_small
from wfm.domain.time import instant
from wfm.staffing import Staffing
from wfm.study import Plan, Scenario, forecast_all, plan, read_scenario, require_all, roster_problem
from wfm.study.past import known


def test_a_forecast_learns_nothing_from_the_horizon_itself() -> None:
    scenario = read_scenario(PHONE_SMALL, ["horizon.start=2026-11-16"])
    history = scenario.histories[0]
    assert history.grid.end > scenario.horizon.start
    assert known(scenario, history).grid.end <= scenario.horizon.start


def test_train_until_is_the_last_day_learned_from() -> None:
    scenario = read_scenario(PHONE_SMALL, ["forecast.train_until=2026-11-10"])
    past = known(scenario, scenario.histories[0])
    assert past.grid.dates[-1] == date(2026, 11, 10)
    assert past.grid.end == instant(date(2026, 11, 11), 0, "Europe/Madrid")


def test_what_comes_after_train_until_changes_no_forecast() -> None:
    scenario = read_scenario(PHONE_SMALL, ["forecast.train_until=2026-11-10"])
    history = scenario.histories[0]
    changed = tuple(
        count if count is None or history.grid.instant(step).date() <= date(2026, 11, 10) else 999.0
        for step, count in enumerate(history.offered)
    )
    other = scenario.varied(histories=(history.varied(offered=changed),))
    assert forecast_all(other) == forecast_all(scenario)


def test_demand_factors_move_the_forecast() -> None:
    scenario = phone_small()
    (plain,) = forecast_all(scenario)
    (moved,) = forecast_all(read_scenario(PHONE_SMALL, ["demand.phone.scale=1.4", "demand.phone.aht_scale=0.5"]))
    assert moved.mean == tuple(pytest.approx(1.4 * mean) for mean in plain.mean)
    assert moved.aht_seconds == tuple(pytest.approx(0.5 * seconds) for seconds in plain.aht_seconds)


def test_requirements_are_made_in_the_way_that_the_scenario_asks_for() -> None:
    mean = phone_small()
    forecasts = forecast_all(mean)
    sure = mean.varied(staffing=Staffing(volume=0.9))
    (usual,), (more,) = require_all(mean, forecasts), require_all(sure, forecasts)
    assert (more.nets() >= usual.nets()).all()
    assert more.nets().sum() > usual.nets().sum()
    flat = tuple(row.varied(dispersion=(0.0,) * row.grid.count) for row in forecasts)
    assert require_all(sure, flat)[0].net == usual.net
    assert read_scenario(PHONE_SMALL, ["staffing.volume=90%"]).staffing == sure.staffing


@pytest.mark.parametrize("name", ["phone-small", "helpdesk-24x7"])
def test_every_noun_of_the_corridor_lies_on_the_horizon(name: str) -> None:
    scenario = read_scenario(SCENARIOS / name)
    forecasts = forecast_all(scenario)
    requirements = require_all(scenario, forecasts)
    names = [channel.name for channel in scenario.channels]
    assert [row.channel for row in forecasts] == [row.channel for row in requirements] == names
    assert {row.grid for row in forecasts} == {row.grid for row in requirements} == {scenario.horizon}
    assert roster_problem(scenario, requirements).workforce == scenario.workforce


def test_nothing_is_simulated_where_no_replications_are_asked_for() -> None:
    made = plan(read_scenario(PHONE_SMALL, ["solve.steps=5", "simulate.replications=0"]))
    assert made.performance is None
    assert made.accuracy == ()
    assert made.scenario_digest == made.scenario.digest()
    assert made.cost_cents == sum(line.cost_cents for line in made.cost)
    assert Plan.model_validate_json(made.model_dump_json()) == made


def test_a_horizon_that_is_past_already_is_compared_with_what_happened() -> None:
    scenario = read_scenario(
        PHONE_SMALL, ["horizon.start=2026-11-23", "horizon.weeks=1", "solve.steps=5", "simulate.replications=0"]
    )
    assert len(plan(scenario).accuracy) == 1


def test_a_scenario_is_told_and_read_again_as_json() -> None:
    scenario = phone_small()
    again = Scenario.model_validate_json(scenario.model_dump_json())
    assert again == scenario
    assert again.digest() == scenario.digest()


def test_a_horizon_may_start_in_the_middle_of_a_week_and_contain_a_change_of_clocks() -> None:
    scenario = read_scenario(
        PHONE_SMALL, ["horizon={start: 2027-03-24, days: 7}", "solve.steps=5", "simulate.replications=2"]
    )
    made = plan(scenario)
    assert made.solution.forbidden_breaches == ()
    assert {row.shift.day - scenario.horizon.dates[0] < timedelta(7) for row in made.solution.roster.assignments} == {
        True
    }
