"""Options refuse what cannot work before any work is done, and stand for the overrides that they mean."""

import os
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import Wfm
from wfm.cli.exits import Exit
from wfm.cli.options import changes_of, writable

ROSTER = ("roster", "instance.txt", "--format", "curtois")


@pytest.mark.parametrize("seconds", ["0", "-3", "nan", "inf", "1e9"])
def test_a_time_limit_that_is_none_is_wrong_usage(seconds: str, wfm: Wfm) -> None:
    ran = wfm(*ROSTER, "--seconds", seconds)
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert "at most 86,400" in ran.err


@pytest.mark.parametrize("workers", ["0", "65"])
def test_so_many_threads_are_wrong_usage(workers: str, wfm: Wfm) -> None:
    assert wfm(*ROSTER, "--workers", workers).code == Exit.USAGE


def test_a_file_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, wfm: Wfm) -> None:
    for target, why in ((tmp_path / "missing" / "r.csv", "there is no folder"), (tmp_path, "came the folder")):
        ran = wfm(*ROSTER, "--out", target)
        assert ran.code == Exit.USAGE
        assert why in ran.err


def test_a_folder_of_runs_that_cannot_be_is_told_before_the_work(tmp_path: Path, wfm: Wfm) -> None:
    (tmp_path / "file").touch()
    for runs in (tmp_path / "file", tmp_path / "file" / "runs"):
        ran = wfm("plan", tmp_path, "--runs", runs)
        assert ran.code == Exit.USAGE
        assert "expected a folder that can be written to" in ran.err
    assert wfm("plan", tmp_path, "--runs", tmp_path / "new" / "runs").code == Exit.INVALID_INPUT  # there is no scenario


def test_a_folder_without_permission_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path or mode != os.W_OK)  # to root all is allowed
    with pytest.raises(typer.BadParameter, match="cannot be written to"):
        writable(tmp_path / "r.csv")


def test_devices_and_new_files_can_be_written(tmp_path: Path) -> None:
    for path in (Path(os.devnull), tmp_path / "r.csv", None):
        assert writable(path) is path


def test_seconds_count_by_the_clock_even_where_a_scenario_counts_steps() -> None:
    assert changes_of(["solve.steps=50"], None, None, 5.0, 1) == [
        "solve.steps=50",
        "solve.seconds=5.0",
        "solve.steps=null",
        "solve.workers=1",
    ]
