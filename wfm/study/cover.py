"""Who can take a shift, or swap one for another: the effect of each exchange on rules, rest, burden, cost and service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations

from wfm.domain import Assignment, Breach, Name, NotFound, Noun, Refused, Roster, Shift
from wfm.schedule import RosterProblem, Rule
from wfm.study.edit import Count, Edit, Weighed, counts, worse


class Candidate(Noun):
    """What it would mean if one agent took a shift, against the roster in which nobody does.

    ``contacts`` is added to what is served inside target; ``price`` the priced rules less that, so that less is better;
    ``rest_before_minutes`` and ``rest_after_minutes`` reach to the agent's next shifts, None where there is none; ``reasons`` say why
    the shift cannot be taken.
    """

    agent: Name
    contacts: float
    price: float
    paid_minutes: int
    cost_cents: int
    rest_before_minutes: int | None
    rest_after_minutes: int | None
    counts: tuple[Count, ...]
    breaches: tuple[Breach, ...]
    reasons: tuple[str, ...] = ()

    @property
    def legal(self) -> bool:
        """Whether the agent may take the shift."""
        return not self.reasons


class Cover(Noun):
    """A shift that needs somebody: what its loss costs in contacts inside target, and everybody else, the best first."""

    agent: Name
    shift: Shift
    lost: float
    candidates: tuple[Candidate, ...]


def cover(problem: RosterProblem, rules: Sequence[Rule], roster: Roster, agent: str, day: date) -> Cover:
    """Rank everybody who could take an agent's shift of a local date: those who may first, by price, then by money and name.

    They take it without its tasks: blocks of roles and sessions are the agent's own. Raises NotFound where the agent has no shift there.
    """
    mine = shift_on(problem, roster, agent, day)
    without = Roster.of(roster.grid, [row for row in roster.assignments if row != mine])
    gap = Weighed(problem, rules, without)
    others = [other.id for other in problem.workforce.agents if other.id != agent]
    takers = [Assignment(agent=other, shift=mine.shift.without_tasks) for other in others]
    # Rules about one agent are asked once for everybody: each has taken the shift, and none of them looks at the others.
    old = gap.own_breaches(without, others)
    new = gap.own_breaches(Roster.of(roster.grid, (*without.assignments, *takers)), others)
    rows = [_candidate(gap, row, _of(old, row.agent), _of(new, row.agent)) for row in takers]
    ranked = sorted(rows, key=lambda row: (not row.legal, len(row.reasons), row.price, row.cost_cents, row.agent))
    lost = -float(Weighed(problem, rules, roster).gained([], [mine]).sum())
    return Cover(agent=agent, shift=mine.shift, lost=round(lost, 6), candidates=tuple(ranked))


def _of(breaches: Sequence[Breach], agent: str) -> list[Breach]:
    return [row for row in breaches if row.agent == agent]


def _candidate(gap: Weighed, taker: Assignment, old: Sequence[Breach], new: Sequence[Breach]) -> Candidate:
    broken = worse(old, new)
    if not any(row.forbidden for row in broken):  # who may not take it anyway needs no look at everybody
        after = Roster.of(gap.roster.grid, (*gap.roster.assignments, taker))
        coupled = tuple(breach for rule in gap.coupled for breach in rule.breaches(gap.problem, after))
        broken = (*broken, *worse(gap.coupled_breaches, coupled))
        old, new = (*old, *gap.coupled_breaches), (*new, *coupled)
    contacts = float(gap.gained([taker], []).sum())
    price = sum(row.cost for row in new) - sum(row.cost for row in old) - gap.worth * contacts
    rest = _rest(gap.problem, gap.roster, taker)
    own = gap.of(taker.agent)
    cents = gap.problem.workforce.contract_of(taker.agent).cost_hour_cents
    return Candidate(
        agent=taker.agent,
        contacts=round(contacts, 6),
        price=round(price, 6),
        paid_minutes=taker.shift.paid_minutes,
        cost_cents=round(taker.shift.paid_minutes * cents / 60),
        rest_before_minutes=rest[0],
        rest_after_minutes=rest[1],
        counts=tuple(counts(own, Roster.of(own.grid, (*own.assignments, taker)), taker.agent)),
        breaches=tuple(row for row in broken if not row.forbidden),
        reasons=tuple(dict.fromkeys(row.words for row in broken if row.forbidden)),
    )


def _rest(problem: RosterProblem, roster: Roster, taker: Assignment) -> tuple[int | None, int | None]:
    """Minutes from the agent's shift before to this one, and from this one to the next; negative where they overlap."""
    shifts = [*problem.history_of(taker.agent), *roster.shifts_of(taker.agent)]
    ended = [shift.end for shift in shifts if shift.start <= taker.shift.start]
    begins = [shift.start for shift in shifts if shift.start > taker.shift.start]
    before = int((taker.shift.start - max(ended)).total_seconds()) // 60 if ended else None
    return before, int((min(begins) - taker.shift.end).total_seconds()) // 60 if begins else None


def swapped(
    problem: RosterProblem, rules: Sequence[Rule], roster: Roster, one: tuple[str, date], other: tuple[str, date]
) -> Edit:
    """What it would mean if two agents took each other's shifts of two local dates, without their tasks.

    Raises NotFound where there is no such shift, Refused where both are of the same agent.
    """
    gives, takes = shift_on(problem, roster, *one), shift_on(problem, roster, *other)
    if gives.agent == takes.agent:
        raise Refused(f"{gives.agent} cannot swap with {gives.agent}. Name two agents.")
    kept = [row for row in roster.assignments if row not in {gives, takes}]
    new = [
        Assignment(agent=giver.agent, shift=taken.shift.without_tasks) for giver, taken in permutations((gives, takes))
    ]
    return Weighed(problem, rules, roster).edited(Roster.of(roster.grid, (*kept, *new), roster.built_on))


def shift_on(problem: RosterProblem, roster: Roster, agent: str, day: date) -> Assignment:
    """The shift of an agent that starts on a local date; raises NotFound where there is none."""
    if agent not in problem.workforce.by_id:
        raise NotFound(f"There is no agent {agent}; there are {', '.join(problem.workforce.by_id)}.")
    found = [shift for shift in roster.shifts_of(agent) if shift.day == day]
    if not found:
        near = ", ".join(str(shift.day) for shift in roster.shifts_of(agent) if abs((shift.day - day).days) <= 3)
        raise NotFound(f"{agent} has no shift on {day}{f'; there is one on {near}' if near else ''}.")
    return Assignment(agent=agent, shift=found[0])
