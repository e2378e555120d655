"""What a command says: data on stdout, talk and progress on stderr, nothing that waits for an answer."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm.domain import Noun
    from wfm.schedule import Progress


def out(text: str) -> None:
    """Data for the caller."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


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
    """Write a file in one step: never half of it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Within the block, the first Ctrl-C only asks to stop (the function given tells); a second one ends at once."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        say("Stopping; the best roster so far is kept. Ctrl-C again ends at once.")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """Shows best, bound and gap of a running solve: one live line on a terminal, else a line for each new phase."""
    live, last = sys.stderr.isatty(), ""

    def show(news: Progress) -> None:
        nonlocal last
        gap = "" if news.gap is None else f"  bound {news.bound:,.2f}  gap {news.gap:.1%}"
        line = f"{news.seconds:6.1f} s  {news.phase}  tier {news.tier}  best {news.best:,.2f}{gap}"
        if live:
            sys.stderr.write(f"\r\x1b[2K{line}")
            sys.stderr.flush()
        elif news.phase != last:
            say(line)
        last = news.phase

    try:
        yield show
    finally:
        if live and last:
            sys.stderr.write("\r\x1b[2K")
