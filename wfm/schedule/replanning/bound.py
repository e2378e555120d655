"""What rosters with few changes could cost at least: prices of minutes, best tours at these, and the choices that could pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.choice import Choice
from wfm.schedule.draft import Draft, Tour, minutes_on_queue
from wfm.schedule.others import Others
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.replanning.few_changes import Changes, through, within
from wfm.schedule.rule import Rule
from wfm.schedule.rules._heads import HeadsRule
from wfm.schedule.rules.coverage import Coverage
from wfm.schedule.tours import Costs
from wfm.schedule.worth import DutyWorth

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Prices = NDArray[np.float64]
"""Contacts for a minute in each step, shape (channels + rules that count heads, grid.count)."""
ROUNDS, PATIENCE, SHORTEN, MEMORY, LEAST_STEP = 10, 3, 0.6, 0.5, 1e-3
"""Rounds of the price search; the stride is shortened after so many without progress; a direction is so much the former."""
NOWHERE = -(10**8)
"""A rule that counts heads has more room than this where it asks for nothing."""


@dataclass(frozen=True)
class Priced:
    """Prices, the least that any roster with few changes can cost at them, and how fast that falls with each price."""

    prices: Prices
    bound: float
    way: Prices


class Margins:
    """What changes to a roster that was ``told`` cost in the first tier, changes as such left out, by Lagrangian relaxation.

    At prices of a minute on each channel and of a head that a rule counts, every agent's tour stands alone, and the best sharing out
    of a number of changes among agents is quick to find; what is left of the worth of all contacts is a number that no roster with so
    many changes can cost less than (Geoffrion 1974). A duty as it was told keeps its breaks and tasks. Rules that couple agents
    otherwise are left out, which keeps the bound valid.
    """

    def __init__(
        self,
        problem: RosterProblem,
        rules: Sequence[Rule],
        choices: Mapping[str, Choice],
        changes: Mapping[str, Changes],
        told: Draft,
    ) -> None:
        self.problem, self.choices, self.changes, self.told = problem, choices, changes, told
        self.heads = [rule for rule in rules if isinstance(rule, HeadsRule)]
        self.price = sum(rule.price or 0.0 for rule in rules if isinstance(rule, Coverage))
        self.duty_worth = DutyWorth(problem)
        self.need = self.amiss({})
        self.counted = [
            {agent.id: rule.takes(problem, agent) for agent in rule.counted(problem)} for rule in self.heads
        ]
        self.minutes = {agent: minutes_on_queue(problem, tour) for agent, tour in told.tours.items()}

    def amiss(self, tours: Mapping[str, Tour]) -> NDArray[np.int64]:
        """Minutes by which each rule that counts heads is breached in each step (negative: room) with some tours."""
        others = Others(
            self.problem, {agent: tour.duties for agent, tour in tours.items()}, self.problem.serving_before
        )
        rows = [rule.short(self.problem, others) for rule in self.heads]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.problem.grid.count)

    def around(self, draft: Draft) -> Prices:
        """Prices to begin with: between what the last head of a roster is worth and what the next one would be."""
        shares = self.problem.market.shares(draft.serving()) / self.problem.grid.step_minutes
        prices = np.zeros((len(self.problem.channels) + len(self.heads), self.problem.grid.count))
        for c, rows in enumerate(self.problem.head_worth):
            for t, slopes in enumerate(rows):
                around = [0, *slopes.tolist(), 0][round(float(np.ceil(shares[c, t]))) :][:2] if len(slopes) else [0]
                prices[c, t] = sum(around) / 2 * self.price / MICRO
        short = self.amiss(draft.tours) > 0
        for r, rule in enumerate(self.heads):
            prices[len(self.problem.channels) + r, short[r]] = rule.price or 0.0
        return prices

    def better(self, start: Prices, most: int, cost: float, rounds: int = ROUNDS) -> Priced:
        """Prices that bound better, by deflected subgradients (Polyak 1969), until the bound is above ``cost``."""
        point = kept = self.at(start, most)
        way, stride, stale = point.way, 1.0, 0
        for _ in range(rounds):
            if kept.bound > cost or not way.any():
                break
            step = stride * max(cost - point.bound, LEAST_STEP) / float((way**2).sum())
            point = self.at(np.clip(point.prices - step * way, 0.0, self._dearest), most)
            way = (1 - MEMORY) * point.way + MEMORY * way
            stale = 0 if point.bound > kept.bound else stale + 1
            if point.bound > kept.bound:
                kept = point
            elif stale > PATIENCE:
                stride, stale, point, way = stride * SHORTEN, 0, kept, kept.way
        return kept

    def at(self, prices: Prices, most: int) -> Priced:
        """The bound at some prices of rosters with at most so many changes."""
        channels, worths = len(self.problem.channels), _Worths(self, prices)
        found = {
            agent: within(choice.machine, worths.of(agent) - choice.fixed, self.changes[agent], most)
            for agent, choice in self.choices.items()
        }
        value, dealt = _shared_out({agent: values for agent, (values, _) in found.items()}, most)
        serving = self.problem.serving_before.astype(np.float64)
        heads = np.zeros((len(self.heads), *self.problem.on_call.shape))
        for agent, (_, chosen) in found.items():
            self._count(agent, chosen[dealt[agent]], worths, serving, heads)
        way = np.concatenate([-self._asked(prices), np.where(self.need > NOWHERE, -self.need, 0)]).astype(np.float64)
        for group, minutes in enumerate(serving):
            way[worths.dearest[group], np.arange(self.problem.grid.count)] += minutes
        for r, rule in enumerate(self.heads):
            way[channels + r] += _sign(rule) * (heads[r].ravel() @ self.problem.duty_minutes)
        return Priced(prices, self._bound(prices, worths, value), way)

    def _bound(self, prices: Prices, worths: _Worths, value: float) -> float:
        """Full worth less what the channels gain at their prices, what comes from before, and the tours; with what heads cost."""
        full = float(self.problem.market.full.sum()) * self.price / MICRO
        gains = float(np.maximum(self._gain(prices), 0.0).sum()) * self.problem.grid.step_minutes
        before = float((worths.minute * self.problem.serving_before).sum())
        asked = float((np.maximum(self.need, NOWHERE) * prices[len(self.problem.channels) :]).sum())
        return full - gains - before - value + asked

    def _gain(self, prices: Prices) -> NDArray[np.float64]:
        return np.asarray(
            self.problem.market.slope * (self.price / MICRO) - prices[self.problem.market.channel, self._step]
        )

    def _asked(self, prices: Prices) -> NDArray[np.float64]:
        """Minutes that each channel asks for at its prices, shape (channels, grid.count)."""
        size, count, channels = self.problem.grid.step_minutes, self.problem.grid.count, len(self.problem.channels)
        cells = self.problem.market.channel * count + self._step
        asked = np.bincount(cells, (self._gain(prices) > 0) * size, channels * count)
        return np.asarray(asked.reshape(channels, count), dtype=np.float64)

    def _count(self, agent: str, choices: NDArray[np.int64], worths: _Worths, serving: Prices, heads: Prices) -> None:
        """Add the minutes and heads that an agent's tour brings."""
        group, told = self.problem.group_of.get(agent), self.told.tours[agent]
        if group is not None and tuple(choices.tolist()) == told.choices:
            serving[group] += self.minutes[agent]
        elif group is not None:
            tour = self.duty_worth.tour(tuple(choices.tolist()), worths.minute[group]).like(told)
            serving[group] += minutes_on_queue(self.problem, tour)
        days = np.flatnonzero(choices)
        for r, counted in enumerate(self.counted):
            if agent in counted:
                heads[r][days, choices[days] - 1] += counted[agent][days, choices[days] - 1]

    def open_choices(self, point: Priced, most: int, cost: float) -> dict[str, NDArray[np.bool_]]:
        """For each agent the choices, shape (days, 1 + slots), that a roster with so many changes and at most this cost may make.

        Whoever made another one would cost more, by reduced costs (Nemhauser & Wolsey 1988, II.5.2).
        """
        worths, choices = _Worths(self, point.prices), self.choices.items()
        found = {
            agent: through(choice.machine, worths.of(agent) - choice.fixed, self.changes[agent], most)
            for agent, choice in choices
        }
        values = {agent: rows.max(axis=(1, 2)) for agent, rows in found.items()}
        least = self._bound(point.prices, worths, 0.0) - cost - 1e-6
        opened = {}
        for agent, others in _without_each(values, most):
            best = np.stack([found[agent][spent] + others[most - spent] for spent in range(most + 1)]).max(axis=0)
            opened[agent] = best >= least
        return opened

    @cached_property
    def kept(self) -> dict[str, tuple[NDArray[np.intp], NDArray[np.intp], csr_array]]:
        """For each agent the days and columns of the duties that were told, and their minutes on the queue, a row each."""
        return {agent: self._kept(tour) for agent, tour in self.told.tours.items()}

    def _kept(self, tour: Tour) -> tuple[NDArray[np.intp], NDArray[np.intp], csr_array]:
        from scipy.sparse import csr_array

        days = [day for day, duty in enumerate(tour.duties) if duty is not None]
        rows = [minutes_on_queue(self.problem, only(tour, day)) for day in days]
        minutes = csr_array(np.array(rows).reshape(len(days), self.problem.grid.count))
        return np.array(days, dtype=np.intp), np.array(tour.choices, dtype=np.intp)[days], minutes

    @cached_property
    def _step(self) -> NDArray[np.int64]:
        """The step of each lot of the market."""
        return np.repeat(np.arange(self.problem.grid.count), np.diff(self.problem.market.first))

    @cached_property
    def _dearest(self) -> Prices:
        """Upper ends of prices: a head costs at most its rule's price, and nothing where the rule asks for none."""
        highest = [np.inf if rule.price is None else rule.price for rule in self.heads]
        heads = np.where(self.need > NOWHERE, np.array(highest).reshape(-1, 1), 0.0)
        return np.concatenate([np.full((len(self.problem.channels), self.problem.grid.count), np.inf), heads])


