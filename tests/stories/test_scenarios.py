"""The shipped scenarios do what their READMEs say: their generator repeats them, their people can carry their work."""

import importlib.util
from pathlib import Path

import pytest

from tests.study.folders import SCENARIOS
from wfm.study import LEVERS, Scenario, forecast_all, plan, read_scenario, read_study, require_all

NAMES = sorted(file.parent.name for file in SCENARIOS.glob("*/scenario.yaml"))


@pytest.fixture(scope="module", params=NAMES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return read_scenario(SCENARIOS / request.param)


def hours_by_contract(scenario: Scenario) -> float:
    """Paid hours a week that the contracts hold, less a fifth of the week for each weekday of leave."""
    force, weeks = scenario.workforce, len(scenario.horizon.dates) / 7
    full = sum(force.contract_of(agent.id).week_minutes for agent in force.agents)
    dates = {day for day in scenario.horizon.dates if day.weekday() < 5}
    leave = sum(force.contract_of(agent).week_minutes / 5 for agent, day in force.days_off if day in dates)
    return (full - leave / weeks) / 60


def test_the_generator_writes_what_is_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("generate", SCENARIOS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "generate", generate)
    spec.loader.exec_module(generate)
    monkeypatch.setattr(generate, "HERE", tmp_path)
    for name in NAMES:
        (tmp_path / name).mkdir()
    generate.helpdesk(generate.np.random.default_rng(generate.SEED))
    generate.phone_small(generate.np.random.default_rng(generate.SEED + 1))
    generate.service_desk(generate.np.random.default_rng(generate.SEED + 2))
    written = sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*.csv"))
    assert written == sorted(file.relative_to(SCENARIOS) for file in SCENARIOS.rglob("*.csv"))
    assert [file for file in written if (tmp_path / file).read_bytes() != (SCENARIOS / file).read_bytes()] == []


def test_people_can_just_carry_the_work(scenario: Scenario) -> None:
    requirements = require_all(scenario, forecast_all(scenario))
    weeks = len(scenario.horizon.dates) / 7
    gross = sum(sum(row.gross) for row in requirements) * scenario.horizon.step_minutes / 60 / weeks
    assert 0.8 < gross / hours_by_contract(scenario) < 1.05


def test_every_channel_can_be_served_by_several(scenario: Scenario) -> None:
    for channel in scenario.channels:
        assert sum(channel.skill in agent.skills for agent in scenario.workforce.agents) >= 4


def test_time_off_and_wishes_lie_in_the_horizon(scenario: Scenario) -> None:
    dates = set(scenario.horizon.dates)
    assert all({row.first, row.last} <= dates for row in scenario.workforce.time_off)
    assert all(wish.date in dates for wish in scenario.workforce.wishes)


def test_the_readme_names_commands_of_its_own_folder() -> None:
    for name in NAMES:
        assert f"wfm plan scenarios/{name}" in (SCENARIOS / name / "README.md").read_text(encoding="utf-8")


def test_the_small_centre_gets_a_legal_roster_and_the_same_one_again() -> None:
    overrides = ("solve.steps=10", "simulate.replications=2")
    study = read_study(SCENARIOS / "phone-small" / "study.yaml", overrides)
    base = plan(study.scenario)
    assert base.solution.forbidden_breaches == ()
    assert base.solution.status in {"feasible", "optimal"}
    moved = study.scenario
    for kind in LEVERS:
        moved = kind.neutral(moved).apply(moved)
    assert plan(moved).model_dump_json() == base.model_dump_json()


def test_the_shipped_study_has_five_variants_and_starts_with_what_is() -> None:
    study = read_study(SCENARIOS / "phone-small" / "study.yaml")
    assert len(study.variants) == 5
    assert study.variants[0].levers == ()
    assert study.depth == "roster"
