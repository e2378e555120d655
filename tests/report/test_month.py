"""A month of the shipped help desk stays a page that can be sent by mail."""

from datetime import date
from pathlib import Path

import pytest

from wfm.domain import Assignment, Roster, Shift, ShiftTemplate
from wfm.report import view_of
from wfm.schedule import Solution
from wfm.study import Plan, Scenario, forecast_all, read_scenario, require_all

HELPDESK = Path(__file__).resolve().parents[2] / "scenarios" / "helpdesk-24x7"
MEGABYTE = 1_000_000


def rotating(scenario: Scenario) -> Roster:
    """Everybody works five days of seven, another shift each week; no rule is looked at."""
    templates, dates, zone = scenario.templates, scenario.horizon.dates, scenario.horizon.zone

    def shift(template: ShiftTemplate, day: date) -> Shift:
        return template.placed(day, template.starts[0], tuple(pause.earliest for pause in template.breaks), zone)

    rows = [
        Assignment(agent=agent.id, shift=shift(templates[(k + n // 7) % len(templates)], day))
        for k, agent in enumerate(scenario.workforce.agents)
        for n, day in enumerate(dates)
        if (n + k) % 7 < 5
    ]
    return Roster.of(scenario.horizon, rows)


@pytest.fixture(scope="module")
def month() -> Plan:
    scenario = read_scenario(HELPDESK)
    forecasts = forecast_all(scenario)
    return Plan(
        scenario=scenario,
        scenario_digest=scenario.digest(),
        forecasts=forecasts,
        requirements=require_all(scenario, forecasts),
        solution=Solution(roster=rotating(scenario), status="feasible", tiers=(), breaches=()),
        cost=(),
    )


def test_the_page_of_a_month_of_twenty_five_agents_is_small(month: Plan) -> None:
    page = view_of("html").render(month)["report.html"]
    assert page.count(b'class="span"') == len(month.solution.roster.assignments) > 400
    assert len(page) < 3 * MEGABYTE


def test_its_summary_still_fits_on_a_screen(month: Plan) -> None:
    lines = view_of("summary").render(month)["summary.txt"].decode().splitlines()
    assert len(lines) <= 60
