"""An instance of the literature is solved, checked and taken up again from the shell."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Wfm
from tests.importers.instances import ward
from wfm.domain import Roster
from wfm.schedule import Limits, RosterProblem, Solution, solve

TINY = """SECTION_HORIZON
7
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=7,2400,1920,5,2,2,1
B,D=7,2400,1920,5,2,2,1
SECTION_SHIFT_ON_REQUESTS
A,5,D,3
SECTION_COVER
0,D,3,100,1
5,D,2,100,1
"""
CURTOIS = ("--format", "curtois")
BEST = 100
"""Both work on Saturday and on Monday, where one is missing."""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.txt"
    path.write_text(TINY)
    return path


def test_an_instance_is_solved_and_checked(tiny: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "roster.csv"
    made = wfm("roster", tiny, *CURTOIS, "--seconds", "5", "--workers", "1", "--json", "--out", file)
    assert made.code == 0
    assert list(made.json) == ["objective", "bound", "gap", "status", "seconds", "cpu_seconds", "breaches"]
    assert (made.json["objective"], made.json["bound"], made.json["status"]) == (BEST, BEST, "optimal")
    assert made.json["breaches"] == 0
    assert file.read_text().startswith("agent,date,shift\nA,2024-01-0")

    checked = wfm("check", tiny, *CURTOIS, "--roster", file)
    assert checked.code == 0
    assert checked.out.startswith("0 breaches of forbidden rules\npriced     shift_cover: 100.00 ")


def test_a_search_goes_on_from_the_roster_of_a_file(
    tiny: Path, tmp_path: Path, wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("agent,date,shift\nA,2024-01-03,D\nA,2024-01-04,D\n")
    starts: list[Roster] = []

    def noted(problem: RosterProblem, rules: Any, limits: Limits, *, start: Roster, **options: Any) -> Solution:
        starts.append(start)
        assert (limits.steps, limits.seed) == (20, 2)
        return solve(problem, rules, limits, start=start, **options)

    monkeypatch.setattr("wfm.cli.commands.instance.solve", noted)
    again = wfm("roster", tiny, *CURTOIS, "-S", "solve.steps=20", "-S", "solve.seed=2", "--start", file)
    assert again.out.splitlines()[0] == "agent,date,shift"
    assert "tier 1: cost 100.00" in again.err
    assert [[row.shift.day.day for row in start.assignments] for start in starts] == [[3, 4]]


def test_a_roster_that_breaks_limits_is_found_out(tiny: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("agent,date,shift\nA,2024-01-03,D\n")
    checked = wfm("check", tiny, *CURTOIS, "--roster", file, "--json")
    assert checked.code == 1
    kinds = sorted(row["kind"] for row in checked.json["breaches"] if row["price"] is None)
    assert kinds == ["min_consecutive_days", "period_minutes", "period_minutes"]


def test_options_of_a_scenario_do_not_go_with_an_instance(tiny: Path, wfm: Wfm) -> None:
    assert wfm("roster", tiny, *CURTOIS, "--weeks", "2").code == 2
    refused = wfm("roster", tiny, *CURTOIS, "-S", "shrinkage=0", "-S", "solve.seed=-1")
    assert refused.code == 3
    assert sorted(refused.err.splitlines()) == [
        "-S: shrinkage: expected a known key, came 'shrinkage'. Here belong solve.",
        "-S: solve.seed: expected at least 0, came -1.",
    ]
    assert wfm("check", tiny, *CURTOIS, "--roster", tiny, "--against", tiny).code == 2
    assert wfm("roster", tiny, "--format", "bcv").code == 3


def test_a_published_solution_is_checked_line_by_line(tmp_path: Path, wfm: Wfm) -> None:
    scenario = ward.scenario(1, early="(2,9)", contract="(0,3) (1,99) (1,99) 99 0")
    path = ward.write(tmp_path, scenario, ward.history(), ward.week(requests=["ann Any Tue"]))
    ward.write_solution(tmp_path, ann="-EL-EE-", ben="-H-----")
    checked = wfm("check", path, "--format", "inrc2", "--roster", tmp_path)
    assert checked.code == 1
    assert "forbidden  H4: ben works 1 shift" in checked.out
    assert checked.out.splitlines()[-8:] == [
        "Single assignment per day: 0",
        "Required skill constraints: 1",
        "Consecutive constraints: 30",
        "Non working days constraints: 0",
        "Total assignment constraints: 20",
        "Max working weekend: 0",
        "Preferences: 10",
        "Total cost: 60",
    ]
    lines = wfm("check", path, "--format", "inrc2", "--roster", tmp_path, "--json").json["costs"]
    assert lines[-1] == {"name": "Total cost", "breaches": 4.0, "cost": 60.0}


def test_a_folder_is_no_roster_of_a_format_without_solutions(tiny: Path, tmp_path: Path, wfm: Wfm) -> None:
    refused = wfm("check", tiny, *CURTOIS, "--roster", tmp_path)
    assert refused.code == 3
    assert "expected a file of agent, date and shift" in refused.err
