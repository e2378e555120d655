"""The guide to HTTP, command by command, against a real server: phone-small from the first request to the report."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.study.folders import briefly
from wfm.study import Plan

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "http.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n", re.MULTILINE)
TOLD = "http://127.0.0.1:8000"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a directory with a copy of the scenario that is searched and simulated briefly."""
    if not (ROOT / "scenarios" / "phone-small").is_dir():
        pytest.skip("absent: scenarios/phone-small")
    if shutil.which("curl") is None:
        pytest.skip("absent: curl")
    folder = tmp_path / "scenarios" / "phone-small"
    shutil.copytree(ROOT / "scenarios" / "phone-small", folder)
    briefly(folder)
    return tmp_path


@pytest.fixture
def server(desk: Path) -> Iterator[str]:
    """Return the address of a server on a free port of this machine, with the settings of the guide."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "wfm.api:app",
        "--factory",
        "--port",
        str(port),
        "--timeout-graceful-shutdown",
        "5",
    ]
    surroundings = {**os.environ, "WFM_DATABASE": f"sqlite:///{desk}/wfm.sqlite"}
    log = desk / "server.log"
    with log.open("wb") as said, subprocess.Popen(command, env=surroundings, stderr=said) as process:
        try:
            _wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.mark.slow
def test_the_guide_plans_phone_small_end_to_end(desk: Path, server: str) -> None:
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    commands = [command for block in blocks for command in COMMAND.findall(block)]
    assert commands[0].startswith("wfm serve")  # this test's own server stands for it
    script = "set -e\n" + "\n".join(commands[1:]).replace(TOLD, server)
    shell = subprocess.run(["bash", "-c", script], cwd=desk, capture_output=True, text=True, timeout=240, check=False)
    assert shell.returncode == 0, shell.stdout + shell.stderr
    made = desk / "scenarios" / "phone-small"
    plan = Plan.model_validate_json((made / "plan.json").read_text(encoding="utf-8"))
    assert plan.solution.forbidden_breaches == ()
    rows = (made / "roster.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + len(plan.solution.roster.assignments)
    calendar = Calendar.from_ical((made / "B1.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) == len(plan.solution.roster.shifts_of("B1"))
    assert "<html" in (made / "report.html").read_text(encoding="utf-8")
    assert len((made / "study.csv").read_text(encoding="utf-8").splitlines()) == 1 + 5
    assert "event: done" in shell.stdout
    assert json.loads(shell.stdout.splitlines()[-1])["agents"] > 0
