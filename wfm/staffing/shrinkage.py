"""From agents at work to agents paid: shrinkage in exact arithmetic, so that no rounding hires one person too many."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from wfm.domain.errors import Fault, InputError


def gross_agents(net: float, shrinkage: float) -> float:
    """Agents to roster so that ``net`` are at work: net / (1 - shrinkage), the double nearest to the exact quotient."""
    return float(_exact(net) / (1 - _share(shrinkage)))


def paid_agents(net: float, shrinkage: float) -> int:
    """The smallest whole number of agents to roster, ceil(net / (1 - shrinkage)), with both read as the decimals they are written as.

    >>> paid_agents(21, 0.3)
    30

    In floating point 21 / (1 - 0.3) is 30.000000000000004, and its ceiling 31. Raises InputError unless 0 <= shrinkage < 1.
    """
    return ceil(_exact(net) / (1 - _share(shrinkage)))


def _share(shrinkage: float) -> Fraction:
    if not 0 <= shrinkage < 1:
        raise InputError([Fault("a shrinkage from 0 to below 1, such as 0.3", f"{shrinkage:g}")])
    return _exact(shrinkage)


def _exact(number: float) -> Fraction:
    """The decimal that a person wrote, not the double nearest to it."""
    return Fraction(repr(float(number)))
