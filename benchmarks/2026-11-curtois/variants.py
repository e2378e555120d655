"""The engine with one ingredient left out at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

from wfm.schedule import Limits
from wfm.schedule.effort import Effort
from wfm.schedule.search import Noise, Search

EffortOf = Callable[[Search, Limits], Effort]


def _without_tours(search: Search, limits: Limits) -> Effort:
    """The greedy roster, and what columns and CP-SAT make of it; no tours either where a dive is late."""
    return replace(Effort.of(search, limits), quick=0.0, tours=0.0, seconds=0.0)


def _without_noise(search: Search, limits: Limits) -> Effort:
    """Best answers only."""
    search.noise = Noise(0.0, 0.0, 0.0)
    return Effort.of(search, limits)


def _without_columns(search: Search, limits: Limits) -> Effort:
    return replace(Effort.of(search, limits), columns=False)


def _without_model(search: Search, limits: Limits) -> Effort:
    """Columns to the end, tours where there are none."""
    effort = replace(Effort.of(search, limits), model=False, joined=1.0)
    return effort if effort.columns else replace(effort, tours=1.0, seconds=inf)


WHOLE = "all"
VARIANTS: dict[str, EffortOf] = {
    WHOLE: Effort.of,
    "tours": _without_tours,
    "noise": _without_noise,
    "columns": _without_columns,
    "CP-SAT": _without_model,
}
"""What is left out, and the effort without it."""
