"""One room at a time: every room gives what the next one takes, as text and as JSON."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import QUICK, Wfm
from wfm.cli.commands.rooms import tell_solution
from wfm.domain import Performance, Requirement, Roster, TimeGrid
from wfm.schedule import Solution


def test_staff_tells_net_hours_and_peak(scenario: Path, wfm: Wfm) -> None:
    lines = wfm("staff", scenario).out.splitlines()
    (row,) = wfm("staff", scenario, "--json").json
    need = Requirement.model_validate(row)
    assert float(lines[1].split()[1]) == sum(need.net[:48]) / 2
    assert int(lines[1].split()[2]) == max(need.net[:48])


def test_a_roster_can_be_checked_and_simulated(scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "roster.csv"
    made = wfm("roster", scenario, *QUICK, "--out", file, "--json")
    assert made.code == 0
    assert Solution.model_validate(made.json).status in {"feasible", "optimal"}
    assert "status" in made.err
    assert "cost" in made.err

    checked = wfm("check", scenario, "--roster", file)
    assert checked.code == 0
    assert checked.out.startswith("0 breaches of forbidden rules\n")
    (rest,) = [line for line in checked.out.splitlines() if line.startswith("kept       min_rest:12h: ")]
    assert " rests of 8 agents, 2026-11-30 to 2026-12-06; closest B" in rest
    assert rest.endswith("; at least 12h")

    seen = wfm("simulate", scenario, "--roster", file, "--replications", "2", "--json")
    assert Performance.model_validate(seen.json[0]).replications == 2
    assert wfm("simulate", scenario, "--roster", file, "--replications", "2").out.splitlines()[1].startswith("phone ")


def test_a_roster_goes_to_stdout_where_no_file_is_named(scenario: Path, wfm: Wfm) -> None:
    ran = wfm("roster", scenario, *QUICK)
    assert ran.out.splitlines()[0] == "agent,date,shift,start,end,paid_minutes,breaks"


@pytest.mark.parametrize(("fail_on", "code"), [("forbidden", 1), ("any", 1), ("none", 0)])
def test_an_edited_roster_is_found_out(
    fail_on: str, code: int, planned: Path, scenario: Path, tmp_path: Path, wfm: Wfm
) -> None:
    rows = (planned / "roster.csv").read_text().splitlines()
    busiest = max(
        {row.split(",")[0] for row in rows[1:]}, key=lambda agent: sum(row.startswith(f"{agent},") for row in rows)
    )
    worked = next(row for row in rows if row.startswith(f"{busiest},"))
    file = tmp_path / "edited.csv"
    file.write_text("\n".join([*rows, worked]) + "\n")
    ran = wfm("check", scenario, "--roster", file, "--fail-on", fail_on)
    assert ran.code == code
    assert f"{busiest}" in ran.out
    assert "forbidden  " in ran.out
    found = wfm("check", scenario, "--roster", file, "--fail-on", "none", "--json").json
    assert any(breach["agent"] == busiest and breach["price"] is None for breach in found["breaches"])
    assert {"shift_form"} <= {clause["rule"] for clause in found["certificate"] if clause["breaches"]}


def test_priced_breaches_fail_only_where_asked(planned: Path, scenario: Path, wfm: Wfm) -> None:
    roster = planned / "roster.csv"
    assert wfm("check", scenario, "--roster", roster).code == 0
    ran = wfm("check", scenario, "--roster", roster, "--fail-on", "any")
    assert ran.code == 1
    assert "priced     coverage" in ran.out


def test_a_faulty_roster_names_line_and_column(planned: Path, scenario: Path, tmp_path: Path, wfm: Wfm) -> None:
    rows = (planned / "roster.csv").read_text().splitlines()
    file = tmp_path / "edited.csv"
    file.write_text("\n".join([rows[0], rows[1].replace(rows[1].split(",")[0], "nobody", 1), *rows[2:]]))
    ran = wfm("check", scenario, "--roster", file)
    assert ran.code == 3
    assert ran.err.startswith("edited.csv:2: agent: ")


def test_what_a_solve_did_without_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    grid = TimeGrid.of_days(date(2026, 3, 2), 1, 60, "UTC")
    tell_solution(
        Solution(
            roster=Roster.of(grid, []), status="feasible", tiers=(), breaches=(), notes=("seats has too many states",)
        )
    )
    assert capsys.readouterr().err.splitlines()[-1] == "note: seats has too many states"


def test_rules_that_cannot_be_met_end_with_4_and_are_named(scenario: Path, wfm: Wfm) -> None:
    text = (scenario / "scenario.yaml").read_text()
    (scenario / "scenario.yaml").write_text(text.replace("role: lead, at_least: 1", "role: lead, at_least: 9"))
    ran = wfm("roster", scenario, *QUICK)
    assert ran.code == 4
    assert ran.out.startswith("agent,date,shift")
    assert "role_cover" in ran.err
    assert ran.err.startswith("before any roster: role_cover:lead:9 asks for ")
