"""What an audit looks at: one place after the other, with what was found there and what a rule asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Look:
    """One place at which a rule was held against a roster: of one agent or of all, from one local date to another.

    ``found`` and ``asked`` are in the unit in which the rule thinks (minutes of rest, nights in a row), and ``asked`` is the least
    (``at_least``) or the most that is allowed. The rule is breached there exactly where ``room`` is negative.
    """

    found: float
    asked: float
    at_least: bool
    first: date
    last: date
    agent: str | None = None
    at: datetime | None = None

    @property
    def room(self) -> float:
        """How much more would still be allowed."""
        return self.found - self.asked if self.at_least else self.asked - self.found
