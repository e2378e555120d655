"""Runs a command line and turns every error that wfm raises on purpose into words on stderr and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from traceback import format_exception
from types import FrameType
from typing import NoReturn

from wfm.cli.exits import Exit


def main() -> None:
    """The console script: run, then exit with the documented code."""
    # Read when numpy loads, here and in every process below: on matrices as small as ours BLAS threads spend ten times the CPU waiting.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # A word before the exception, which a study takes as a wish to end; a long solve listens for itself.
    signal.signal(signal.SIGINT, _interrupted)
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere  # None where the shell has closed it
        if isinstance(sys.stdout, TextIOWrapper):  # the same bytes as in a file, whatever the locale can write
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            sys.exit(run(sys.argv[1:]))
        except KeyboardInterrupt:  # while the command line was still being imported
            sys.exit(Exit.INTERRUPTED)


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.stderr.write("Interrupted.\n")
    raise KeyboardInterrupt


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; only a defect of wfm itself shows a traceback."""
    from wfm.cli.app import app

    try:
        app(args=arguments, prog_name="wfm", obj=arguments)
    except SystemExit as ended:
        return int(ended.code or Exit.OK)
    except Exception as error:
        words, code = _told(error)
        sys.stderr.write(f"{words}\n")
        return code
    return Exit.OK


def _told(error: Exception) -> tuple[str, Exit]:
    """An error in the planner's words with its exit code; one that nobody raised on purpose, with all that helps to mend it."""
    from wfm.domain import NoRosterInTime, RulesConflict, WfmError

    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}", Exit.INVALID_INPUT
    if isinstance(error, WfmError):
        codes = {RulesConflict: Exit.CONFLICT, NoRosterInTime: Exit.NO_ROSTER}
        return str(error), codes.get(type(error), Exit.INVALID_INPUT)
    return (
        f"{''.join(format_exception(error))}\nThis is a defect of wfm, not of your input. Please report it.",
        Exit.DEFECT,
    )
