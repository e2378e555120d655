"""The best roster and the best bound that are known, whoever finds them: what tours and columns tell each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged, tiers_of
from wfm.schedule.placing.place import place
from wfm.schedule.rule import Rule
from wfm.schedule.search import Search
from wfm.schedule.watch import Watch

MEETS = 1e-6


@dataclass
class Contest:
    """What stands, and its cost on the search's scale; no draft before one is known to be legal."""

    search: Search
    watch: Watch
    draft: Draft | None = None
    cost: float = float("inf")
    bound: float | None = None
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, search: Search, watch: Watch, best: Judged) -> Contest:
        """The contest from a roster on."""
        contest = cls(search, watch)
        if best.legal:
            contest.draft, contest.cost = best.draft, _cost(search, best)
        return contest

    @property
    def won(self) -> bool:
        """Whether nothing better is possible; with several tiers the bound of the first does not say so."""
        one_tier = len(tiers_of(self.search.rules)) <= 1
        return one_tier and self.bound is not None and self.cost <= self.bound + MEETS

    @property
    def standing(self) -> tuple[Draft, float]:
        """What stands and its cost."""
        if self.draft is None:
            raise RuntimeError("expected a legal roster to stand, came none")
        return self.draft, self.cost

    def toured(self, cost: float, draft: Draft) -> None:
        """Take what the tours found, where their cost and the rules' standing say all that an audit would."""
        if surely_legal(self.search):
            self._take("tours", draft, cost)
        else:
            self._tell("tours", draft, cost)

    def offer(self, draft: Draft) -> None:
        """Take what the columns found, where the audit finds it legal and better."""
        judged = Judged(self.search.problem, self.search.rules, place(self.search.problem, self.search.rules, draft))
        if judged.legal:
            self._take("columns", judged.draft, _cost(self.search, judged))

    def _take(self, phase: str, draft: Draft, cost: float) -> None:
        with self._lock:
            if cost < self.cost:
                self.draft, self.cost = draft, cost
                self._tell(phase, draft, cost)

    def _tell(self, phase: str, draft: Draft, cost: float) -> None:
        tier = next(iter(tiers_of(self.search.rules)), 1)
        self.watch.tell(phase, tier, cost, self.bound, lambda: draft)


def surely_legal(search: Search) -> bool:
    """Whether the rules' own faces say of what the search has come to all that an audit would.

    What tours leave out does not make them illegal where it has a price, and with several tiers no cost is held against a bound.
    """
    blind, workshop = (
        {rule.id for rule in search.rules if rule.price is None or len(tiers_of(search.rules)) <= 1},
        search.workshop,
    )
    told = all(map(_seen, search.rules)) and not blind & workshop.left_out and not workshop.outraged
    return told and not search.coupled()[0]


def _cost(search: Search, judged: Judged) -> float:
    weights = search.scale.weights
    return sum(weights[tier] * judged.cost_of(tier) for tier in tiers_of(search.rules))


def _seen(rule: Rule) -> bool:
    """Whether a rule stands in the tours or tells what its breaches cost."""
    return type(rule).tour is not Rule.tour or type(rule).standing is not Rule.standing
