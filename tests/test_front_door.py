"""The curated front door: every name is there and is the room's own, and opening the door costs nothing."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import wfm

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("domain", "importers", "staffing", "schedule", "study", "report")


@pytest.mark.parametrize("name", [name for name in wfm.__all__ if name != "__version__"])
def test_every_name_is_promised_by_exactly_one_room(name: str) -> None:
    homes = [room for room in ROOMS if name in import_module(f"wfm.{room}").__all__]
    assert len(homes) == 1
    assert getattr(wfm, name) is getattr(import_module(f"wfm.{homes[0]}"), name)


def test_names_are_told_in_order_and_once() -> None:
    assert wfm.__all__ == sorted(set(wfm.__all__))


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        wfm.nonsense  # noqa: B018


def test_opening_the_door_imports_no_room() -> None:
    program = "import sys, wfm; print(sorted(name for name in sys.modules if name.split('.')[0] in {'wfm', 'numpy', 'pydantic'}))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "['wfm']\n"
