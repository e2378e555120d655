"""The baseline: one table of all rules, from every state every choice of the day, as the tour search was before chained rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit

from wfm.domain import Agent
from wfm.schedule import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.tours import Table, TooManyStates, idle, smallest, written_out

STATES = 20_000
"""A rule that would bring a day beyond so many states is left out."""


@dataclass(frozen=True)
class Dense:
    """The joint table of one agent, what days cost by themselves, and the rules that it could not take in."""

    table: Table
    fixed: np.ndarray
    left_out: tuple[str, ...]

    def best(self, worth: np.ndarray) -> float:
        """Value of the best tour."""
        return float(_best(*self.flat, worth - self.fixed, self.table.start))

    @cached_property
    def flat(self) -> tuple[np.ndarray, ...]:
        """Follow and cost of all days one below the other, the end, and the row at which each day begins."""
        first = np.cumsum([0, *map(len, self.table.cost)])
        return np.concatenate(self.table.follow), np.concatenate(self.table.cost), self.table.end, first


def dense(problem: RosterProblem, rules: tuple[Rule, ...], agent: Agent) -> Dense:
    """Forbidden rules joined, the smallest table first."""
    fixed, tables, left_out = np.concatenate(idle(problem).cost), [], []
    for rule in (rule for rule in rules if rule.about(agent)):
        automaton, charge = rule.tour(problem, agent), np.inf if rule.price is None else rule.price
        if automaton is not None:
            try:
                table = smallest(written_out(problem, automaton, charge))
            except TooManyStates:
                left_out.append(rule.id)
                continue
            if table.states == 1 and not table.end.any():
                fixed += np.concatenate(table.cost)
            else:
                tables.append((rule.price is not None, table.states, rule.id, table))
    whole = idle(problem)
    for *_, name, table in sorted(tables, key=lambda row: row[:3]):
        more = _both(whole, table)
        whole = whole if more is None else smallest(more)
        left_out += [name] * (more is None)
    return Dense(whole, fixed, tuple(left_out))


def _both(one: Table, other: Table) -> Table | None:
    left, right = np.array([one.start]), np.array([other.start])
    follows, costs = [], []
    for day in range(len(one.cost)):
        width = len(other.end) if day + 1 == len(other.cost) else len(other.cost[day + 1])
        cost = one.cost[day][left] + other.cost[day][right]
        code = one.follow[day][left].astype(np.int64) * width + other.follow[day][right]
        found = np.unique(code[np.isfinite(cost)])
        if len(found) > STATES:
            return None
        follows.append(np.where(np.isfinite(cost), np.searchsorted(found, code), 0).astype(np.int32))
        costs.append(cost)
        left, right = found // width, found % width
    marks = np.zeros((len(left), 0), dtype=np.int32)
    return Table(0, tuple(follows), tuple(costs), one.end[left] + other.end[right], marks)


@njit(cache=True, nogil=True)
def _best(
    follow: np.ndarray, cost: np.ndarray, end: np.ndarray, first: np.ndarray, worth: np.ndarray, start: int
) -> float:
    days, choices = worth.shape
    value = np.empty(first[days] + len(end))
    value[first[days] :] = -end
    for day in range(days - 1, -1, -1):
        for row in range(first[day], first[day + 1]):
            best = -np.inf
            for choice in range(choices):
                best = max(best, worth[day, choice] - cost[row, choice] + value[first[day + 1] + follow[row, choice]])
            value[row] = best
    return value[start]
