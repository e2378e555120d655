"""`wfm study`: variants side by side, saved like a plan's run; Ctrl-C compares what is finished."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import QUICK, Wfm
from wfm.study import StudyResult, run_study


def test_a_study_prints_and_saves_its_comparison(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = scenario / "study.yaml"
    file.write_text(file.read_text().replace("depth: roster", "depth: staffing"))
    ran = wfm("study", file, "--runs", tmp_path / "runs")
    assert ran.code == 0
    (folder,) = (tmp_path / "runs").iterdir()
    names = ("as it is", "promotion", "faster handling", "one agent more", "higher promise")
    assert all(name in ran.out for name in names)
    assert {file.name for file in folder.iterdir()} == {
        *("comparison.csv", "comparison.html", "comparison.txt", "log.txt", "manifest.json", "study.json")
    }
    saved = StudyResult.model_validate_json((folder / "study.json").read_bytes())
    assert tuple(row.variant for row in saved.rows) == names
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {"study.yaml", "scenario.yaml", "history.csv"} <= manifest["inputs"].keys()


def test_a_study_follows_its_variants_to_the_roster(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = scenario / "study.yaml"
    kept = [line for line in file.read_text().splitlines() if "variants" not in line and "{name" not in line]
    variants = ["variants:", "  - {name: as it is}", "  - {name: more, levers: [{kind: headcount, by: 1}]}"]
    file.write_text("\n".join([*kept, *variants]) + "\n")
    rows = wfm("study", file, *QUICK, "--runs", tmp_path / "runs", "--json").json["rows"]
    assert rows[0]["paid_hours"] < rows[1]["paid_hours"]


def test_a_study_as_json_is_its_result(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = scenario / "study.yaml"
    file.write_text(file.read_text().replace("depth: roster", "depth: staffing"))
    ran = wfm("study", file, "--runs", tmp_path / "runs", "--json")
    assert len(StudyResult.model_validate(ran.json).rows) == 5


def test_ctrl_c_compares_the_variants_that_are_finished(
    scenario: Path, tmp_path: Path, wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(asked: Any, *, workers: int, on_variant: Any) -> StudyResult:
        done = run_study(asked, workers=workers)
        on_variant(done.rows[0])
        raise KeyboardInterrupt

    monkeypatch.setattr("wfm.cli.commands.study.run_study", impatient)
    file = scenario / "study.yaml"
    file.write_text(file.read_text().replace("depth: roster", "depth: staffing"))
    ran = wfm("study", file, "--runs", tmp_path / "runs", "--json")
    assert ran.code == 130
    assert [row["variant"] for row in ran.json["rows"]] == ["as it is"]


def test_a_lever_that_cannot_be_moved_is_told_before_any_variant_runs(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = scenario / "study.yaml"
    file.write_text(file.read_text().replace("channel: phone, by: -10%", "channel: fax, by: -10%"))
    ran = wfm("study", file, "--runs", tmp_path / "runs")
    assert (ran.code, ran.out) == (3, "")
    assert "study.yaml:" in ran.err
    assert "fax" in ran.err
    assert not (tmp_path / "runs").exists()
