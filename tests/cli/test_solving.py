"""A roster goes to a file, to stdout, or into JSON; a search that Ctrl-C ends says so."""

import os
import signal
import time
from pathlib import Path

import pytest

from wfm.cli.solving import hand_over, searched


@pytest.mark.parametrize(
    ("named", "as_json", "printed"),
    [(False, False, "agent\n"), (True, False, ""), (False, True, '{\n  "n": 1\n}\n'), (True, True, '{\n  "n": 1\n}\n')],
)
def test_a_roster_is_written_where_named_and_printed_where_not(
    named: bool, as_json: bool, printed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "roster.csv"
    hand_over(b"agent\n", target if named else None, {"n": 1}, as_json=as_json)
    assert capsys.readouterr().out == printed
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"agent\n"] * named


def test_a_search_that_ends_by_itself_is_not_interrupted() -> None:
    assert searched(lambda show, stop: stop()) == (False, False)


def test_ctrl_c_ends_a_search_with_what_it_has() -> None:
    def search(show: object, stop: object) -> str:
        assert callable(stop)
        os.kill(os.getpid(), signal.SIGINT)
        while not stop():
            time.sleep(0.01)
        return "the best so far"

    assert searched(search) == ("the best so far", True)


def test_a_full_disk_does_not_lose_a_roster(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="/dev/full"):
        hand_over(b"agent,date,shift\n", Path("/dev/full"), {}, as_json=True)
    assert capsys.readouterr().out == "agent,date,shift\n"
