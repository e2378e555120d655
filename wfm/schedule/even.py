"""Agents whose tours are to count nearly the same, as bounds see it: of nights or weekends the largest number less the least."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Even:
    """``agents`` whose counts may be ``allowed`` apart; a breach is what the largest is further above the least.

    ``count`` says what the last state of the rule's tally stands for, from 0 to ``most``.
    """

    agents: frozenset[str]
    allowed: int
    most: int
    count: Callable[[Any], int]
