"""Levels in the corridor: an ordinary channel from requirement to report, whatever stands below it."""

from pathlib import Path

import numpy as np
import pytest

from tests.study.folders import copied, told
from wfm.domain import NotFound
from wfm.study import Scenario, explained, forecast_all, plan, read_scenario, require_all
from wfm.study.demand_change import with_demand
from wfm.study.levels import background, flows, with_levels

LEVELS = """levels:
  second: {from: phone, escalation: 15%, handle: 12m, skill: phone, open: mon-sat 08:00-20:00, target: {answer: 90% in 30m}}
  vendor: {from: second, escalation: 20%, external: true, responds_in: 8h, open: mon-fri 09:00-17:00}
  closing:
    {from: vendor, escalation: 100%, handle: 10m, skill: phone, kind: deferred, open: mon-fri 08:00-20:00, backlog: 12,
     target: {resolve: 90% in 4h of business}}
shrinkage: 5%"""
CHANGE = ("shrinkage: 5%", LEVELS)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = copied(tmp_path_factory.mktemp("levels"), CHANGE)
    return read_scenario(folder, ("solve.steps=5", "simulate.replications=4"))


def test_levels_are_channels_that_come_after_those_of_customers(scenario: Scenario) -> None:
    forecasts = forecast_all(scenario)
    assert (
        [row.channel for row in forecasts] == ["phone", "second", "closing"] == [row.name for row in scenario.channels]
    )
    phone, second, closing = (row.means().sum() for row in forecasts)
    assert second == pytest.approx(0.15 * phone, rel=0.05)  # who abandons is not escalated
    vendor = flows(scenario, forecasts)[1]
    assert vendor.forecast.means().sum() == pytest.approx(0.2 * second, rel=0.05)
    assert closing == pytest.approx(0.2 * second, rel=0.05)
    assert with_levels(scenario, forecasts[:1]) == forecasts
    requirement = require_all(scenario, forecasts)[2]
    assert sum(requirement.volume) == pytest.approx(closing + 12, rel=0.01)


def test_a_level_is_rostered_and_simulated_like_any_channel(scenario: Scenario) -> None:
    made = plan(scenario)
    assert made.performance is not None
    for row in made.performance.channels:
        assert row.contacts.mean > 0
        assert 0 < row.service_level.mean <= 1
    second = made.performance.of("second")
    assert second.contacts.mean == pytest.approx(sum(made.forecasts[1].mean), rel=0.25)


def test_the_background_tells_sources_backlog_and_ages(scenario: Scenario) -> None:
    forecasts = forecast_all(scenario)
    _, second, closing = require_all(scenario, forecasts)
    (line,) = background(scenario, forecasts, second, 20)
    assert "contacts come from phone: 15% once they are handled, 4m" in line
    source, waiting, ages = background(scenario, forecasts, closing, 20)
    assert "contacts come from vendor: 100%" in source
    assert waiting == "12 contacts wait when the horizon starts, the oldest for 3h48m on the clock"
    assert ages.startswith("with the agents required: ")


def test_more_calls_bring_more_escalations_once(scenario: Scenario) -> None:
    before, after = (forecast_all(row)[1].means() for row in (scenario, with_demand(scenario, None, 2.0, 1.0)))
    np.testing.assert_allclose(after.sum(), 2 * before.sum(), rtol=0.05)
    longer = forecast_all(with_demand(scenario, "second", 1.5, 2.0))[1]
    np.testing.assert_allclose(longer.means(), 1.5 * before)
    assert set(longer.aht_seconds) == {1440.0}


def test_what_does_not_fit_is_told_where_it_stands(tmp_path: Path) -> None:
    folder = copied(tmp_path, CHANGE)
    assert told(folder, "levels.second.from=phne") == [
        "-S: levels.second.from: expected a channel or level, came phne. Did you mean phone?"
    ]
    assert told(folder, "levels.second.from=closing") == [
        "scenario.yaml: expected levels that lead upwards, came the circle second -> vendor -> closing -> second."
    ]
    assert told(folder, "channels.phone.backlog=3") == [
        "scenario.yaml: expected a backlog of a deferred channel, came phone of kind voice."
    ]
    assert told(folder, "levels.closing.backlog=nowhere.csv")[0].startswith(
        "-S: levels.closing.backlog: expected the file nowhere.csv"
    )


def test_what_has_no_past_of_its_own_is_not_explained_but_told(scenario: Scenario) -> None:
    with pytest.raises(NotFound, match=r"^second is a level: its contacts are .* of phone, once they are handled\."):
        explained(scenario, "second", scenario.horizon.dates[0])
    with pytest.raises(
        NotFound, match="no channel vendor that is served here, only an external level; the scenario has phone"
    ):
        scenario.channel("vendor")
