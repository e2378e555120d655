"""What was told and locked beside a scenario is read with it, and kept."""

from datetime import UTC, date, datetime
from pathlib import Path

from tests.study.folders import copied, phone_small, told
from wfm.domain import Assignment, Roster
from wfm.report import roster_csv
from wfm.schedule import audit
from wfm.schedule.rules import Pinned
from wfm.study import Published, Scenario, forecast_all, read_scenario, require_all, roster_problem

MONDAY = date(2026, 11, 30)
KEYS = ("agents: agents.csv", "agents: agents.csv\npins: pins.csv\npublished: published.json")
PINS = "agent,date,shift,start\nB1,2026-11-30,off,\nB2,2026-12-01,early,08:00\n"


def roster() -> Roster:
    """Return one shift of the scenario."""
    early = phone_small().templates[0]
    pauses = tuple(pause.earliest for pause in early.breaks)
    shift = early.placed(MONDAY, early.starts[0], pauses, phone_small().horizon.zone)
    return Roster.of(phone_small().horizon, [Assignment(agent="B1", shift=shift)])


def version() -> Published:
    return Published.of("phone-small", phone_small().digest(), roster(), datetime(2026, 11, 1, tzinfo=UTC), "Ada")


def with_files(folder: Path) -> Scenario:
    copied(folder, KEYS, pins=PINS)
    (folder / "published.json").write_text(version().model_dump_json())
    return read_scenario(folder)


def test_pins_and_the_published_roster_come_with_the_scenario(tmp_path: Path) -> None:
    scenario = with_files(tmp_path)
    assert scenario.published == roster()
    assert [(pin.agent, pin.shift is None) for pin in scenario.pins] == [("B1", True), ("B2", False)]


def test_pins_are_kept_without_a_rule_that_says_so(tmp_path: Path) -> None:
    scenario = with_files(tmp_path)
    assert not any(isinstance(rule, Pinned) for rule in phone_small().rules)
    problem = roster_problem(scenario, require_all(scenario, forecast_all(scenario)))
    found = [row for row in audit(problem, scenario.rules, roster()) if row.kind == "pinned"]
    assert [(row.agent, row.forbidden) for row in found] == [("B1", True), ("B2", True)]


def test_a_published_table_is_read_too(tmp_path: Path) -> None:
    copied(tmp_path, ("agents: agents.csv", "agents: agents.csv\npublished: told.csv"))
    (tmp_path / "told.csv").write_bytes(roster_csv(roster()))
    assert read_scenario(tmp_path).published == roster()


def test_faults_of_pins_are_told(tmp_path: Path) -> None:
    copied(tmp_path, ("agents: agents.csv", "agents: agents.csv\npins: pins.csv"), pins=PINS + "B9,2026-12-01,off,\n")
    (fault,) = told(tmp_path)
    assert fault.startswith("pins.csv:4: agent: expected a known agent, came 'B9'")


def test_a_version_that_was_changed_is_told(tmp_path: Path) -> None:
    copied(tmp_path, KEYS, pins=PINS)
    (tmp_path / "published.json").write_text(version().model_dump_json().replace('"Ada"', '"Eve"'))
    (fault,) = told(tmp_path)
    assert "published.json" in fault
    assert "changed afterwards" in fault


def test_a_missing_file_is_told_with_its_key(tmp_path: Path) -> None:
    copied(tmp_path, ("agents: agents.csv", "agents: agents.csv\npins: locked.csv"))
    (fault,) = told(tmp_path)
    assert "locked.csv" in fault
