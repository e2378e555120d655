"""A rule about one agent written out: for every day a table of what each choice costs and leads to from each state."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import compress, repeat
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.tours.machine import Costs, Marks, Numbers

Closed = frozenset[str]
"""Names of shifts that are not allowed."""
NONE: Closed = frozenset()
WRITTEN = 4_000
"""A rule of more states a day is not written out: it would take a minute."""


@dataclass(frozen=True, eq=False)
class Table:
    """From state s of day d choice c costs cost[d][s, c], counts count[d][s, c] and leads to state follow[d][s, c].

    A cost of inf is not allowed; ``count`` is empty where nothing is counted. ``end[s]`` is the cost of being in state s after the
    last day; tours begin in state ``start``. ``marks[s, k]`` numbers what the k-th rule that counts has counted by then (see Rule.tally).
    """

    start: int
    follow: tuple[Numbers, ...]
    cost: tuple[Costs, ...]
    end: Costs
    marks: Marks
    count: tuple[Numbers, ...] = ()

    @cached_property
    def states(self) -> int:
        """The largest number of states of a day."""
        return max((len(rows) for rows in self.cost), default=1)

    @cached_property
    def first(self) -> Costs:
        """What each choice costs from the first state of each day, shape (days, choices)."""
        return np.array([rows[0] for rows in self.cost])

    @cached_property
    def most(self) -> int:
        """What a tour counts at most, day by day."""
        return sum(int(count.max()) for count in self.count)

    @cached_property
    def digest(self) -> bytes:
        """The same for tables that are the same."""
        days = (rows.tobytes() for part in (self.follow, self.cost, self.count) for rows in part)
        ends = self.start.to_bytes(8, "little"), self.end.tobytes(), self.marks.tobytes()
        return sha256(b"".join([*days, *ends])).digest()

    def counting(self, count: tuple[Numbers, ...]) -> Table:
        """The same with other counts."""
        return replace(self, count=count)

    @cached_property
    def looks(self) -> NDArray[np.int64]:
        """A number for each choice of each day, the same for choices of a day that cost, count and lead to the same; shape (days, choices).

        -1 where a choice is allowed in no state.
        """
        return np.array(
            [_columns(parts) for parts in zip(self.follow, self.cost, *filter(len, [self.count]), strict=True)]
        )


def _columns(parts: tuple[NDArray[Any], ...]) -> list[int]:
    seen: dict[bytes, int] = {}
    allowed = np.isfinite(parts[1]).any(axis=0).tolist()
    columns = [np.ascontiguousarray(part.T) for part in parts]
    texts = (b"".join(part[choice].tobytes() for part in columns) for choice in range(len(allowed)))
    return [seen.setdefault(text, len(seen)) if may else -1 for text, may in zip(texts, allowed, strict=True)]


class TooManyStates(Exception):
    """A rule would remember more than WRITTEN states on some day."""


Steps = dict[tuple[int, Any], tuple[list[Any], list[float]]]
"""For a day and a state what each look of a duty leads to, a day off first, and what it costs."""


def written_out(
    problem: RosterProblem, automaton: Automaton, charge: float, known: Steps | None = None, closed: Closed = NONE
) -> Table:
    """The table of an automaton at ``charge`` for one unit of breach (inf: forbidden); TooManyStates where it would be too large.

    ``known`` are steps of automata like it, which differ only in the start; new ones are added. Duties of ``closed`` shifts are not
    allowed, nor looked at.
    """
    return _table(problem, automaton, charge, {} if known is None else known, closed)[0]


def tallied_out(problem: RosterProblem, automaton: Automaton, closed: Closed = NONE) -> tuple[Table, tuple[Any, ...]]:
    """The table of an automaton that tallies, its last states marked, and the count of each mark."""
    table, states = _table(problem, automaton, 0.0, {}, closed)
    return replace(table, marks=np.arange(len(states), dtype=np.int32)[:, None]), states


def counted_out(problem: RosterProblem, automaton: Automaton, closed: Closed = NONE) -> Table:
    """The table of an automaton of which each step's amount is counted, not charged."""
    table = written_out(problem, automaton, 1.0, closed=closed)
    counts = tuple(np.where(np.isfinite(cost), cost, 0.0).astype(np.int32) for cost in table.cost)
    costs = tuple(np.where(np.isfinite(cost), 0.0, np.inf) for cost in table.cost)
    return replace(table, cost=costs, count=counts, end=np.zeros(len(table.end)))


