"""What a solve gives back: the best roster with its status, bound, gap and every breach, as the audit found them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from wfm.domain import Breach, Noun, Roster
from wfm.schedule.conflicts.reason import Conflict

Status = Literal["optimal", "feasible", "conflict", "unfinished"]
"""optimal: every tier proved; feasible: legal, not proved best; conflict: forbidden rules cannot all be met, and that is proved;
unfinished: no legal roster was found in time, nor that there is none. The last two come with the least bad roster."""


CLOSED = 1e-6
"""Prices are whole units for CP-SAT, so that its bounds and true costs differ by some ten millionths."""


class Limits(Noun):
    """How long and how a roster is searched for.

    With ``steps`` set, the search counts its own steps instead of seconds and uses one worker: same input, same bytes, any machine.
    """

    seconds: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    steps: Annotated[int, Field(ge=1)] | None = None


class TierResult(Noun):
    """Cost of one tier in contacts served inside target, the best proven lower bound, and whether they meet."""

    tier: Annotated[int, Field(ge=1)]
    cost: float
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; 0 where proved to a millionth, None without a bound."""
        return _gap(self.cost, self.bound)


class Solution(Noun):
    """The best roster found. Costs and breaches come from the independent audit, never from the solver's own slack.

    ``conflict`` names in words the rules, agents and dates that cannot be met together, and what would mend it (empty where the roster
    is legal); ``conflicts`` are the same as nouns, as far as they could be narrowed down.
    It holds no timings: the same problem and limits give the same bytes where the search is reproducible.
    """

    roster: Roster
    status: Status
    tiers: tuple[TierResult, ...]
    breaches: tuple[Breach, ...]
    conflict: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def forbidden_breaches(self) -> tuple[Breach, ...]:
        """Breaches of rules that may not be breached; empty for a legal roster."""
        return tuple(breach for breach in self.breaches if breach.forbidden)


@dataclass(frozen=True)
class Progress:
    """News of a running solve: phase, elapsed seconds, best cost of the tier, its bound, the best roster so far, and tours a second."""

    phase: str
    seconds: float
    tier: int
    best: float
    bound: float | None
    roster: Roster | None = None
    rate: float | None = None

    @property
    def gap(self) -> float | None:
        """Relative gap, None without a bound."""
        return _gap(self.best, self.bound)


def _gap(cost: float, bound: float | None) -> float | None:
    if bound is None:
        return None
    return 0.0 if cost - bound <= CLOSED * max(1.0, abs(cost)) else (cost - bound) / abs(cost)


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]
