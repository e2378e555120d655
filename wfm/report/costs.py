"""What a roster costs article by article: as the validators of published instances list it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wfm.domain import Breach
from wfm.schedule import Rule

TOTAL = "Total cost"


@dataclass(frozen=True)
class CostLine:
    """An article, or a rule without one: how far it is breached, and what that costs (None: it is forbidden)."""

    name: str
    breaches: float
    cost: float | None


def cost_lines(rules: Sequence[Rule], found: Iterable[Breach]) -> list[CostLine]:
    """One line for each article, forbidden ones first, and the total of those that have a price; rules of one article are summed."""
    names = {rule.id: rule.id if rule.law is None else rule.law.article for rule in rules}
    by_name: dict[tuple[bool, str], list[Breach]] = {(rule.price is not None, names[rule.id]): [] for rule in rules}
    for breach in found:
        by_name.setdefault((not breach.forbidden, names.get(breach.rule, breach.rule)), []).append(breach)
    lines = [
        CostLine(name, sum(row.amount for row in rows), sum(row.cost for row in rows) if priced else None)
        for (priced, name), rows in sorted(by_name.items(), key=lambda line: line[0][0])
    ]
    costs = [line.cost for line in lines if line.cost is not None]
    return [*lines, CostLine(TOTAL, sum(line.breaches for line in lines if line.cost is not None), sum(costs))]


def costs_text(lines: Iterable[CostLine]) -> str:
    """A line each, as ``Preferences: 70``; of a forbidden one how far it is breached."""
    return "\n".join(f"{line.name}: {line.breaches if line.cost is None else line.cost:g}" for line in lines)
