"""`wfm fairness` and `wfm requests`: the ledger, reasons, the next ledger, and decisions within a quota."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.importers import read_burdens, read_time_off


@pytest.fixture
def with_ledger(scenario: Path) -> Path:
    """Return phone-small with a ledger of one earlier period."""
    (scenario / "burdens.csv").write_text("agent,period,weekends\nB1,2026-11,4\nB2,2026-11,1\n", encoding="utf-8")
    sheet = scenario / "scenario.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "burdens: burdens.csv\n", encoding="utf-8")
    return scenario


def test_the_ledger_is_told_and_carried_on(wfm: Wfm, with_ledger: Path, planned: Path, tmp_path: Path) -> None:
    ran = wfm("fairness", with_ledger, "--roster", planned / "roster.csv", "--export", tmp_path / "next.csv")
    assert ran.code == 0
    assert ran.out.splitlines()[1].startswith("B1 ")
    assert "wishes: " in ran.out
    carried = read_burdens(tmp_path / "next.csv")
    assert {row.period for row in carried} == {"2026-11", "2026-11-30"}
    assert len(carried) == 2 + 8


def test_any_file_with_a_roster_will_do(wfm: Wfm, scenario: Path, planned: Path) -> None:
    told = [wfm("fairness", scenario, "--roster", file).out for file in (planned, planned / "roster.csv")]
    assert told[0] == told[1] != ""


def test_as_json_it_has_every_agent_and_no_price_unless_asked(wfm: Wfm, scenario: Path, planned: Path) -> None:
    data = wfm("fairness", scenario, "--roster", planned / "roster.csv", "--json").json
    assert len(data["fairness"]["agents"]) == 8
    assert data["price"] is None


def test_requests_are_decided_within_the_quota(wfm: Wfm, scenario: Path, tmp_path: Path) -> None:
    asked = tmp_path / "requests.csv"
    asked.write_text(
        "agent,first,last,points\nB1,2026-12-01,2026-12-02,1\nB2,2026-12-02,2026-12-02,3\n", encoding="utf-8"
    )
    ran = wfm("requests", scenario, asked, "--quota", 1, "--out", tmp_path / "time_off.csv")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "approved  B2 2026-12-02 to 2026-12-02, 3 points: at most 1 are off on each of its days"
    assert lines[1].startswith(
        "refused   B1 2026-12-01 to 2026-12-02, 1 point: B2 is off on 2026-12-02; at most 1 may be"
    )
    assert [row.agent for row in read_time_off(tmp_path / "time_off.csv")] == ["B2"]


def test_an_unknown_agent_is_told(wfm: Wfm, scenario: Path, tmp_path: Path) -> None:
    asked = tmp_path / "requests.csv"
    asked.write_text("agent,first,last\nB99,2026-12-01,2026-12-02\n", encoding="utf-8")
    ran = wfm("requests", scenario, asked, "--quota", 1)
    assert ran.code == 3
    assert "requests.csv:2: agent:" in ran.err
    assert "B99" in ran.err
