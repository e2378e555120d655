"""An instance of the literature is solved, checked and taken up again from the shell."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm

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
0,D,1,100,1
5,D,2,100,1
"""
CURTOIS = ("--format", "curtois")
BEST = 0
"""Ann works Saturday, and on it both do; Monday has one of them."""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.txt"
    path.write_text(TINY)
    return path


def test_an_instance_is_solved_checked_and_taken_up_again(tiny: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "roster.csv"
    made = wfm("roster", tiny, *CURTOIS, "--seconds", "5", "--workers", "1", "--json", "--out", file)
    assert made.code == 0
    assert list(made.json) == ["objective", "bound", "gap", "status", "seconds", "cpu_seconds", "breaches"]
    assert (made.json["objective"], made.json["bound"], made.json["status"]) == (BEST, BEST, "optimal")
    assert made.json["breaches"] == 0
    assert file.read_text().startswith("agent,date,shift\nA,2024-01-0")

    checked = wfm("check", tiny, *CURTOIS, "--roster", file)
    assert checked.code == 0
    assert checked.out.startswith("0 breaches of forbidden rules\nkept ")

    again = wfm("roster", tiny, *CURTOIS, "--seconds", "5", "--start", file)
    assert again.out.splitlines()[0] == "agent,date,shift"
    assert "tier 1: cost 0.00" in again.err


def test_a_roster_that_breaks_limits_is_found_out(tiny: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("agent,date,shift\nA,2024-01-03,D\n")
    checked = wfm("check", tiny, *CURTOIS, "--roster", file, "--json")
    assert checked.code == 1
    kinds = sorted(row["kind"] for row in checked.json["breaches"] if row["price"] is None)
    assert kinds == ["min_consecutive_days", "period_minutes", "period_minutes"]


def test_options_of_a_scenario_do_not_go_with_an_instance(tiny: Path, wfm: Wfm) -> None:
    assert wfm("roster", tiny, *CURTOIS, "-S", "shrinkage=0").code == 2
    assert wfm("check", tiny, *CURTOIS, "--roster", tiny, "--against", tiny).code == 2
    assert wfm("roster", tiny, "--format", "bcv").code == 3
