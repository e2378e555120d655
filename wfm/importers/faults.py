"""All that is wrong with one file, gathered until its end and raised together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wfm.domain import Fault, InputError

SHOWN = 100
Made = TypeVar("Made")


class Faults:
    """Gathers the faults of one file: the first hundred in full, the rest by number."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._shown: list[Fault] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, expected: str, came: str, fix: str = "", *, line: int | None = None, column: str = "") -> None:
        """Note one fault at a line and column of the file."""
        self._count += 1
        if self._count <= SHOWN:
            self._shown.append(Fault(expected, came, fix, self.file, line, column))

    def raise_any(self) -> None:
        """Raise all that was gathered as one InputError, or return where nothing is wrong."""
        if self._count > SHOWN:
            rest = Fault(f"at most {SHOWN} faults in a list", f"and {self._count - SHOWN} more", file=self.file)
            raise InputError([*self._shown, rest])
        if self._shown:
            raise InputError(self._shown)

    def stop(self, expected: str, came: str, fix: str = "", *, line: int | None = None, column: str = "") -> NoReturn:
        """Note a fault after which reading on makes no sense, and raise all that was gathered."""
        self.add(expected, came, fix, line=line, column=column)
        self.raise_any()
        raise AssertionError("a fault was just added")

    def attempt(
        self, make: Callable[[], Made], *, line: int | None = None, columns: Mapping[str, str] | None = None
    ) -> Made | None:
        """What ``make`` gives, or None where a noun or a reader of text refuses it; then its faults are noted.

        ``columns`` names the column of the file for a field of the noun; the empty field stands for all others.
        """
        try:
            return make()
        except ValidationError as error:
            for part in error.errors():
                field = str(part["loc"][0]) if part["loc"] else ""
                self.add(*_two_halves(part), line=line, column=_column(field, columns))
        except ValueError as error:
            expected, _, came = str(error).removeprefix("expected ").partition(", came ")
            self.add(expected, came, line=line, column=_column("", columns))
        return None


def _column(field: str, columns: Mapping[str, str] | None) -> str:
    known = columns or {}
    return known.get(field, field or known.get("", ""))


def _two_halves(part: ErrorDetails) -> tuple[str, str]:
    """The expectation and what came, in the planner's words."""
    came = repr(part["input"])[:80]
    if part["type"] == "string_pattern_mismatch":
        return "a name of letters, digits, dot, hyphen and underscore", came
    words = part["msg"].removeprefix("Value error, ").removeprefix("expected ").removeprefix("Input should be ")
    expected, said, rest = words.partition(", came ")
    return (expected, rest) if said else (words[:1].lower() + words[1:], came)
