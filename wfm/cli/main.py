"""Runs a command line and turns every error that wfm raises on purpose into words on stderr and an exit code."""

from __future__ import annotations

import sys

from wfm.cli.exits import Exit


def main() -> None:
    """The console script: run, then exit with the documented code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; only a defect of wfm itself shows a traceback."""
    from wfm.cli.app import app

    try:
        app(args=arguments, prog_name="wfm", obj=arguments)
    except SystemExit as ended:
        return int(ended.code or Exit.OK)
    except Exception as error:
        words, code = _told(error)
        if code is None:
            raise
        sys.stderr.write(f"{words}\n")
        return code
    return Exit.OK


def _told(error: Exception) -> tuple[str, Exit | None]:
    """An error in the planner's words with its exit code; no code for an error that nobody raised on purpose."""
    from pydantic import ValidationError

    from wfm.domain import NoRosterInTime, RulesConflict, WfmError

    if isinstance(error, ValidationError):
        rows = (
            f"{'.'.join(map(str, row['loc']))}: {row['msg'].removeprefix('Value error, ')}" for row in error.errors()
        )
        return "\n".join(rows), Exit.INVALID_INPUT
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}", Exit.INVALID_INPUT
    if not isinstance(error, WfmError):
        return "", None
    codes = {RulesConflict: Exit.CONFLICT, NoRosterInTime: Exit.NO_ROSTER}
    return str(error), codes.get(type(error), Exit.INVALID_INPUT)
