"""`wfm plan` and `wfm report`: a run's folder says what was made, from what, and how to make it again."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.conftest import QUICK, ROOT, Wfm
from wfm.study import Plan

SMALL = ROOT / "scenarios" / "phone-small"


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_manifest_names_every_input_and_output_by_its_digest(planned: Path) -> None:
    manifest = json.loads((planned / "manifest.json").read_text())
    names = {"scenario.yaml", "history.csv", "agents.csv", "wishes.csv"}
    assert manifest["inputs"] == {name: digest(SMALL / name) for name in names}
    made = {file.name for file in planned.iterdir()} - {"manifest.json", "log.txt"}
    assert manifest["outputs"] == {name: digest(planned / name) for name in made}
    assert {"plan.json", "report.html", "roster.csv", "roster.xlsx", "summary.txt"} <= made
    assert manifest["command"][:2] == ["wfm", "plan"]
    assert manifest["overrides"] == ["solve.steps=5", "simulate.replications=2"]
    assert (manifest["seed"], manifest["interrupted"], manifest["exit"]) == (1, False, 0)
    assert {"python", "ortools", "numpy"} <= manifest["versions"].keys()


def test_the_log_holds_what_was_said(planned: Path) -> None:
    assert "best" in (planned / "log.txt").read_text()


def test_the_run_is_named_after_the_plan_that_it_holds(planned: Path) -> None:
    made = Plan.model_validate_json((planned / "plan.json").read_bytes())
    assert planned.name == f"phone-small-{made.digest()[:8]}"


def test_the_same_command_gives_the_same_bytes(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("plan", SMALL, *QUICK, "--runs", tmp_path, "--json")
    assert ran.code == 0
    again = tmp_path / planned.name
    assert ran.json["run"] == planned.name
    assert Plan.model_validate(ran.json["plan"]).scenario.name == "phone-small"
    for file in planned.iterdir():
        if file.name not in {"manifest.json", "log.txt"}:
            assert (again / file.name).read_bytes() == file.read_bytes(), file.name


def test_the_summary_ends_with_the_place_of_the_report(tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("plan", SMALL, *QUICK, "--runs", tmp_path)
    (folder,) = tmp_path.iterdir()
    assert ran.out.splitlines()[-1] == f"report: {folder / 'report.html'}"
    assert ran.out.startswith((folder / "summary.txt").read_text())


@pytest.mark.parametrize(("fail_on", "code"), [("targets", 1), ("none", 0)])
def test_a_missed_target_fails_only_where_asked(fail_on: str, code: int, tmp_path: Path, wfm: Wfm) -> None:
    much = ("-S", "demand.phone.scale=3", "-S", "simulate.replications=6")
    ran = wfm("plan", SMALL, *QUICK, *much, "--runs", tmp_path, "--fail-on", fail_on)
    assert ran.code == code
    assert "is missed with" in ran.err


def test_a_report_is_written_again_from_the_plan_alone(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("report", planned, "--out", tmp_path, "--view", "html", "--view", "roster_csv")
    assert ran.code == 0
    assert ran.out.splitlines() == [str(tmp_path / "report.html"), str(tmp_path / "roster.csv")]
    for name in ("report.html", "roster.csv"):
        assert (tmp_path / name).read_bytes() == (planned / name).read_bytes()


def test_a_report_of_nothing_or_of_no_known_view_is_refused(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    assert wfm("report", tmp_path).code == 3
    ran = wfm("report", planned, "--view", "hologram")
    assert ran.code == 3
    assert "roster_csv" in ran.err


def test_a_plan_file_that_was_damaged_is_told(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    text = (planned / "plan.json").read_text()
    for damaged in (text[:1000], "[]", text.replace('"feasible"', '"splendid"').replace('"optimal"', '"splendid"')):
        (tmp_path / "plan.json").write_text(damaged)
        ran = wfm("report", tmp_path)
        assert (ran.code, ran.out) == (3, "")
        assert "plan.json" in ran.err
