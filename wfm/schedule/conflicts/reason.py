"""A conflict in a planner's words: what cannot be met together, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from wfm.domain import Noun

Dates = tuple[date | None, date | None]
"""First and last date of something, None where it has no end."""
NAMED = 6
"""So many agents or dates are named in a sentence; of more, the first and how many others."""


class Part(Noun):
    """A rule where a conflict needs it: the agents (none: whom the rule couples) and the dates (None: the whole horizon)."""

    rule: str
    kind: str
    words: str
    agents: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def place(self) -> str:
        """As ``time_off of ann and ben on 2026-12-05``."""
        return f"{self.rule}{_of(self.agents)}{_on(self.first, self.last)}"


class Repair(Noun):
    """One way out of a conflict, verified: with it the agents concerned have legal tours while nobody else's change.

    ``relax`` lets one rule be breached by ``amount`` of its ``unit``, ``hire`` adds an agent for ``amount`` hours a week. ``hours`` of
    work or rest that it is about make repairs comparable; a rule of a law or with a law's source gives way last.
    """

    kind: Literal["relax", "hire"]
    words: str
    rule: str
    agents: tuple[str, ...]
    amount: float
    unit: str
    hours: float
    lawful: bool


class Conflict(Noun):
    """Parts of rules that no roster keeps together, none of which can be spared, and the cheapest repairs, best first."""

    parts: tuple[Part, ...]
    repairs: tuple[Repair, ...] = ()


def in_words(conflicts: Sequence[Conflict]) -> list[str]:
    """For each conflict a line for each part, with the rule's sentence where it is met first, then for each repair."""
    lines: list[str] = []
    known: set[str] = set()
    for conflict in conflicts:
        for part in conflict.parts:
            lines.append(part.place if part.rule in known else f"{part.place}: {part.words}")
            known.add(part.rule)
        lines += [f"repair: {repair.words}" for repair in conflict.repairs]
    return lines


def relaxed_words(rule: str, agents: Sequence[str], amount: float, unit: str, dates: Sequence[Dates]) -> str:
    """As ``relax time_off of ann on 2026-12-05 by 1 day of time off worked``."""
    first, _, rest = unit.partition(" ")
    one = first.removesuffix("s") if amount == 1 else first
    told = ",".join(_on(*row) for row in dates[:NAMED]) + (
        f" and {len(dates) - NAMED} more" if len(dates) > NAMED else ""
    )
    return f"relax {rule}{_of(agents)}{told} by {amount:g} {' '.join(filter(None, [one, rest]))}"


def named(agents: Sequence[str]) -> str:
    """As ``ann, ben and cas``; of many the first and how many others."""
    if len(agents) > NAMED:
        return f"{', '.join(agents[: NAMED - 1])} and {len(agents) - NAMED + 1} others"
    return " and ".join(filter(None, [", ".join(agents[:-1]), *agents[-1:]]))


def _of(agents: Sequence[str]) -> str:
    return f" of {named(agents)}" if agents else ""


def _on(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f" on {first}" if first == last else f" from {first} to {last}"
