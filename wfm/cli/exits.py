"""Exit codes: one table that the documentation, the tests and every command share."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INVALID_INPUT = 3
    CONFLICT = 4
    NO_ROSTER = 5
    DEFECT = 70
    INTERRUPTED = 130
