"""Agents who are alike, and their best tours at prices of the rows: the Lagrangian bound and new columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wfm.schedule.choice import Choice
from wfm.schedule.columns.relaxation import Relaxation, Side
from wfm.schedule.draft import Tour, minutes_on_queue
from wfm.schedule.linear import Floats
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.fairness import Fairness
from wfm.schedule.tours import Choices
from wfm.schedule.worth import DutyWorth

OfCounts = Mapping[int, Callable[[Any], float]]


@dataclass(frozen=True)
class Peers:
    """Agents with the same tours, charges and part in the rows: one search answers for all of them.

    ``lax``: tours outside their loose sums are mixed too, as the sums of a mix are held anyway. Without them a programme of few weeks may
    have nothing to mix; one of all weeks has, and is quicker proved (Curtois & Qu's #14: six seeds of six in 9 s, else five in 11 s).
    """

    agents: tuple[str, ...]
    choice: Choice
    side: Side
    of_counts: OfCounts
    lax: bool = False

    def alone(self) -> Iterator[Peers]:
        """Each of them by itself."""
        return (replace(self, agents=(agent,)) for agent in self.agents)


@dataclass(frozen=True)
class Column:
    """A whole tour of one of some peers (by their position): its cost, and what it adds to the rows and to the peers' loose sums."""

    peers: int
    tour: Tour
    choices: Choices
    cost: float
    adds: Floats
    sums: Floats

    @classmethod
    def of(cls, problem: RosterProblem, peers: Sequence[Peers], place: int, tour: Tour) -> Column:
        """A tour as a column of the peers at a place."""
        peer, choices = peers[place], tour.choices
        charged = peer.choice.charged if peer.lax else peer.choice.cost
        cost = charged(choices) + peer.choice.counted(choices, peer.of_counts)
        row = np.array(choices)
        worked = np.flatnonzero(row)
        minutes = minutes_on_queue(problem, tour) if peer.side.queue.nnz else np.zeros(0, dtype=np.int64)
        sums = [float(loose.of_tour(choices)) for loose in peer.choice.loose]
        adds = peer.side.adds(worked * len(problem.slots) + row[worked] - 1, minutes)
        return cls(place, tour, choices, cost, adds, np.array(sums))


@dataclass(frozen=True)
class Prices:
    """What one more unit of each row is worth, and of each loose sum of each kind of peers."""

    rows: Floats
    sums: tuple[Floats, ...]

    def mixed(self, other: Prices, share: float) -> Prices:
        """These prices with a share of others."""
        sums = (share * one + (1 - share) * own for one, own in zip(other.sums, self.sums, strict=True))
        return Prices(share * other.rows + (1 - share) * self.rows, tuple(sums))


@dataclass(frozen=True)
class Offer:
    """The best tours at some prices, and the bound of any mix of tours that follows."""

    bound: float
    columns: tuple[Column, ...]


def peers_of(
    problem: RosterProblem, rules: Sequence[Rule], choices: Mapping[str, Choice], relaxation: Relaxation
) -> list[Peers]:
    """Everybody, those who are alike together. Fairness, whose charges are each agent's own, is charged to the tours."""
    fair = {place: rule for place, rule in enumerate(rules) if isinstance(rule, Fairness)}
    found: dict[tuple[Hashable, ...], list[str]] = {}
    for agent, choice in choices.items():
        loads = tuple(rule.loads(problem).get(agent) for rule in fair.values())
        found.setdefault((id(relaxation.sides[agent]), choice.alike, loads), []).append(agent)
    return [
        Peers(
            tuple(alike),
            choices[alike[0]],
            relaxation.sides[alike[0]],
            {place: worth for place, rule in fair.items() if (worth := rule.worth_of(problem, alike[0]))},
        )
        for alike in found.values()
    ]


class Pricing:
    """Best tours of all peers at prices of the rows (Dantzig & Wolfe 1960; the bound: Geoffrion 1974)."""

    def __init__(self, problem: RosterProblem, relaxation: Relaxation, peers: Sequence[Peers]) -> None:
        self.problem, self.relaxation, self.peers = problem, relaxation, peers
        self.duty_worth = DutyWorth(problem)
        self.open = np.ones((len(peers), *self.duty_worth.shape), dtype=np.bool_)
        """What each kind of peers may do on each day, as far as a dive has not ruled it out; shape (peers, days, 1 + slots)."""

    def at(self, prices: Prices) -> Offer:
        """The bound at some prices, valid whatever they are, and each kind's best tour.

        Loose sums are kept by their prices alone, so that the best tour may be outside them.
        """
        rows = self.relaxation.priced(prices.rows)
        worths: dict[int, tuple[Floats, Floats]] = {}
        bound, columns = self.relaxation.rest(rows), []
        for place, peer in enumerate(self.peers):
            if id(peer.side) not in worths:
                worths[id(peer.side)] = self._worth(peer.side, rows)
            worth, serving = worths[id(peer.side)]
            for loose, price in zip(peer.choice.loose, prices.sums[place].tolist(), strict=True):
                worth = worth + price * loose.amounts
                bound += len(peer.agents) * price * (loose.low if price > 0 else loose.high)
            value, choices = peer.choice.relaxed(np.where(self.open[place], worth, -np.inf), peer.of_counts)
            if not np.isfinite(value):
                return Offer(np.inf, ())
            bound -= len(peer.agents) * value
            columns.append(self._made(place, choices, serving))
        return Offer(bound, tuple(columns))

    def best(self, place: int, prices: Prices) -> Column | None:
        """The best tour of the peers at a place within their loose sums, or if lax without; None where too much is ruled out."""
        peer = self.peers[place]
        worth, serving = self._worth(peer.side, prices.rows)
        worth = np.where(self.open[place], worth, -np.inf)
        value, choices = peer.choice.best(worth, peer.of_counts)
        if not np.isfinite(value) and peer.lax:
            value, choices = peer.choice.relaxed(worth, peer.of_counts)
        return self._made(place, choices, serving) if np.isfinite(value) else None

    def column(self, place: int, tour: Tour) -> Column:
        """A tour as a column of the peers at a place."""
        return Column.of(self.problem, self.peers, place, tour)

    def _made(self, place: int, choices: Choices, serving: Floats) -> Column:
        """The tour of some choices as a column, its breaks by what a minute is worth where it is worth anything."""
        on_queue = self.peers[place].side.queue.nnz
        return self.column(
            place, (self.duty_worth.tour(choices, serving) if on_queue else self.duty_worth.plain(choices))
        )

    def _worth(self, side: Side, prices: Floats) -> tuple[Floats, Floats]:
        """What each choice is worth to agents of a side, shape (days, 1 + slots), and a minute on the queue in each step."""
        worth = np.zeros(self.duty_worth.shape)
        worth[:, 1:] = (side.duty @ prices).reshape(len(worth), -1)
        serving = side.queue @ prices
        return (worth + self.duty_worth.on_queue(serving) if side.queue.nnz else worth), serving
