"""`wfm init` and `wfm import`: what is written can be planned; a fault leaves nothing behind."""

from pathlib import Path

import pytest

from tests.cli.conftest import Wfm
from wfm.study import read_scenario
from wfm.study.begin import templates


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return two weeks of calls a quarter of an hour, as a spreadsheet writes them."""
    rows = [
        f"2026-03-{2 + day:02d} {hour:02d}:{minute:02d},{5 + hour % 4}"
        for day in range(14)
        for hour in range(8, 18)
        for minute in (0, 15, 30, 45)
        if day % 7 < 5
    ]
    file = tmp_path / "export.csv"
    file.write_text("start,calls\n" + "\n".join(rows) + "\n")
    return file


@pytest.mark.parametrize("template", sorted(templates()))
def test_every_template_becomes_a_scenario(template: str, tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("init", tmp_path / "mine", "--template", template)
    assert ran.code == 0
    assert ran.out.splitlines() == [str(file) for file in sorted((tmp_path / "mine").iterdir())]
    assert read_scenario(tmp_path / "mine").workforce.agents


def test_an_export_becomes_a_scenario_that_can_be_staffed(export: Path, tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("init", tmp_path / "mine", "--history", export, "--agents", "6", "--timezone", "Europe/Madrid")
    assert ran.code == 0
    assert "Inferred: " in ran.err
    made = read_scenario(tmp_path / "mine")
    assert len(made.workforce.agents) == 6
    assert made.horizon.zone == "Europe/Madrid"
    assert wfm("staff", tmp_path / "mine").code == 0


def test_a_column_can_be_named(tmp_path: Path, wfm: Wfm) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Wann,Zahl\n" + "".join(f"2026-03-02 {hour:02d}:00,7\n" for hour in range(24)))
    assert wfm("import", file).code == 3
    ran = wfm("import", file, "--columns", "start=Wann", "--columns", "offered=Zahl")
    assert ran.code == 0
    assert ran.out.count(",7.0,") + ran.out.count(",7,") == 24


def test_a_dry_run_tells_everything_and_writes_nothing(export: Path, tmp_path: Path, wfm: Wfm) -> None:
    before = sorted(tmp_path.rglob("*"))
    for source in (["--history", str(export), "--agents", "3"], ["--template", "phone-small"]):
        ran = wfm("init", tmp_path / "mine", *source, "--dry-run")
        assert (ran.code, ran.out) == (0, "")
        assert "nothing was written" in ran.err
    assert wfm("import", export, "--dry-run").out == ""
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "export.csv: expected a header line"),
        (b"start,calls\n", "export.csv: expected rows below the header"),
        (b"start,calls\n2026-03-02 08:00,many\n2026-03-02 08:15,3\nlater,5\n", "export.csv:4: start: expected"),
        (b"\xff\xfe\x00s\x00t", "export.csv:1: expected text"),
    ],
)
def test_a_faulty_export_is_told_and_leaves_nothing(
    content: bytes, words: str, tmp_path: Path, export: Path, wfm: Wfm
) -> None:
    export.write_bytes(content)
    ran = wfm("init", tmp_path / "mine", "--history", export, "--agents", "3")
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err
    assert list(tmp_path.iterdir()) == [export]


def test_a_folder_with_files_is_never_overwritten(scenario: Path, wfm: Wfm) -> None:
    before = {file: file.read_bytes() for file in scenario.iterdir()}
    ran = wfm("init", scenario, "--template", "helpdesk-24x7")
    assert ran.code == 3
    assert "exists already" in ran.err
    assert {file: file.read_bytes() for file in scenario.iterdir()} == before


def test_an_unknown_template_is_told_with_those_that_exist(tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("init", tmp_path / "mine", "--template", "nonsense")
    assert ran.code == 3
    assert "phone-small" in ran.err


def test_an_import_is_the_same_on_stdout_and_in_a_file(export: Path, tmp_path: Path, wfm: Wfm) -> None:
    shown = wfm("import", export, "--timezone", "Europe/Madrid")
    saved = wfm("import", export, "--timezone", "Europe/Madrid", "--out", tmp_path / "history.csv")
    assert (shown.code, saved.code, saved.out) == (0, 0, "")
    assert (tmp_path / "history.csv").read_text() == shown.out
    again = wfm("import", tmp_path / "history.csv", "--timezone", "Europe/Madrid", "--json")
    assert [row["channel"] for row in again.json["histories"]] == ["phone"]
