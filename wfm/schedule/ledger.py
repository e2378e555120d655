"""The ledger of a model: every place where a rule may be breached, at which price, in which tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Protocol

from wfm.schedule.problem import MICRO

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT


COST_UNIT = 100 * MICRO
"""Costs are whole hundredths of a millionth of a contact: a price counts to its second decimal even for a millionth of a contact."""


class Priced(Protocol):
    """What the ledger needs to know of a rule: what a unit of breach costs (None: it is forbidden), and in which tier."""

    @property
    def price(self) -> float | None: ...  # noqa: D102 - told above

    @property
    def tier(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: a bounded amount of breach of one rule at one place. ``unit`` is the amount's size in MICRO units."""

    rule: Priced
    amount: IntVar
    unit: int
    agent: str | None
    first: date | None
    last: date | None


@dataclass
class Ledger:
    """Hands out slack while rules are posted.

    Forbidden rules get the number 0, so their model is the same as a hand-written hard constraint; where ``elastic`` they get
    a variable like the others, which is how conflicts are explained.
    """

    model: CpModel
    elastic: bool = False
    entries: list[Entry] = field(default_factory=list)

    def forbids(self, rule: Priced) -> bool:
        """Whether the rule may not be breached in this model: then a rule may post its strongest global constraint."""
        return rule.price is None and not self.elastic

    def slack(
        self,
        rule: Priced,
        upper: int,
        *,
        agent: str | None = None,
        first: date | None = None,
        last: date | None = None,
        unit: int = MICRO,
    ) -> LinearExprT:
        """How far the rule may be breached at a place: the number 0 where forbidden, else a variable 0..upper that is charged.

        ``unit`` is the size of one step of the variable in millionths of the rule's natural unit (MICRO: one whole unit).
        """
        if self.forbids(rule) or upper <= 0:
            return 0
        amount = self.model.new_int_var(0, upper, f"slack{len(self.entries)}")
        self.entries.append(Entry(rule, amount, unit, agent, first, last or first))
        return amount

    @property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that have a price in this model, in order."""
        return tuple(sorted({entry.rule.tier for entry in self.entries if entry.rule.price is not None}))

    def cost(self, tier: int) -> LinearExprT:
        """Cost of one tier in contacts / COST_UNIT, as an expression to minimise."""
        return sum((_price(entry) * entry.amount for entry in self._priced(tier)), start=0)

    def rounding(self, tier: int) -> tuple[float, float]:
        """The least and the greatest share that the true cost of a tier can be of its cost here, where prices are whole units."""
        shares = [
            _true_price(entry) / price if (price := _price(entry)) else inf
            for entry in self._priced(tier)
            if _true_price(entry)
        ]
        return min([1.0, *shares]), max([1.0, *shares])

    def _priced(self, tier: int) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.rule.price is not None and entry.rule.tier == tier)


def _price(entry: Entry) -> int:
    """Price of one step of a priced entry's amount, in contacts / COST_UNIT."""
    return round(_true_price(entry))


def _true_price(entry: Entry) -> float:
    return (entry.rule.price or 0.0) * entry.unit * (COST_UNIT // MICRO)