class _Worths:
    """What every choice of every agent is worth at some prices."""

    def __init__(self, margins: Margins, prices: Prices) -> None:
        problem, self.margins, channels = margins.problem, margins, len(margins.problem.channels)
        served = [sorted(serves) for _, serves in problem.groups]
        self.dearest = [np.array(serves)[prices[serves].argmax(axis=0)] for serves in served]
        self.minute = np.array([prices[serves].max(axis=0) for serves in served]).reshape(len(served), -1)
        self.queue = [margins.duty_worth.on_queue(minute) for minute in self.minute]
        self.head = [
            _sign(rule) * (problem.duty_minutes @ prices[channels + r]).reshape(problem.on_call.shape)
            for r, rule in enumerate(margins.heads)
        ]

    def of(self, agent: str) -> Costs:
        """Worth of every choice of an agent, shape (days, 1 + slots)."""
        worth, group = np.zeros(self.margins.duty_worth.shape), self.margins.problem.group_of.get(agent)
        if group is not None:
            days, columns, minutes = self.margins.kept[agent]
            worth = self.queue[group].copy()
            worth[days, columns] = minutes @ self.minute[group]
        for r, counted in enumerate(self.margins.counted):
            if agent in counted:
                worth[:, 1:] += counted[agent] * self.head[r]
        return worth


