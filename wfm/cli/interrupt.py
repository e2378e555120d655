"""Ctrl-C on long work: the first one asks it to stop and keeps the best so far, the second one ends at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from threading import Thread
from types import FrameType
from typing import TypeVar

from wfm.cli.exits import Exit

T = TypeVar("T")
LISTEN_SECONDS = 0.2


@contextmanager
def interruptible(say: Callable[[str], None]) -> Iterator[Callable[[], bool]]:
    """Within the block, the function given tells whether Ctrl-C was pressed; a second one ends the process."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            sys.stderr.flush()
            os._exit(Exit.INTERRUPTED)
        asked = True
        say("Stopping; the best roster so far is kept. Ctrl-C again ends at once.")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def attended(work: Callable[[], T]) -> T:
    """Do work in a thread of its own: Python hears Ctrl-C in its main thread only, and not while the solver keeps that busy."""
    done: Future[T] = Future()

    def do() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=do, daemon=True).start()
    while not done.done():
        wait([done], LISTEN_SECONDS)
    return done.result()
