"""`wfm backtest`: rows for the default and the methods asked for, from one file or from a scenario."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Wfm


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return sixteen weeks of two queues in hours, busier on Mondays and by day."""
    file = tmp_path / "export.csv"
    begin = datetime(2026, 1, 5, tzinfo=UTC).replace(tzinfo=None)
    with file.open("w", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(["When", "Sales", "Support"])
        for hour in range(16 * 7 * 24):
            at = begin + timedelta(hours=hour)
            calls = (20 if at.weekday() == 0 else 10) * (8 <= at.hour < 20) + hour * 7 % 5
            rows.writerow([at.isoformat(sep=" "), calls, calls // 2])
    return file


def test_a_file_gives_rows_for_the_default_and_the_method(wfm: Wfm, export: Path) -> None:
    call = ("backtest", export, "--columns", "time=When,offered=Sales+Support", "--timezone", "Europe/Madrid")
    ran = wfm(*call, "--step", "60m", "--horizon", "2w", "--origins", "2", "--method", "ewma_day_type", "--json")
    assert ran.code == 0
    assert [(row["method"], row["horizon"]) for row in ran.json] == [("default", "week1"), ("ewma_day_type", "week1")]
    keys = {"wape_interval", "wape_day", "bias", "ratio_to_default", "wql", "wql_ratio_to_default", "seconds"}
    assert keys <= ran.json[0].keys()
    assert ran.json[0]["ratio_to_default"] == 1


def test_a_scenario_gives_rows_for_each_channel(wfm: Wfm, scenario: Path) -> None:
    ran = wfm("backtest", scenario, "--horizon", "7d", "--origins", "1", "--method", "mean_of_four")
    assert ran.code == 0
    assert "phone" in ran.out


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(["--horizon", "soon"], "8w"), (["--columns", "Calls"], "came Calls"), (["--method", "magic"], "magic")],
)
def test_a_wrong_option_is_told(wfm: Wfm, export: Path, wrong: list[str], told: str) -> None:
    given = [] if "--columns" in wrong else ["--columns", "time=When,offered=Sales"]
    ran = wfm("backtest", export, *given, "--step", "60m", "--horizon", "2w", "--origins", "1", *wrong)
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err
