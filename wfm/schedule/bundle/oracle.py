"""What is asked at prices: each agent's best tour, whose minutes go to the queue or to what the agent owes, whichever is dearer."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale
from wfm.schedule.choice import Choice
from wfm.schedule.columns.pricing import Peers, peers_of
from wfm.schedule.columns.relaxation import OUTRAGE, Relaxation
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.linear import Floats
from wfm.schedule.owed import Owed
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.worth import DutyWorth

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Debtors:
    """Peers who owe the same, and the rows of what they owe: one search answers for all of them."""

    peers: Peers
    owed: tuple[Owed, ...]
    rows: range


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
        self.debtors = list(_debtors(problem, rules, scale, peers, self.shared_rows, debts))
        self.relaxation = _owing(shared, debts)

    @property
    def owing(self) -> bool:
        """Whether anybody owes anything."""
        return any(row.owed for row in self.debtors)

    def bound(self, prices: Floats) -> tuple[float, list[Answer]]:
        """What no roster costs less than, whatever the prices, and the answers that it is made of; inf where somebody has no tour."""
        answers = [self._answer(row, prices) for row in self.debtors]
        return self.relaxation.rest(prices) - sum(answer.value(prices) for answer in answers), answers

    def _answer(self, row: Debtors, prices: Floats) -> Answer:
        """The best tour of some debtors at some prices."""
        side, number = row.peers.side, len(row.peers.agents)
        serving, paid = self._best_use(row, prices)
        worth = np.zeros(self.duty_worth.shape)
        worth[:, 1:] = (side.duty @ prices[: self.shared_rows]).reshape(len(worth), -1)
        if side.queue.nnz:
            worth += self.duty_worth.on_queue(serving)
        _, choices = row.peers.choice.relaxed(worth, row.peers.of_counts)
        tour, minutes = self.duty_worth.placed(choices, serving)
        adds = self._adds(row, tour, minutes * (paid < 0))
        np.add.at(adds, paid[paid >= 0], minutes[paid >= 0])
        return Answer(number * self._cost(row, tour), number * adds, (tour,) * number)

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
        return [self._of_tours(row, [draft.tours[agent] for agent in row.peers.agents]) for row in self.debtors]

    def _of_tours(self, row: Debtors, tours: Sequence[Tour]) -> Answer:
        adds = np.sum([self._adds(row, tour, minutes_on_queue(self.problem, tour)) for tour in tours], axis=0)
        adds[row.rows.start : row.rows.stop] = [len(tours) * owed.minutes for owed in row.owed]
        return Answer(sum(self._cost(row, tour) for tour in tours), adds, tuple(tours))

    def _adds(self, row: Debtors, tour: Tour, minutes: Numbers) -> Floats:
        """What the duties of a tour, and some minutes on the queue in each step, add to the rows."""
        cells = [duty.day * len(self.problem.slots) + duty.slot for duty in tour.duties if duty]
        adds = np.zeros(len(self.relaxation.low))
        adds[: self.shared_rows] = row.peers.side.adds(np.array(cells, dtype=np.int64), minutes)
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
) -> Iterator[Debtors]:
    """Peers by what they owe, in rows from ``first`` on, without their loose sums, which keeps a bound valid.

    ``debts`` takes the minutes and the price of a minute of each.
    """
    for peer in peers:
        alike: dict[Hashable, tuple[list[str], list[tuple[Owed, float]]]] = {}
        for agent in peer.agents:
            owed = _owed(problem, rules, scale, agent) if peer.side.queue.nnz else []
            key = tuple((row.what, row.minutes, row.inside.tobytes(), price) for row, price in owed)
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
