"""Ctrl-C: the best roster so far is kept, in a real process with a real signal."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from wfm.cli.exits import Exit
from wfm.cli.interrupt import interruptible

LONG = ("-S", "simulate.replications=2", "--seconds", "600")


@pytest.mark.parametrize(
    ("phase", "scenario", "weeks"),
    [("tours", "phone-small", 4), pytest.param("tours", "helpdesk-24x7", 1, marks=pytest.mark.slow)],
)
def test_ctrl_c_keeps_the_best_roster_of_a_long_solve(phase: str, scenario: str, weeks: int, tmp_path: Path) -> None:
    length = ("-S", f"horizon.weeks={weeks}")
    command = ["plan", f"{ROOT}/scenarios/{scenario}", *length, *LONG, "--runs", str(tmp_path / "runs")]
    program = [sys.executable, "-m", "wfm", *command]
    errors = (tmp_path / "stderr").open("w+")
    with errors, subprocess.Popen(program, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT) as process:
        until(lambda: phase in (tmp_path / "stderr").read_text(), process)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        summary, _ = process.communicate(timeout=120)
    assert process.returncode == Exit.INTERRUPTED
    (folder,) = (tmp_path / "runs").iterdir()
    assert json.loads((folder / "manifest.json").read_text())["interrupted"] is True
    assert len((folder / "roster.csv").read_text().splitlines()) > 50
    assert "Stopping" in (folder / "log.txt").read_text()
    assert str(folder) in summary


def until(true: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait until something holds while a process runs."""
    for _ in range(600):
        if true():
            return
        assert process.poll() is None, "it ended by itself"
        time.sleep(0.1)
    pytest.fail("nothing happened in a minute")


def test_the_first_ctrl_c_asks_and_what_was_there_before_comes_back() -> None:
    said: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with interruptible(said.append) as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.attend(lambda: within_five_seconds(stop))
    assert len(said) == 1
    assert signal.getsignal(signal.SIGINT) is before


def within_five_seconds(true: Callable[[], bool]) -> bool:
    for _ in range(500):
        if true():
            return True
        time.sleep(0.01)
    return False


def test_the_second_ctrl_c_ends_at_once() -> None:
    program = (
        "import os, signal, time\nfrom wfm.cli.interrupt import LISTEN_SECONDS, interruptible\n"
        "with interruptible(print):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(60)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT, timeout=30)
    assert ran.returncode == Exit.INTERRUPTED


def test_attended_work_gives_back_what_it_made_or_raised() -> None:
    with interruptible(lambda _: None) as stop:
        assert stop.attend(lambda: 42) == 42
        with pytest.raises(ZeroDivisionError):
            stop.attend(lambda: 1 // 0)