def _sign(rule: HeadsRule) -> int:
    """1 where heads mend a breach, -1 where they make it."""
    return 1 if rule.least else -1


def _joined(one: Costs, other: Costs) -> Costs:
    """Best values of two parts together with at most 0, 1 .. changes."""
    return np.array([max(one[k - spent] + other[spent] for spent in range(k + 1)) for k in range(len(one))])


def _shared_out(values: Mapping[str, Costs], most: int) -> tuple[float, dict[str, int]]:
    """The best sum of values with at most so many changes of all agents together, and how many each may make."""
    sums = [np.zeros(most + 1)]
    for row in values.values():
        sums.append(_joined(sums[-1], row))
    left, dealt = most, {}
    for place, agent in reversed([*enumerate(values)]):
        worths = [sums[place][left - spent] + values[agent][spent] for spent in range(left + 1)]
        dealt[agent] = int(np.argmax(worths))
        left -= dealt[agent]
    return float(sums[-1][most]), dealt


def _without_each(values: Mapping[str, Costs], most: int) -> Iterable[tuple[str, Costs]]:
    """For each agent the best values of all others."""
    behind = [np.zeros(most + 1)]
    for row in [*values.values()][::-1]:
        behind.append(_joined(behind[-1], row))
    ahead = np.zeros(most + 1)
    for (agent, row), rest in zip(values.items(), behind[-2::-1], strict=True):
        yield agent, _joined(ahead, rest)
        ahead = _joined(ahead, row)


def only(tour: Tour, day: int) -> Tour:
    """A tour's duty of one day and nothing else."""
    span = slice(day, day + 1)
    return Tour(tour.duties[span], tour.pauses[span], tour.tasks[span])
