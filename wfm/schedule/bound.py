"""A lower bound for the first tier: heads at a price, and every agent's best tour at that price."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.choice import Choice
from wfm.schedule.columns import Workbench
from wfm.schedule.draft import Draft, minutes_on_queue
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.coverage import Coverage
from wfm.schedule.rules.fairness import Fairness
from wfm.schedule.watch import Watch
from wfm.schedule.worth import DutyWorth

Prices = NDArray[np.float64]
SECONDS_SHARE = 0.1
ROUNDS = 1000
"""Rounds of the price search at most, however much time there is; no more than a limit of steps allows."""
PATIENCE = 20
SHORTEN = 0.7
MEMORY = 0.7
"""The stride is shortened after so many rounds without progress; a direction is so much the former one. Measured on 25 agents: after
600 rounds the bound is 7 % below the best cost, 18 % with patience 8, halving and no memory."""


@dataclass(frozen=True)
class Peers:
    """Agents with the same tours and channels: one search answers for all ``number`` of them."""

    number: int
    group: int | None
    choice: Choice
    of_counts: Mapping[int, Callable[[Any], float]]


def first_tier_bound(
    problem: RosterProblem,
    rules: Sequence[Rule],
    choices: Mapping[str, Choice],
    draft: Draft,
    cost: float,
    watch: Watch,
    share: float = SECONDS_SHARE,
) -> float | None:
    """A number that no roster's first-tier cost can be below; None where no agent or no priced rule is there.

    From whole tours as columns where the rows are few enough (see columns), else from a search for prices. Rules that couple agents
    are left out where they have no linear face, which keeps the bound valid. ``choices`` of a search are taken where there are no
    later tiers; ``cost`` is what ``draft`` costs in the first tier.
    """
    priced = [rule for rule in rules if rule.price is not None]
    if not priced or not problem.workforce.agents:
        return None
    first = min(rule.tier for rule in priced)
    own = [rule for rule in rules if rule.price is None or rule.tier == first]
    if len(own) < len(rules):
        workshop = Workshop(problem, own, Scale.of(own))
        choices = {agent.id: workshop.choice(agent) for agent in problem.workforce.agents}
    until, steps = watch.seconds + share * watch.left, iter(range(watch.limits.steps or ROUNDS))

    def go_on() -> bool:
        return not watch.stopped and (
            watch.seconds < until if watch.limits.steps is None else next(steps, None) is not None
        )

    bench = Workbench(problem, own, choices, Scale.of(own))
    if not bench.light:
        return price_bound(problem, own, choices, draft, cost, go_on)
    bench.learn(draft)
    bench.price(go_on, cost)
    return max(0.0, bench.bound)


def price_bound(
    problem: RosterProblem,
    rules: Sequence[Rule],
    choices: Mapping[str, Choice],
    draft: Draft,
    cost: float,
    go_on: Callable[[], bool],
) -> float:
    """The same bound for many channels and steps: prices of a minute in each, without a linear programme.

    Lagrangian relaxation of what the channels get: at prices p[c, t] of a minute, worth of heads less their price plus the best
    tour of every agent at the dearest price among its channels bounds the net worth (Geoffrion 1974). Prices start from the
    margins of ``draft`` or one flat price and follow deflected subgradients (Polyak 1969; Camerini, Fratta & Maffioli 1975).
    Of rules that couple agents only coverage is kept, and fairness, whose charges are each agent's own.
    """
    worth = sum(rule.price or 0.0 for rule in rules if isinstance(rule, Coverage))
    fair = {place: rule for place, rule in enumerate(rules) if isinstance(rule, Fairness)}
    market = _Market(problem, list(_peers(problem, choices, fair)), worth)
    return max(0.0, market.full - market.least(_starts(problem, draft, worth), market.full - cost, go_on) - 1e-6)


def _peers(problem: RosterProblem, choices: Mapping[str, Choice], fair: Mapping[int, Fairness]) -> Iterator[Peers]:
    found: dict[tuple[Hashable, ...], list[str]] = {}
    for agent, choice in choices.items():
        loads = tuple(rule.loads(problem).get(agent) for rule in fair.values())
        key = (problem.group_of.get(agent), choice.alike, loads)
        found.setdefault(key, []).append(agent)
    for alike in found.values():
        one = alike[0]
        charges = {place: worth for place, rule in fair.items() if (worth := rule.worth_of(problem, one))}
        yield Peers(len(alike), problem.group_of.get(one), choices[one], charges)


def _starts(problem: RosterProblem, draft: Draft, worth: float) -> list[Prices]:
    """Prices to begin with: what the next head is worth in a roster, and the mean of that everywhere."""
    shares = problem.market.shares(draft.serving()) // problem.grid.step_minutes
    margins = np.zeros(shares.shape)
    for c, rows in enumerate(problem.head_worth):
        for t, slopes in enumerate(rows):
            if shares[c, t] < len(slopes):
                margins[c, t] = slopes[shares[c, t]] * worth / MICRO
    flat = [np.full(shares.shape, scale * (margins.mean() if margins.size else 0.0)) for scale in (1.0, 2.0, 4.0)]
    return [margins, *flat]


class _Market:
    def __init__(self, problem: RosterProblem, peers: list[Peers], worth: float) -> None:
        self.problem, self.peers = problem, peers
        self.duty_worth = DutyWorth(problem)
        market = problem.market
        self.full = float(market.full.sum()) * worth / MICRO
        self.step = np.repeat(np.arange(problem.grid.count), np.diff(market.first))
        self.slope = market.slope * (worth / MICRO)

    def least(self, starts: list[Prices], target: float, go_on: Callable[[], bool]) -> float:
        """The least net worth bound that the price search finds; ``target`` is a net worth that some roster has."""
        tried = [(*self.at(prices), prices) for prices in starts]
        value, way, prices = kept = min(tried, key=lambda row: row[0])
        stride, stale = 1.0, 0
        for _ in range(ROUNDS):
            if not way.any() or not go_on():
                break
            prices = np.maximum(0.0, prices - stride * (value - target) / float((way**2).sum()) * way)
            value, slope = self.at(prices)
            way = (1 - MEMORY) * slope + MEMORY * way
            stale = 0 if value < kept[0] else stale + 1
            if value < kept[0]:
                kept = value, slope, prices
            elif stale > PATIENCE:
                stride, stale, (value, way, prices) = stride * SHORTEN, 0, kept
        return kept[0]

    def at(self, prices: Prices) -> tuple[float, Prices]:
        """The bound of net worth at some prices, and how fast it grows with each price: minutes offered less minutes asked for."""
        size, channel = self.problem.grid.step_minutes, self.problem.market.channel
        gain = self.slope - prices[channel, self.step]
        asked = np.bincount(channel * self.problem.grid.count + self.step, (gain > 0) * size, prices.size)
        offered = np.zeros(prices.shape)
        value = float(np.maximum(gain, 0.0).sum()) * size
        for group, minutes in enumerate(self.problem.serving_before):
            dearest, price = self._dearest(group, prices)
            offered[dearest, np.arange(len(dearest))] += minutes
            value += float(price @ minutes)
        for peers in self.peers:
            value += peers.number * self._tour(peers, prices, offered)
        return value, offered - asked.reshape(prices.shape)

    def _tour(self, peers: Peers, prices: Prices, offered: Prices) -> float:
        """Value of the peers' best tour; its minutes are offered to the channel of the best price in each step."""
        if peers.group is None:
            return peers.choice.relaxed(np.zeros(self.duty_worth.shape), peers.of_counts)[0]
        dearest, price = self._dearest(peers.group, prices)
        value, choices = peers.choice.relaxed(self.duty_worth.on_queue(price), peers.of_counts)
        minutes = minutes_on_queue(self.problem, self.duty_worth.tour(choices, price))
        offered[dearest, np.arange(len(dearest))] += peers.number * minutes
        return value

    def _dearest(self, group: int, prices: Prices) -> tuple[NDArray[np.int64], Prices]:
        """The channel with the best price that a group serves in each step, and that price; both of shape (grid.count,)."""
        serves = np.array(sorted(self.problem.groups[group][1]))
        return serves[prices[serves].argmax(axis=0)], prices[serves].max(axis=0)
