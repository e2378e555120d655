"""Figures of a comparison agree with what a hand computation finds in requirement and roster."""

import pytest

from tests.study.folders import PHONE_SMALL, phone_small
from wfm.domain import Agent, Assignment, Contract, Roster, TimeGrid, Workforce
from wfm.study import Plan, forecast_all, plan, read_scenario, require_all
from wfm.study.comparison import fairness, row_of_plan, row_of_requirements


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(read_scenario(PHONE_SMALL, ["solve.steps=5", "simulate.replications=2"]))


def test_staffing_service_is_what_exactly_the_required_agents_give() -> None:
    scenario = phone_small()
    (requirement,) = requirements = require_all(scenario, forecast_all(scenario))
    row = row_of_requirements("base", (), requirements)
    inside = contacts = 0.0
    for net, served, volume in zip(requirement.net, requirement.served, requirement.volume, strict=True):
        inside += served[net] if net < len(served) else served[-1]
        contacts += volume
    assert row.channels[0].contacts == pytest.approx(contacts)
    assert row.channels[0].service_level.mean == pytest.approx(inside / contacts)
    assert row.channels[0].net_hours == sum(requirement.net) / 2
    assert row.required_hours == pytest.approx(sum(requirement.net) / 2 / 0.95)


def test_a_roster_row_counts_what_the_roster_holds(made: Plan) -> None:
    row = row_of_plan("base", (), made)
    minutes = {"full": 0, "part": 0}
    contracts = {agent.id: agent.contract for agent in made.scenario.workforce.agents}
    for assignment in made.solution.roster.assignments:
        shift = assignment.shift
        pauses = sum((pause.end - pause.start).total_seconds() for pause in shift.activities if not pause.paid)
        minutes[contracts[assignment.agent]] += round(((shift.end - shift.start).total_seconds() - pauses) / 60)
    assert row.paid_hours == sum(minutes.values()) / 60
    assert row.cost_cents == pytest.approx(minutes["full"] / 60 * 1800 + minutes["part"] / 60 * 1700, abs=1)
    assert row.forbidden_breaches == len(made.solution.forbidden_breaches)
    assert row.plan_digest == made.digest()
    assert made.performance is not None
    assert row.channels[0].service_level == made.performance.channels[0].service_level
    assert row.channels[0].abandonment == made.performance.channels[0].abandonment


def test_a_row_without_simulation_says_what_the_requirement_says(made: Plan) -> None:
    silent = made.varied(performance=None)
    row = row_of_plan("base", (), silent)
    assert row.channels == row_of_requirements("base", (), made.requirements).channels


def test_fairness_is_the_widest_gap_between_two_agents() -> None:
    scenario = read_scenario(PHONE_SMALL, ['shifts.night={start: "22:00", length: 8h}'])
    contract = Contract(name="full", week_minutes=2400)
    workforce = Workforce(contracts=(contract,), agents=tuple(Agent(id=name, contract="full") for name in "abc"))
    grid: TimeGrid = scenario.horizon
    night, day = scenario.templates[-1], scenario.templates[2]
    monday, saturday, sunday = grid.dates[0], grid.dates[5], grid.dates[6]
    shifts = [
        Assignment(agent="a", shift=night.placed(monday, 22 * 60, (), grid.zone)),
        Assignment(agent="a", shift=night.placed(saturday, 22 * 60, (), grid.zone)),
        Assignment(agent="b", shift=day.placed(saturday, 8 * 60, (), grid.zone)),
        Assignment(agent="b", shift=day.placed(sunday, 8 * 60, (), grid.zone)),
    ]
    found = fairness(workforce, Roster.of(grid, tuple(shifts)))
    assert (found.nights, found.weekends) == (2, 1)
    nobody = fairness(workforce, Roster.of(grid, ()))
    assert (nobody.nights, nobody.weekends) == (0, 0)
