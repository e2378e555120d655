"""Progress and log: what is shown, what is kept."""

import time

import pytest

from wfm.cli.talk import Log, progress
from wfm.schedule import Progress


def test_without_a_terminal_every_new_phase_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    log = Log()
    with progress(log) as show:
        for best in (30.0, 20.0):
            show(Progress("tours", 1.0, 1, best, None))
        show(Progress("lines", 1.5, 0, 3.0, 2.0))
        show(Progress("tier", 2.0, 1, 10.0, 8.0, rate=1200.0))
    told = capsys.readouterr()
    assert not told.out
    assert [line.partition(" s  ")[2] for line in told.err.splitlines()] == [
        "tours  tier 1  best 30.00",
        "lines  best 3.00  bound 2.00",
        "tier  tier 1  best 10.00  bound 8.00  gap 20.0%  1,200 tours/s",
    ]
    assert "\x1b" not in told.err
    assert len(log.lines) == 3


def test_news_come_again_after_a_while(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    log = Log(began=0.0)
    with progress(log) as show:
        for second in (0.0, 9.0, 11.0):
            now[0] = second
            show(Progress("tours", second, 1, 100.0 - second, None))
    assert [line.split("best ")[1] for line in log.lines] == ["100.00", "89.00"]
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_old_news_come_again_while_nothing_better_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wfm.cli.talk.NEWS_SECONDS", 0.01)
    log = Log()
    with progress(log) as show:
        show(Progress("tours", 1.0, 1, 30.0, None))
        deadline = time.monotonic() + 10
        while len(log.lines) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == len(log.lines) >= 3
    assert {line.partition(" s  ")[2] for line in told} == {"tours  tier 1  best 30.00"}


def test_on_a_terminal_one_line_lives_and_is_cleared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress(Log()) as show:
        for best in (30.0, 20.0):
            show(Progress("tours", 1.0, 1, best, None))
    told = capsys.readouterr().err
    assert told.count("\r") == 3
    assert told.endswith("\r\x1b[2K")
    assert "\n" not in told
