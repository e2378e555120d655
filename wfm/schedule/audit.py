"""The audit: every breach of every rule in a roster, whoever or whatever made it, independent of any model."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.domain import Breach, Noun, Roster
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.shift_form import ShiftForm


class Clause(Noun):
    """One line of a compliance certificate: a rule, where it comes from, and how the roster stands to it.

    ``total`` is the sum of all its breaches in ``unit``; ``worst`` the largest single breach, None where the rule is kept.
    """

    rule: str
    kind: str
    words: str
    source: str
    forbidden: bool
    breaches: int
    total: float
    unit: str
    worst: Breach | None = None

    @property
    def kept(self) -> bool:
        """Whether nothing breaches the rule."""
        return self.breaches == 0


def audit(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Breach, ...]:
    """Every breach of the form of shifts and of each rule, in the order of the rules and of time and agents within each rule."""
    return tuple(breach for rule in with_form(rules) for breach in rule.breaches(problem, roster))


def certificate(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Clause, ...]:
    """One clause for the form of shifts and for each rule, kept or not."""
    return tuple(_clause(rule, rule.breaches(problem, roster)) for rule in with_form(rules))


def with_form(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, after the form of shifts where they do not have it: nothing may be solved or audited without."""
    form = [] if any(isinstance(rule, ShiftForm) for rule in rules) else [ShiftForm()]
    return [*form, *rules]


def _clause(rule: Rule, breaches: Sequence[Breach]) -> Clause:
    return Clause(
        rule=rule.id,
        kind=rule.kind,
        words=rule.words,
        source=rule.source,
        forbidden=rule.price is None,
        breaches=len(breaches),
        total=sum(breach.amount for breach in breaches),
        unit=rule.unit,
        worst=max(breaches, key=lambda breach: breach.amount, default=None),
    )
