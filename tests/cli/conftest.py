"""A small scenario to work on, a plan of it made once, and a command line that is run in this process."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main

from wfm.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
QUICK = ("-S", "solve.steps=5", "-S", "simulate.replications=2")
"""A roster that is good enough to be looked at."""


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Wfm = Callable[..., Ran]


@pytest.fixture(scope="session", autouse=True)
def _one_command_line() -> Iterator[None]:
    """Make the tree of commands once, not for each command line: no test changes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def wfm(capsys: pytest.CaptureFixture[str]) -> Wfm:
    """Return a function that runs one command line."""

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a copy of phone-small that a test may change."""
    return Path(shutil.copytree(ROOT / "scenarios" / "phone-small", tmp_path / "phone-small"))


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run over phone-small."""
    runs = tmp_path_factory.mktemp("runs")
    assert run(["plan", str(ROOT / "scenarios" / "phone-small"), *QUICK, "--runs", str(runs)]) == 0
    (folder,) = runs.iterdir()
    return folder
