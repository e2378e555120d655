"""`wfm intraday` tells the rest of a day from what came, and what is wrong with what it is given."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.domain.time import local
from wfm.forecast import RestOfDay

NOON = ("--at", "2026-12-01 12:00")


@pytest.fixture
def today(tmp_path: Path) -> Path:
    """Return a busy Tuesday morning, 08:00 to 12:00."""
    file = tmp_path / "today.csv"
    rows = [f"2026-12-01 {hour:02d}:{minute},{12 + hour}" for hour in range(8, 12) for minute in ("00", "30")]
    file.write_text("\n".join(["start,offered", *rows]) + "\n")
    return file


def test_the_rest_of_the_day_is_told_in_words_and_as_data(scenario: Path, today: Path, wfm: Wfm) -> None:
    ran = wfm("intraday", scenario, *NOON, "--actuals", today)
    assert ran.code == 0
    assert ran.out.startswith("phone, until 12:00: 172 contacts came where ")
    (data,) = wfm("intraday", scenario, *NOON, "--actuals", today, "--json").json
    row = RestOfDay.model_validate(data)
    assert row.came == 172
    assert f"{local(row.until, row.forecast.grid.zone):%Y-%m-%d %H:%M}" == "2026-12-01 12:00"
    assert row.after_band[0] < row.after < row.after_band[1]
    assert (row.strength == 0) == (row.after == row.before)
    assert row.forecast.grid.dates == (row.forecast.grid.dates[0],)


def test_counts_after_the_asked_time_are_not_looked_at(scenario: Path, today: Path, wfm: Wfm) -> None:
    early = wfm("intraday", scenario, "--at", "2026-12-01 10:10", "--actuals", today).out
    assert early.startswith("phone, until 10:00: 82 contacts came")
    today.write_text("\n".join(today.read_text().splitlines()[:5]) + "\n")
    assert wfm("intraday", scenario, "--actuals", today).out == early


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--at", "2026-12-01"), "expected a time with its hour"),
        (("--at", "noon"), "expected a local time such as"),
        (("--at", "2027-01-01 12:00"), "expected a time in the horizon 2026-11-30 to 2026-12-06"),
        (("--at", "2026-12-02 12:00"), "expected recorded intervals on 2026-12-02 before 12:00, came none"),
        (("--actuals", "none.csv"), "none.csv: expected a file that can be read"),
    ],
)
def test_what_cannot_be_updated_is_said(
    arguments: tuple[str, ...], words: str, scenario: Path, today: Path, wfm: Wfm
) -> None:
    given = arguments if "--actuals" in arguments else (*arguments, "--actuals", today)
    ran = wfm("intraday", scenario, *given)
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err


def test_a_channel_that_the_scenario_does_not_know_is_refused(scenario: Path, today: Path, wfm: Wfm) -> None:
    lines = [line.replace(",", ",fone,", 1) for line in today.read_text().splitlines()[1:]]
    lines += [line.replace("fone", "chat") for line in lines]
    today.write_text("\n".join(["start,channel,offered", *lines]) + "\n")
    ran = wfm("intraday", scenario, *NOON, "--actuals", today)
    assert ran.code == 3
    assert "expected counts of the scenario's channels, came fone. Did you mean phone?" in ran.err
