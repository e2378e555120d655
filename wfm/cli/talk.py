"""What a command says: data on stdout, talk and progress on stderr, nothing that waits for an answer."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm.domain import Noun
    from wfm.schedule import Progress

NEWS_SECONDS = 10.0
"""Without a terminal, news of a running solve come with each new phase and this often, old ones where there are none."""
LIVE_SECONDS = 1.0
"""On a terminal the line of a running solve tells the time this often."""
_CLEAR = "\r\x1b[2K"


def out(text: str) -> None:
    """Data for the caller; one that has read enough (``| head``) is no error."""
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, "stdout") from error


def say(text: str) -> None:
    """Talk for a person."""
    sys.stderr.write(f"{text}\n")


def out_json(data: Any) -> None:
    """Data as JSON, one document."""
    from pydantic_core import to_json

    out(to_json(data, indent=2).decode())


def out_nouns(nouns: tuple[Noun, ...], as_json: bool, text: Callable[[], str]) -> None:
    """Nouns as JSON where asked for, else as a text."""
    if as_json:
        out_json(nouns)
    else:
        out(text())


def save(path: Path, content: bytes) -> None:
    """Write a file in one step: never half of it, and nothing beside it where that fails."""
    from wfm.report import replace_file

    replace_file(path, content)


@dataclass
class Log:
    """Talk that is kept, each line with the seconds since the run began, to lie beside the results."""

    began: float = field(default_factory=time.monotonic)
    lines: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.began

    def keep(self, text: str) -> None:
        """Put a line into the log."""
        self.lines.append(f"{self.seconds:8.1f} s  {text}")

    def say(self, text: str) -> None:
        """Say a line and put it into the log."""
        self.keep(text)
        say(text)


@contextmanager
def progress(log: Log) -> Iterator[Callable[[Progress], None]]:
    """Shows best, bound and gap of a running solve: one live line on a terminal, else a line now and then, also where nothing is new."""
    board, over = _Board(log), Event()

    def beat() -> None:
        while not over.wait(LIVE_SECONDS if board.live else NEWS_SECONDS):
            board.remind()

    heart = Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield board.show
    finally:
        over.set()
        heart.join()
        board.clear()


class _Board:
    """The newest news of a solve, from whichever thread they come."""

    def __init__(self, log: Log) -> None:
        self.log, self.live = log, sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._line, self._phase, self._again = "", "", 0.0
        self._lock = Lock()

    def show(self, news: Progress) -> None:
        """Show what is new."""
        with self._lock:
            self._line, changed = _news(news), news.phase != self._phase
            self._phase = news.phase
            self._write(at_once=changed)

    def remind(self) -> None:
        """Show the last news again: the search goes on, however long nothing better was found."""
        with self._lock:
            if self._line:
                self._write(at_once=False)

    def clear(self) -> None:
        """Leave nothing of the live line."""
        if self.live and self._line:
            sys.stderr.write(_CLEAR)

    def _write(self, *, at_once: bool) -> None:
        shown = f"{self.log.seconds:6.1f} s  {self._line}"
        if self.live:
            sys.stderr.write(f"{_CLEAR}{shown}")
            sys.stderr.flush()
        if at_once or self.log.seconds >= self._again:
            self._again = self.log.seconds + NEWS_SECONDS
            self.log.keep(self._line)
            if not self.live:
                say(shown)


def _news(news: Progress) -> str:
    """What there is to tell; before the first tier (0) breaches of forbidden rules are counted, and a gap says nothing."""
    tier = f"  tier {news.tier}" if news.tier else ""
    bound = "" if news.bound is None else f"  bound {news.bound:,.2f}"
    gap = f"  gap {news.gap:.1%}" if news.tier and news.gap is not None else ""
    rate = "" if news.rate is None else f"  {news.rate:,.0f} tours/s"
    return f"{news.phase}{tier}  best {news.best:,.2f}{bound}{gap}{rate}"
