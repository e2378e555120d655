"""Every error that wfm raises on purpose, as one tree.

    WfmError
    ├── InputError            something a person wrote cannot be used; carries every Fault found, with file, line and column
    ├── RulesConflict         forbidden rules cannot all be met; carries the conflict in words
    ├── NoRosterInTime        the time limit came before the first roster
    ├── NotFound              a named thing (scenario, run, job, kind) does not exist
    └── Refused               the request is understood and not allowed (limits, states, policy)

Shells translate them (exit codes, problem+json); nobody else catches them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class WfmError(Exception):
    """Parent of every error raised on purpose; its text is meant for a planner."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one place of an input: where it stands, what was expected, what came, what to do."""

    expected: str
    came: str
    fix: str = ""
    file: str = ""
    line: int | None = None
    column: str = ""

    @property
    def where(self) -> str:
        """The place as ``file:line: column``, as far as it is known."""
        place = ":".join(part for part in (self.file, "" if self.line is None else str(self.line)) if part)
        return f"{place}: {self.column}" if place and self.column else place or self.column

    def __str__(self) -> str:
        """The fault as one sentence or two."""
        where = f"{self.where}: " if self.where else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{where}expected {self.expected}, came {self.came}.{fix}"


class InputError(WfmError):
    """Something a person wrote cannot be used; ``faults`` lists everything that was found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        """How the error travels from one process to another: by its faults, not by its text."""
        return type(self), (self.faults,)


class RulesConflict(WfmError):
    """Forbidden rules cannot all be met; ``conflict`` names the rules, agents and dates in words."""

    def __init__(self, conflict: Sequence[str]) -> None:
        self.conflict = tuple(conflict)
        super().__init__("These rules cannot be met together:\n" + "\n".join(f"  - {line}" for line in self.conflict))

    def __reduce__(self) -> tuple[type[RulesConflict], tuple[tuple[str, ...]]]:
        """How the error travels from one process to another: by its lines, not by its text."""
        return type(self), (self.conflict,)


class NoRosterInTime(WfmError):
    """The time limit came before the first roster."""


class NotFound(WfmError):
    """A named thing does not exist; the text says what exists."""


class Refused(WfmError):
    """The request is understood and not allowed; the text says which limit or state forbids it."""
