"""Real exports become scenarios with one command; a week that is known already is planned and compared with what came."""

import csv
import json
from pathlib import Path

import pytest

from wfm.cli.main import run
from wfm.study import Plan, read_scenario

QUICK = ["-S", "solve.steps=3", "-S", "simulate.replications=2"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty directory, and work in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_bank_plans_its_fourth_week_from_the_first_three(shared_data: Path, desk: Path) -> None:
    calls = shared_data / "calls" / "anonymous_bank_1999_02" / "calls.csv"
    zone = ["--timezone", "Asia/Jerusalem"]
    assert run(["init", "bank", "--history", str(calls), "--agents", "24", *zone]) == 0
    text = (desk / "bank" / "scenario.yaml").read_text()
    assert "# Inferred from the history:" in text
    assert "# Assumed, because no file tells:" in text

    assert run(["plan", "bank", "--train-until", "1999-02-21", "--weeks", "1", *QUICK]) == 0
    (folder,) = (desk / "runs").iterdir()
    made = Plan.model_validate_json((folder / "plan.json").read_bytes())
    assert (str(made.scenario.horizon.dates[0]), len(made.scenario.horizon.dates)) == ("1999-02-22", 7)
    assert made.forecasts[0].trained_until <= made.scenario.horizon.start
    assert not made.solution.forbidden_breaches
    assert made.solution.roster.assignments

    came = made.scenario.histories[0]
    week = slice(came.grid.index(made.scenario.horizon.start), came.grid.count)
    real = sum(count or 0 for count in came.offered[week])
    assert real > 5_000
    assert abs(sum(made.forecasts[0].mean) / real - 1) < 0.3
    assert [row.channel for row in made.accuracy] == ["phone"]
    assert "forecast was off" in (folder / "summary.txt").read_text()
    assert json.loads((folder / "manifest.json").read_text())["inputs"].keys() == {
        *("scenario.yaml", "history.csv", "agents.csv")
    }


@pytest.mark.parametrize(
    ("folder", "file", "zone", "channels"),
    [
        pytest.param(
            *("boston_311_2011h2", "contacts_15min_by_channel.csv", "America/New_York", 6), marks=pytest.mark.slow
        ),
        ("bank_calls", "calls_5min.csv", "America/New_York", 1),
    ],
)
def test_counts_of_a_city_and_of_a_bank_can_be_forecast_and_staffed(
    folder: str, file: str, zone: str, channels: int, shared_data: Path, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = shared_data / "history" / folder / file
    assert run(["init", "centre", "--history", str(source), "--agents", "40", "--timezone", zone]) == 0
    scenario = read_scenario(desk / "centre")
    assert len(scenario.channels) == channels
    with source.open() as rows:
        counted = sum(sum(int(cell) for cell in row[1:]) for row in list(csv.reader(rows))[1:])
    kept = sum(count or 0 for history in scenario.histories for count in history.offered)
    assert 0.95 * counted <= kept <= counted
    capsys.readouterr()
    assert run(["staff", "centre", "--weeks", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 8
    assert any(float(cell) > 0 for cell in lines[1].split()[1:])
