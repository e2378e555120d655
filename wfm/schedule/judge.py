"""A draft before its judge: the roster, its breaches by the audit, and which of two is the better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wfm.domain import Breach, Roster
from wfm.schedule.audit import audit
from wfm.schedule.draft import Draft
from wfm.schedule.placing.place import place
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule


@dataclass(frozen=True)
class Judged:
    """A draft with what the audit says about it."""

    problem: RosterProblem
    rules: Sequence[Rule]
    draft: Draft

    @cached_property
    def roster(self) -> Roster:
        """The draft as a roster."""
        return self.draft.roster()

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """Every breach of every rule."""
        return audit(self.problem, self.rules, self.roster)

    @cached_property
    def forbidden(self) -> tuple[Breach, ...]:
        """Breaches that may not be."""
        return tuple(breach for breach in self.breaches if breach.forbidden)

    @property
    def legal(self) -> bool:
        """Whether no forbidden rule is breached."""
        return not self.forbidden

    def cost_of(self, tier: int) -> float:
        """Cost of one tier, in contacts to six decimals."""
        return round(sum(breach.cost for breach in self.breaches if breach.tier == tier), 6)

    @property
    def cost(self) -> float:
        """Cost of the first tier."""
        return next((self.cost_of(tier) for tier in tiers_of(self.rules)), 0.0)

    @cached_property
    def badness(self) -> tuple[float, ...]:
        """Lines and amounts of forbidden breaches, then the cost of each tier: the roster that comes first is better."""
        amounts = sum(breach.amount for breach in self.forbidden)
        return (len(self.forbidden), amounts, *(self.cost_of(tier) for tier in tiers_of(self.rules)))

    def or_placed(self, *drafts: Draft) -> Judged:
        """The best of this and other drafts, once their roles, sessions and breaks have been placed."""
        return self.or_better(*(place(self.problem, self.rules, draft) for draft in drafts))

    def or_better(self, *drafts: Draft) -> Judged:
        """The best of this and other drafts; this where none is better."""
        others = (Judged(self.problem, self.rules, draft) for draft in drafts if draft != self.draft)
        return min((self, *others), key=lambda judged: judged.badness)


@dataclass(frozen=True)
class Presumed(Judged):
    """A draft of which the rules' own faces say that it is legal, and its cost: an audit of thousands of agents takes seconds.

    Any other draft that its search comes to is taken for better, and audited.
    """

    presumed: float = 0.0

    @cached_property
    def forbidden(self) -> tuple[Breach, ...]:
        """None, as it is presumed."""
        return ()

    def cost_of(self, tier: int) -> float:
        """The presumed cost as that of the first tier."""
        return self.presumed if tier == tiers_of(self.rules)[0] else 0.0

    def or_better(self, *drafts: Draft) -> Judged:
        """The best of the other drafts, or this one, audited."""
        first, *others = drafts or (self.draft,)
        return Judged(self.problem, self.rules, first).or_better(*others)


def tiers_of(rules: Sequence[Rule]) -> list[int]:
    """The tiers of priced rules, in order."""
    return sorted({rule.tier for rule in rules if rule.price is not None})
