"""What is asked at prices: each agent's best tour, whose minutes go to the queue or to what the agent owes, and whose counts are priced."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale
from wfm.schedule.choice import Choice
from wfm.schedule.columns.pricing import Peers, peers_of
from wfm.schedule.columns.relaxation import OUTRAGE, Relaxation
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.even import Even
from wfm.schedule.linear import Floats
from wfm.schedule.owed import Owed
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.worth import DutyWorth

Numbers = NDArray[np.int64]
COUNTED = 60.0
"""One of a count is in its rows what so many minutes are in theirs: a night weighs as an hour on the queue, so one stride fits both."""


@dataclass(frozen=True, eq=False)
class Counted:
    """The place of a rule that counts tours, what its last state stands for, and what one of it adds to the first of its two rows."""

    place: int
    count: Callable[[Any], int]
    row: int
    size: float


@dataclass(frozen=True)
class Debtors:
    """Peers who owe the same, and the rows of what they owe and of what is counted of them: one search answers for all of them."""

    peers: Peers
    owed: tuple[Owed, ...]
    rows: range
    counted: tuple[Counted, ...] = ()

    def counts(self, tour: Tour) -> Iterator[tuple[int, float]]:
        """What a tour adds to the first row of each count; the second has the same."""
        counts = self.peers.choice.tallied(tour.choices) if self.counted else {}
        return ((one.row, one.size * one.count(counts[one.place])) for one in self.counted)

    def of_counts(self, prices: Floats) -> dict[int, Callable[[Any], float]]:
        """What counts are worth to each of them at some prices."""
        found = dict(self.peers.of_counts)
        for one in self.counted:
            found[one.place] = _times(one.size * float(prices[one.row : one.row + 2].sum()), one.count)
        return found


@dataclass(frozen=True)
class Answer:
    """What the tours of some debtors cost and add to the rows together."""

    cost: float
    adds: Floats
    tours: tuple[Tour, ...]

    def value(self, prices: Floats) -> float:
        """What they are worth at some prices."""
        return float(self.adds @ prices) - self.cost


class Oracle:
    """The rows of all linear rules, then one for each thing that some debtors owe; and the best tours at prices of the rows.

    A minute on shift is worth the dearest of what it may be spent on. Shifts are not looked into: no placement of breaks, blocks
    and sessions is worth more, so what follows for a bound is valid.
    """

    def __init__(
        self, problem: RosterProblem, rules: Sequence[Rule], choices: Mapping[str, Choice], scale: Scale
    ) -> None:
        self.problem, self.duty_worth = problem, DutyWorth(problem)
        shared = Relaxation.of(problem, rules, scale)
        self.shared_rows = len(shared.low)
        debts: list[tuple[float, float]] = []
        peers = peers_of(problem, rules, choices, shared)
        evens = _evens(problem, rules, choices)
        debtors = list(_debtors(problem, rules, scale, peers, self.shared_rows, debts, evens))
        self.debtors, self.relaxation = _levelled(debtors, _owing(shared, debts), rules, scale, evens)

    @property
    def owing(self) -> bool:
        """Whether anybody owes anything."""
        return any(row.owed for row in self.debtors)

    def alone(self) -> Oracle:
        """The same with each agent asked by itself."""
        oracle = copy(self)
        oracle.debtors = [replace(row, peers=one) for row in self.debtors for one in row.peers.alone()]
        return oracle

    def bound(self, prices: Floats) -> tuple[float, list[Answer]]:
        """What no roster costs less than, whatever the prices, and the answers that it is made of; inf where somebody has no tour."""
        answers = [self.answer(row, prices) for row in self.debtors]
        return self.relaxation.rest(prices) - sum(answer.value(prices) for answer in answers), answers

    def answer(self, row: Debtors, prices: Floats, open_: NDArray[np.bool_] | None = None) -> Answer:
        """The best tour of some debtors at some prices, of those that do only what is open; at a cost of inf where there is none."""
        side, number = row.peers.side, len(row.peers.agents)
        serving, paid = self._best_use(row, prices)
        worth = np.zeros(self.duty_worth.shape)
        worth[:, 1:] = (side.duty @ prices[: self.shared_rows]).reshape(len(worth), -1)
        if side.queue.nnz:
            worth += self.duty_worth.on_queue(serving)
        if open_ is not None:
            worth[~open_] = -np.inf
        value, choices = row.peers.choice.relaxed(worth, row.of_counts(prices))
        tour, minutes = self.duty_worth.placed(choices, serving)
        adds = self._adds(row, tour, minutes * (paid < 0))
        np.add.at(adds, paid[paid >= 0], minutes[paid >= 0])
        cost = self._cost(row, tour) if np.isfinite(value) else np.inf
        return Answer(number * cost, number * adds, (tour,) * number)

    def _best_use(self, row: Debtors, prices: Floats) -> tuple[Floats, Numbers]:
        """What a minute is worth in each step, and the row that it pays (-1: it is on the queue); both of shape (grid.count,)."""
        serving = row.peers.side.queue @ prices[: self.shared_rows]
        paid = np.full(len(serving), -1)
        for place, owed in zip(row.rows, row.owed, strict=True):
            dearer = owed.inside & (prices[place] > serving)
            serving, paid = np.where(dearer, prices[place], serving), np.where(dearer, place, paid)
        return serving, paid

    def of_draft(self, draft: Draft) -> list[Answer]:
        """The tours of a draft as answers, as if everything owed were paid: somewhere to begin."""
        return [self.of_tours(row, [draft.tours[agent] for agent in row.peers.agents]) for row in self.debtors]

    def of_tours(self, row: Debtors, tours: Sequence[Tour]) -> Answer:
        """Some tours of some debtors as an answer, as if everything owed were paid."""
        adds = np.sum([self._adds(row, tour, minutes_on_queue(self.problem, tour)) for tour in tours], axis=0)
        adds[row.rows.start : row.rows.stop] = [len(tours) * owed.minutes for owed in row.owed]
        return Answer(sum(self._cost(row, tour) for tour in tours), adds, tuple(tours))

    def _adds(self, row: Debtors, tour: Tour, minutes: Numbers) -> Floats:
        """What the duties of a tour, and some minutes on the queue in each step, add to the rows."""
        cells = [duty.day * len(self.problem.slots) + duty.slot for duty in tour.duties if duty]
        adds = np.zeros(len(self.relaxation.low))
        adds[: self.shared_rows] = row.peers.side.adds(np.array(cells, dtype=np.int64), minutes)
        for place, counted in row.counts(tour):
            adds[place : place + 2] = counted
        return adds

    def _cost(self, row: Debtors, tour: Tour) -> float:
        return -row.peers.choice.value(tour.choices, np.zeros(self.duty_worth.shape), row.peers.of_counts)


def _debtors(
    problem: RosterProblem,
    rules: Sequence[Rule],
    scale: Scale,
    peers: Sequence[Peers],
    first: int,
    debts: list[tuple[float, float]],
    evens: Sequence[tuple[int, Even]],
) -> Iterator[Debtors]:
    """Peers by what they owe and with whom they are even, in rows from ``first`` on, without their loose sums, which keeps a bound valid.

    ``debts`` takes the minutes and the price of a minute of each.
    """
    for peer in peers:
        alike: dict[Hashable, tuple[list[str], list[tuple[Owed, float]]]] = {}
        for agent in peer.agents:
            owed = _owed(problem, rules, scale, agent) if peer.side.queue.nnz else []
            key = (
                *((row.what, row.minutes, row.inside.tobytes(), price) for row, price in owed),
                *(agent in even.agents for _, even in evens),
            )
            alike.setdefault(key, ([], owed))[0].append(agent)
        for agents, owed in alike.values():
            debts += [(len(agents) * float(row.minutes), price) for row, price in owed]
            relaxed = replace(peer, agents=tuple(agents), choice=replace(peer.choice, loose=()))
            yield Debtors(relaxed, tuple(row for row, _ in owed), range(first, first + len(owed)))
            first += len(owed)


def _owed(problem: RosterProblem, rules: Sequence[Rule], scale: Scale, agent: str) -> list[tuple[Owed, float]]:
    """What an agent owes to all rules, with the price of a minute; of rules that ask the same the first counts."""
    found: dict[str, tuple[Owed, float]] = {}
    for rule in rules:
        if rule.about(problem.workforce.by_id[agent]):
            for row in rule.owes(problem, problem.workforce.by_id[agent]):
                found.setdefault(row.what, (row, row.breach * scale.price(rule, OUTRAGE)))
    return list(found.values())


def _owing(shared: Relaxation, debts: Sequence[tuple[float, float]]) -> Relaxation:
    """Rows for debts after those that there are: what is not paid costs its price."""
    from scipy.sparse import block_diag, csr_array, eye_array

    minutes, prices = np.array(debts, dtype=np.float64).reshape(-1, 2).T
    return replace(
        shared,
        low=np.concatenate([shared.low, minutes]),
        high=np.concatenate([shared.high, np.full(len(minutes), np.inf)]),
        amends=csr_array(block_diag([shared.amends, eye_array(len(minutes))], format="csr")),
        most=np.concatenate([shared.most, minutes]),
        cost=np.concatenate([shared.cost, prices]),
    )


def _evens(problem: RosterProblem, rules: Sequence[Rule], choices: Mapping[str, Choice]) -> list[tuple[int, Even]]:
    """Who is to count nearly the same, with the place of the rule; as far as the machines of all of them count it."""
    rows = ((place, even) for place, rule in enumerate(rules) for even in rule.evens(problem))
    return [
        (place, even)
        for place, even in rows
        if all(any(counts == place for counts, _ in choices[agent].counts) for agent in even.agents)
    ]


def _levelled(
    debtors: list[Debtors],
    shared: Relaxation,
    rules: Sequence[Rule],
    scale: Scale,
    evens: Sequence[tuple[int, Even]],
) -> tuple[list[Debtors], Relaxation]:
    """Two rows for each kind of agents who are to be even: with amends l and s their mean count is at least l, at most l + s + allowed.

    By convexity that says all where the kinds are alike: who is better off with more or with less has the mean of the others too.
    """
    from scipy.sparse import block_diag, coo_array, csr_array

    first, high, cost = len(shared.low), list[float](), list[float]()
    entries: list[tuple[int, int, float]] = []
    most: list[float] = []
    for place, even in evens:
        for at, row in enumerate(debtors):
            if row.peers.agents[0] in even.agents:
                one = Counted(place, even.count, first + len(high), COUNTED / len(row.peers.agents))
                debtors[at] = replace(row, counted=(*row.counted, one))
                entries += [(len(most) + k, len(high) + j, -COUNTED) for k, j in ((0, 0), (1, 0), (0, 1))]
                high += [COUNTED * even.allowed, np.inf]
        most += [even.most, even.most]
        cost += [0.0, scale.price(rules[place], OUTRAGE)]
    amends = coo_array((len(most), len(high)))
    if entries:
        lots, rows, sizes = zip(*entries, strict=True)
        amends = coo_array((sizes, (lots, rows)), shape=(len(most), len(high)))
    low = np.tile([-np.inf, 0.0], len(high) // 2)
    return debtors, replace(
        shared,
        low=np.concatenate([shared.low, low]),
        high=np.concatenate([shared.high, high]),
        amends=csr_array(block_diag([shared.amends, amends], format="csr")),
        most=np.concatenate([shared.most, most]),
        cost=np.concatenate([shared.cost, cost]),
    )


def _times(price: float, count: Callable[[Any], int]) -> Callable[[Any], float]:
    return lambda state: price * count(state)
