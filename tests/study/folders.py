"""Small scenarios to read, change and break: copies of phone-small with some of their text replaced."""

import re
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from wfm.domain import Fault, InputError
from wfm.study import Scenario, read_scenario

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PHONE_SMALL = SCENARIOS / "phone-small"
ROWS = 1 + 2 * (5 * 24 + 10)


def copied(target: Path, *changes: tuple[str, str], **files: str) -> Path:
    """A copy of phone-small in ``target`` with texts of its scenario.yaml replaced, and whole CSV files (by stem) written.

    Only two weeks of its history are kept: it is read many times.
    """
    shutil.copytree(PHONE_SMALL, target, dirs_exist_ok=True)
    rows = (PHONE_SMALL / "history.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    files.setdefault("history", "".join(rows[:ROWS]))
    sheet = (target / "scenario.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in sheet, f"{old} is not in phone-small"
        sheet = sheet.replace(old, new, 1)
    (target / "scenario.yaml").write_text(sheet, encoding="utf-8")
    for stem, text in files.items():
        (target / f"{stem}.csv").write_text(text, encoding="utf-8")
    return target


def briefly(folder: Path) -> None:
    """Let the copy of a scenario be searched and simulated a little only: enough where a test asks for no figure of it."""
    sheet = (folder / "scenario.yaml").read_text(encoding="utf-8")
    sheet, searches = re.subn(r"\bsteps: \d+", "steps: 5", sheet)
    sheet, simulations = re.subn(r"\breplications: \d+", "replications: 4", sheet)
    assert searches <= simulations == 1, f"{folder} does not tell its limits once"
    (folder / "scenario.yaml").write_text(sheet, encoding="utf-8")


@lru_cache(maxsize=1)
def phone_small() -> Scenario:
    """The shipped scenario, read once: nobody can change it."""
    return read_scenario(PHONE_SMALL)


def faults_of(folder: Path, *overrides: str) -> tuple[Fault, ...]:
    """What is wrong with a scenario folder."""
    with pytest.raises(InputError) as caught:
        read_scenario(folder, overrides)
    return caught.value.faults


def told(folder: Path, *overrides: str) -> list[str]:
    """What is wrong with a scenario folder, in sentences."""
    return [str(fault) for fault in faults_of(folder, *overrides)]
