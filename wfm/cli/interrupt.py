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
LISTEN_SECONDS = 0.1


class Stop:
    """Whether somebody asked to stop; called, it tells."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._asked = say, False

    def __call__(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._asked

    def hear(self, _signal: int, _frame: FrameType | None) -> None:
        """Take note of the first Ctrl-C, end the process at the second."""
        if self._asked:
            sys.stderr.flush()
            os._exit(Exit.INTERRUPTED)
        self._asked = True
        self._say("Stopping; the best roster so far is kept. Ctrl-C again ends at once.")

    def attend(self, work: Callable[[], T]) -> T:
        """Do work in a thread of its own, and listen: Python hears a signal in its main thread only, between two of its steps."""
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


@contextmanager
def interruptible(say: Callable[[str], None]) -> Iterator[Stop]:
    """Within the block, Ctrl-C is heard and told instead of ending the process."""
    stop = Stop(say)
    before = signal.signal(signal.SIGINT, stop.hear)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
