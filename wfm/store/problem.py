"""What went wrong, in the form in which a job keeps it and the API answers it: problem details after RFC 9457."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from wfm.domain import Fault, InputError, NoRosterInTime, NotFound, Noun, Refused, RulesConflict, WfmError

TYPES: tuple[tuple[type[WfmError], str, str], ...] = (
    (InputError, "invalid-input", "The input cannot be used"),
    (RulesConflict, "rules-conflict", "Forbidden rules cannot all be met"),
    (NoRosterInTime, "no-roster-in-time", "The time limit came before the first roster"),
    (NotFound, "not-found", "There is no such thing"),
    (Refused, "refused", "The request is not allowed"),
    (WfmError, "error", "The request failed"),
)


class ProblemLine(Noun):
    """One of the things wrong: ``pointer`` is its place in the request (RFC 6901), ``file`` and ``line`` its place in a file."""

    pointer: str = ""
    detail: str
    expected: str = ""
    came: str = ""
    fix: str = ""
    file: str = ""
    line: Annotated[int, Field(ge=0)] | None = None
    column: str = ""

    @classmethod
    def of(cls, fault: Fault, pointer: str = "") -> Self:
        """A fault as a line."""
        known = {name: getattr(fault, name) for name in ("expected", "came", "fix", "file", "line", "column")}
        return cls(pointer=pointer, detail=str(fault), **known)


class Problem(Noun):
    """A problem after RFC 9457; ``errors`` lists everything that was found, not only the first."""

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)] | None = None
    detail: str = ""
    errors: tuple[ProblemLine, ...] = ()

    @classmethod
    def of(cls, error: WfmError) -> Self:
        """What an error says, without an HTTP status."""
        word, title = next((word, title) for kind, word, title in TYPES if isinstance(error, kind))
        lines: tuple[ProblemLine, ...] = ()
        if isinstance(error, InputError):
            lines = tuple(ProblemLine.of(fault) for fault in error.faults)
        elif isinstance(error, RulesConflict):
            lines = tuple(ProblemLine(detail=line) for line in error.conflict)
        return cls(type=problem_type(word), title=title, detail=str(error), errors=lines)


def problem_type(word: str) -> str:
    """The URI of a type of problem."""
    return f"urn:wfm:problem:{word}"
