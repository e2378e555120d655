"""The audit: every breach of every rule in a roster, whoever or whatever made it, independent of any model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wfm.domain import Breach, Instant, Name, Noun, Roster
from wfm.domain.quantity import count_text
from wfm.domain.time import local
from wfm.schedule.law import Law
from wfm.schedule.look import Look
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.shift_form import ShiftForm


class Tightest(Noun):
    """The place that comes closest to a rule's limit, or lies furthest beyond it: ``found`` there, ``asked`` by the rule."""

    words: str
    found: float
    asked: float
    agent: Name | None = None
    first: date
    last: date
    at: Instant | None = None


class Clause(Noun):
    """One line of a compliance certificate: a rule, where it is laid down, where it was checked, and how the roster stands to it.

    ``looked`` counts the ``places`` (rests, weeks, intervals) at which the audit held the roster of ``agents`` against the rule.
    ``tightest`` is the closest call of them, kept or not; None where there was no place, or where keeping has no degree. ``total``
    is the sum of all breaches in ``unit``, ``worst`` the largest of them, None where the rule is kept.
    """

    rule: str
    kind: str
    words: str
    source: str
    law: Law | None = None
    forbidden: bool
    agents: int
    looked: int
    places: str
    first: date
    last: date
    tightest: Tightest | None = None
    breaches: int
    total: float
    unit: str
    worst: Breach | None = None

    @property
    def kept(self) -> bool:
        """Whether nothing breaches the rule."""
        return self.breaches == 0

    @property
    def checked(self) -> str:
        """Where it was checked, in words."""
        return f"{self.looked:,} {self.places} of {count_text(self.agents, 'agent')}, {self.first} to {self.last}"


def audit(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Breach, ...]:
    """Every breach of the form of shifts and of each rule, in the order of the rules and of time and agents within each rule."""
    return tuple(breach for rule in with_form(rules) for breach in rule.breaches(problem, roster))


def certificate(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> tuple[Clause, ...]:
    """One clause for the form of shifts and for each rule, kept or not."""
    return tuple(_clause(problem, rule, roster) for rule in with_form(rules))


def with_form(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, after the form of shifts where they do not have it: nothing may be solved or audited without."""
    form = [] if any(isinstance(rule, ShiftForm) for rule in rules) else [ShiftForm()]
    return [*form, *rules]


def _clause(problem: RosterProblem, rule: Rule, roster: Roster) -> Clause:
    breaches, looks = rule.breaches(problem, roster), rule.looks(problem, roster)
    places = None if looks is None else list(looks)
    agents = len(rule.agents(problem))
    return Clause(
        rule=rule.id,
        kind=rule.kind,
        words=rule.words,
        source=rule.laid_down,
        law=rule.law,
        forbidden=rule.price is None,
        agents=agents,
        looked=agents * len(problem.days) if places is None else len(places),
        places=rule.places,
        first=problem.days[0],
        last=problem.days[-1],
        tightest=_tightest(problem, rule, places) if places else None,
        breaches=len(breaches),
        total=sum(breach.amount for breach in breaches),
        unit=rule.unit,
        worst=max(breaches, key=lambda breach: breach.amount, default=None),
    )


def _tightest(problem: RosterProblem, rule: Rule, looks: Sequence[Look]) -> Tightest:
    """The first of those with the least room, as ``A07, 2026-12-03 to 2026-12-04: 12h30m; at least 12h``."""
    look = min(looks, key=lambda look: look.room)
    when = f"{look.first}" if look.last == look.first else f"{look.first} to {look.last}"
    where = when if look.at is None else f"{local(look.at, problem.grid.zone):%Y-%m-%d %H:%M}"
    whose = f"{look.agent}, " if look.agent else ""
    side, asked = "least" if look.at_least else "most", rule.amount_text(look.asked).split()[0]
    return Tightest(
        words=f"{whose}{where}: {rule.amount_text(look.found)}; at {side} {asked}",
        found=look.found,
        asked=look.asked,
        agent=look.agent,
        first=look.first,
        last=look.last,
        at=look.at,
    )
