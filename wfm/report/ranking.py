"""Breaches in the order in which a planner reads them, and what each rule costs in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wfm.domain import Breach


@dataclass(frozen=True)
class RuleTotal:
    """All breaches of one rule: how many, how much in its own unit, and the cost (None where it is forbidden)."""

    rule: str
    unit: str
    tier: int
    number: int
    amount: float
    cost: float | None


def ranked(breaches: Sequence[Breach]) -> list[Breach]:
    """Forbidden breaches first, then the dearest; ties by rule and words."""
    return sorted(breaches, key=lambda row: (not row.forbidden, row.tier, -row.cost, row.rule, row.words))


def rule_totals(breaches: Sequence[Breach]) -> list[RuleTotal]:
    """One total a rule: forbidden rules first, then by tier and cost."""
    ordered = sorted(breaches, key=lambda row: (row.rule, row.forbidden, row.tier))
    totals = [_total(list(rows)) for _, rows in groupby(ordered, key=lambda row: (row.rule, row.forbidden, row.tier))]
    return sorted(totals, key=lambda row: (row.cost is not None, row.tier, -(row.cost or 0.0), row.rule))


def _total(rows: list[Breach]) -> RuleTotal:
    first = rows[0]
    return RuleTotal(
        rule=first.rule,
        unit=first.unit,
        tier=first.tier,
        number=len(rows),
        amount=sum(row.amount for row in rows),
        cost=None if first.forbidden else sum(row.cost for row in rows),
    )
