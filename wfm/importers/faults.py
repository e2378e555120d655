"""All that is wrong with one file, gathered until its end and raised together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from pydantic import ValidationError

from wfm.domain import Fault, InputError

SHOWN = 100


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

    @contextmanager
    def noting(self, line: int | None = None, columns: dict[str, str] | None = None) -> Iterator[None]:
        """Turn what a noun or a reader of text refuses inside the block into faults of one line.

        ``columns`` names the column of the file for a field of the noun.
        """
        try:
            yield
        except ValidationError as error:
            for part in error.errors():
                field = ".".join(str(step) for step in part["loc"])
                column = (columns or {}).get(str(part["loc"][0]) if part["loc"] else "", field)
                self.add(*_two_halves(part["msg"], repr(part.get("input"))[:80]), line=line, column=column)
        except ValueError as error:
            self.add(*_two_halves(str(error), "something else"), line=line)


def _two_halves(message: str, came: str) -> tuple[str, str]:
    """The expectation and what came, from ``expected X, came Y`` or from a message of pydantic."""
    words = message.removeprefix("Value error, ").removeprefix("expected ")
    expected, said, rest = words.partition(", came ")
    return (expected, rest) if said else (words[:1].lower() + words[1:], came)