def _table(
    problem: RosterProblem, automaton: Automaton, charge: float, known: Steps, closed: Closed
) -> tuple[Table, tuple[Any, ...]]:
    """The table of an automaton, and its states after the last day."""
    states: dict[Any, int] = {automaton.start: 0}
    follows, costs = [], []
    for day, every in enumerate(problem.duties):
        ahead: dict[Any, int] = {}
        duties = [duty for duty in every if duty.template.name not in closed]
        looks = [automaton.sees(duty) for duty in duties]
        unlike: dict[Hashable, Duty] = dict(zip(looks, duties, strict=True))
        leads, charged = [], []
        for state in states:
            if (day, state) not in known:
                row = automaton.row or partial(_row, automaton)
                afters, amounts = row(state, day, list(unlike.values()))
                after = [automaton.coarse(after) for after in afters] if charge == inf else list(afters)
                known[day, state] = after, [charge * more if more else 0.0 for more in amounts]
            afters, charges = known[day, state]
            # A day off always leads somewhere, so that no table is empty.
            reached = compress(afters, [True, *(cost < inf for cost in charges[1:])])
            for after in dict.fromkeys(reached):
                ahead.setdefault(after, len(ahead))
            leads.append(list(map(ahead.get, afters, repeat(0))))
            charged.append(charges)
        place = {look: 1 + position for position, look in enumerate(unlike)}
        columns, alike = [0, *(1 + duty.slot for duty in duties)], [0, *(place[look] for look in looks)]
        follow = np.zeros((len(states), 1 + len(problem.slots)), dtype=np.int32)
        cost = np.full(follow.shape, inf)
        follow[:, columns], cost[:, columns] = np.array(leads)[:, alike], np.array(charged)[:, alike]
        follows.append(follow)
        costs.append(cost)
        states = ahead
        if len(states) > WRITTEN:
            raise TooManyStates
    ends = np.array([charge * end if end else 0.0 for end in map(automaton.end, states)])
    return Table(0, tuple(follows), tuple(costs), ends, np.zeros((len(ends), 0), dtype=np.int32)), tuple(states)


def _row(automaton: Automaton, state: Any, day: int, duties: Sequence[Duty]) -> tuple[Sequence[Any], ...]:
    """What a day off and each of some duties lead to, and the amounts."""
    return tuple(zip(*(automaton.step(state, day, duty) for duty in (None, *duties)), strict=True))


def smallest(table: Table) -> Table:
    """The table with states joined that cost and count the same from here on, whatever is chosen (Moore 1956, backwards by day)."""
    last, alike = np.unique(np.column_stack([table.end, table.marks]), axis=0, return_inverse=True)
    end, alike = last[:, 0], alike.ravel()
    follows: list[Numbers] = []
    costs: list[Costs] = []
    counts: list[Numbers] = []
    hopeless: NDArray[np.bool_] = np.isinf(end)
    for day in reversed(range(len(table.cost))):
        after = alike[table.follow[day]].astype(np.int32)
        price = np.where(hopeless[after], inf, table.cost[day])
        after[np.isinf(price)] = 0
        parts = [after, price, *(np.where(np.isinf(price), 0, count[day]) for count in filter(len, [table.count]))]
        rows: dict[bytes, int] = {}
        texts = [b"".join(row.tobytes() for row in state) for state in zip(*parts, strict=True)]
        alike = np.array([rows.setdefault(text, len(rows)) for text in texts], dtype=np.int64)
        first = np.unique(alike, return_index=True)[1]
        follows.append(after[first])
        costs.append(price[first])
        counts += [count[first] for count in parts[2:]]
        hopeless = np.asarray(np.isinf(costs[-1]).all(axis=1))
    marks = last[:, 1:].astype(np.int32)
    start, backwards = int(alike[table.start]), (follows[::-1], costs[::-1], counts[::-1])
    return Table(start, tuple(backwards[0]), tuple(backwards[1]), end, marks, tuple(backwards[2]))


def idle(problem: RosterProblem, closed: Closed = NONE) -> Table:
    """The table that charges nothing for any duty of the day, but for those of ``closed`` shifts, which are not allowed."""
    width = 1 + len(problem.slots)
    follow, costs = [], []
    for duties in problem.duties:
        cost = np.full((1, width), inf)
        cost[0, [0, *(1 + duty.slot for duty in duties if duty.template.name not in closed)]] = 0.0
        follow.append(np.zeros((1, width), dtype=np.int32))
        costs.append(cost)
    return Table(0, tuple(follow), tuple(costs), np.zeros(1), np.zeros((1, 0), dtype=np.int32))
