"""`wfm simulate` says what a roster does to service, as precisely as asked for, whoever works at it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.cli.commands.simulate import precision_of
from wfm.domain import InputError


def test_a_simulation_is_as_precise_as_asked_and_the_same_whoever_works_at_it(
    scenario: Path, planned: Path, tmp_path: Path, wfm: Wfm
) -> None:
    asked = ("simulate", scenario, "--roster", planned / "roster.csv", "--replications", "5", "--seed", "7", "--json")
    alone, team = (wfm(*asked, "--precision", "4pp", "--threads", n).json[0] for n in ("1", "2"))
    assert alone == team
    assert alone["seed"] == 7
    assert all(row["service_level"]["half_width"] <= 0.04 for row in alone["channels"])
    rows = wfm(*asked[:-1], "--intervals", tmp_path / "course.csv").out
    assert "9 in 10" in rows
    assert "less short abandons" in rows
    lines = (tmp_path / "course.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("start,channel,offered,answered,")
    assert len(lines) == 1 + len(alone["channels"]) * len(alone["channels"][0]["offered"])


def test_any_file_with_a_roster_will_do(scenario: Path, planned: Path, wfm: Wfm) -> None:
    files = planned, planned / "roster.xlsx"
    told = [wfm("simulate", scenario, "--roster", file, "--replications", "2").out for file in files]
    assert told[0] == told[1] != ""


@pytest.mark.parametrize(("text", "share"), [("0.5pp", 0.005), ("2 %", 0.02)])
def test_a_precision_is_written_in_points(text: str, share: float) -> None:
    assert precision_of(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["0.5", "pp", "0pp", "60pp"])
def test_other_precisions_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match=r"expected a half width in points such as 0\.5pp"):
        precision_of(text)
