"""The ledger of a model: every place where a rule may be breached, at which price, in which tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from wfm.schedule.problem import MICRO
from wfm.schedule.rule import Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: a bounded amount of breach of one rule at one place. ``unit`` is the amount's size in MICRO units."""

    rule: Rule
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

    def forbids(self, rule: Rule) -> bool:
        """Whether the rule may not be breached in this model: then a rule may post its strongest global constraint."""
        return rule.price is None and not self.elastic

    def slack(
        self,
        rule: Rule,
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
        """Cost of one tier in millionths of a contact, as an expression to minimise."""
        return sum((micro_price(entry.rule, entry.unit) * entry.amount for entry in self._priced(tier)), start=0)

    def _priced(self, tier: int) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.rule.price is not None and entry.rule.tier == tier)


def micro_price(rule: Rule, unit: int = MICRO) -> int:
    """Price of one step of ``unit`` millionths of a priced rule's breach, in whole millionths of a contact."""
    return round((rule.price or 0.0) * unit)
