"""`wfm serve`: this machine only, as long as there are no keys."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Wfm


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what uvicorn would have been asked to serve."""
    calls: list[Any] = []
    monkeypatch.setattr("uvicorn.run", lambda *given, **named: calls.append((given, named)))
    monkeypatch.setenv("WFM_DATABASE", "to be put back")
    return calls


def test_it_serves_the_api_with_the_store_that_was_named(
    served: list[Any], tmp_path: Path, wfm: Wfm, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    ran = wfm("serve", "--port", "8123", "--store", tmp_path / "own.sqlite")
    assert ran.code == 0
    assert "http://127.0.0.1:8123/v1" in ran.err
    ((given, named),) = served
    assert given == ("wfm.api:app",)
    assert (named["host"], named["port"], named["factory"]) == ("127.0.0.1", 8123, True)
    assert os.environ["WFM_DATABASE"] == f"sqlite:///{tmp_path}/own.sqlite"


def test_it_refuses_an_address_that_others_can_reach(served: list[Any], wfm: Wfm) -> None:
    ran = wfm("serve", "--host", "0.0.0.0")
    assert ran.code == 3
    assert "127.0.0.1" in ran.err
    assert not served


def test_a_file_that_is_no_store_is_left_alone(served: list[Any], tmp_path: Path, wfm: Wfm) -> None:
    for other in (tmp_path, Path(__file__)):
        ran = wfm("serve", "--store", other)
        assert ran.code == 3
        assert f"{other}: expected an SQLite file" in ran.err
    assert wfm("serve", "--port", "99999").code == 2
    assert wfm("serve", "--store", Path(__file__) / "new.sqlite").code == 2
    assert not served
