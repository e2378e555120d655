"""What every command shares that makes a roster: a search that Ctrl-C stops, and where the roster goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wfm.cli.interrupt import interruptible
from wfm.cli.talk import Log, out, out_json, progress, save, say

if TYPE_CHECKING:
    from wfm.schedule.solution import OnProgress, ShouldStop

Made = TypeVar("Made")


def searched(search: Callable[[OnProgress, ShouldStop], Made], log: Log | None = None) -> tuple[Made, bool]:
    """What a search makes, with its progress told meanwhile, and whether Ctrl-C ended it early."""
    with interruptible(log.say if log else say) as stop, progress(log or Log()) as show:
        made = stop.attend(lambda: search(show, stop))
        return made, stop()


def hand_over(roster: bytes, target: Path | None, whole: object, *, as_json: bool) -> None:
    """Write a roster to a file where one is named; print ``whole`` as JSON where asked for, else the roster that no file has.

    A full disk does not lose it: then it goes to stdout before the error is raised.
    """
    if target is not None:
        try:
            save(target, roster)
        except OSError:
            out(roster.decode())
            raise
    if as_json:
        out_json(whole)
    elif target is None:
        out(roster.decode())
