"""A plan adds up its cost lines and keeps everything it was built on."""

import pytest

import wfm
from tests.study.folders import PHONE_SMALL
from wfm.study import CostLine, Plan, plan, read_scenario


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(read_scenario(PHONE_SMALL, ["solve.steps=5", "simulate.replications=0"]))


def test_costs_and_hours_are_those_of_its_lines(made: Plan) -> None:
    lines = (
        CostLine(contract="full", agents=2, paid_minutes=90, cost_cents=2700),
        CostLine(contract="part", agents=1, paid_minutes=30, cost_cents=850),
    )
    varied = made.varied(cost=lines)
    assert (varied.cost_cents, varied.paid_hours) == (3550, 2.0)
    assert made.varied(cost=()).paid_hours == 0


def test_a_plan_names_the_scenario_and_version_it_was_built_on(made: Plan) -> None:
    assert made.scenario_digest == made.scenario.digest()
    assert made.version == wfm.__version__
