"""All rules that couple agents as the rows of one linear programme, and what each agent's tours add to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.agents import Scale
from wfm.schedule.compiled import compiled
from wfm.schedule.linear import Floats, Linear
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.tours.machine import Numbers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OUTRAGE = 1e4
"""Price of a unit of a forbidden breach between agents, in contacts: so there is always a solution, and a bound stays a bound."""


@dataclass(frozen=True)
class Side:
    """What the tours of some agents add to the rows: of each duty, shape (days * slots, rows), and of each minute on the queue."""

    duty: csr_array
    queue: csr_array

    def adds(self, cells: NDArray[np.int64], minutes: NDArray[np.int64]) -> Floats:
        """What a tour of some duties (day * slots + slot) with its minutes on the queue adds to the rows."""
        sums = np.zeros(self.duty.shape[1])
        compiled(_add)(self.duty.indptr, self.duty.indices, self.duty.data, cells, sums)
        return sums + minutes @ self.queue if self.queue.nnz else sums


@dataclass(frozen=True)
class Relaxation:
    """Rows ``low <= sum of all tours + z @ amends <= high`` with 0 <= z <= most at a cost: see Linear; ``sides`` by agent.

    The least cost over all choices of tours is a bound of what a roster costs: rules that couple agents without a linear face are
    left out.
    """

    low: Floats
    high: Floats
    amends: csr_array
    most: Floats
    cost: Floats
    sides: Mapping[str, Side]

    @classmethod
    def of(cls, problem: RosterProblem, rules: Sequence[Rule], scale: Scale) -> Self:
        """The rows of all rules that have a linear face, at their prices."""
        from scipy.sparse import block_diag, csr_array

        faces = [(rule, face) for rule in rules if (face := rule.linear(problem)) is not None]
        cost = [scale.price(rule, OUTRAGE) * face.breach for rule, face in faces]
        amends = [face.amends for _, face in faces]
        return cls(
            low=_joined([face.low for _, face in faces]),
            high=_joined([face.high for _, face in faces]),
            amends=csr_array(block_diag(amends, format="csr")) if amends else csr_array((0, 0)),
            most=_joined([face.most for _, face in faces]),
            cost=_joined(cost),
            sides=_sides(problem, [face for _, face in faces]),
        )

    def less(self, adds: Floats) -> Relaxation:
        """What is left to the other agents where some add to the rows already."""
        return replace(self, low=self.low - adds, high=self.high - adds)

    def between(self, days: range, day_count: int, adds: Floats) -> tuple[Relaxation, NDArray[np.int64]]:
        """The rows that some days alone reach, where all else adds something already; and which rows these are."""
        sides = {id(side): side for side in self.sides.values()}
        parts = {}
        reached = np.zeros(len(self.low), dtype=np.bool_)
        for key, side in sides.items():
            slots = side.duty.shape[0] // day_count
            parts[key] = side.duty[days.start * slots : days.stop * slots]
            reached[parts[key].indices] = True
        rows = np.flatnonzero(reached)
        from scipy.sparse import csr_array

        made = {key: Side(csr_array(part[:, rows]), csr_array((0, len(rows)))) for key, part in parts.items()}
        amends = csr_array(self.amends[:, rows])
        used = np.flatnonzero(np.diff(amends.indptr))
        return (
            replace(
                self,
                low=(self.low - adds)[rows],
                high=(self.high - adds)[rows],
                amends=csr_array(amends[used]),
                most=self.most[used],
                cost=self.cost[used],
                sides={agent: made[id(side)] for agent, side in self.sides.items()},
            ),
            rows,
        )

    def missed(self, adds: Floats) -> Floats:
        """Roughly what each row costs where all tours add up to this: what is missing at its cheapest amend."""
        costs: list[Floats] = []
        for sign, missing in ((1, self.low - adds), (-1, adds - self.high)):
            amends, unit = (sign * self.amends).tocoo(), np.full(len(adds), OUTRAGE)
            helps = amends.data > 0
            np.minimum.at(unit, amends.col[helps], self.cost[amends.row[helps]] / amends.data[helps])
            costs.append(unit * np.maximum(0.0, missing))
        return costs[0] + costs[1]

    def flat(self) -> Floats:
        """A price of each row up to which none of its amends is worth making, the rows that most amends serve first."""
        amends, left = self.amends.tocsc(), self.cost.copy()
        prices = np.zeros(len(self.low))
        for row in np.argsort(-np.diff(amends.indptr), kind="stable"):
            serve = slice(amends.indptr[row], amends.indptr[row + 1])
            lots, units = amends.indices[serve], amends.data[serve]
            if len(lots) and (units > 0).all() and np.isfinite(self.low[row]):
                prices[row] = (left[lots] / units).min()
                left[lots] -= prices[row] * units
        return prices

    def on_days(self, days: int) -> Floats:
        """The share of each row that each of so many days has, shape (rows, days)."""
        reached = np.zeros((len(self.low), days))
        for side in {id(side): side for side in self.sides.values()}.values():
            for part in (side.duty.tocoo(), side.queue.tocoo()):
                reached[part.col, part.row * days // max(1, part.shape[0])] = 1.0
        shares: Floats = reached / np.maximum(1.0, reached.sum(axis=1, keepdims=True))
        return shares

    def priced(self, prices: Floats) -> Floats:
        """Prices with the signs that the bounds of the rows allow: none below 0 where there is no upper bound, and so on."""
        return np.where(
            np.isinf(self.low), np.minimum(prices, 0), np.where(np.isinf(self.high), np.maximum(prices, 0), prices)
        )

    def rest(self, prices: Floats) -> float:
        """The part of the Lagrangian bound that is not the agents': what the rows ask for, and the amends worth making."""
        asked = np.where(prices > 0, self.low, np.where(prices < 0, self.high, 0.0))
        return float(asked @ prices + np.minimum(0.0, self.cost - self.amends @ prices) @ self.most)

    def slope(self, prices: Floats, adds: Floats) -> Floats:
        """How the bound at some prices, where tours add so much, rises with the price of each row."""
        amended = np.where(self.amends @ prices > self.cost, self.most, 0.0) @ self.amends
        short, beyond = self.low - adds - amended, self.high - adds - amended
        settled = np.maximum(short, 0.0) + np.minimum(beyond, 0.0)
        slope: Floats = np.where(prices > 0, short, np.where(prices < 0, beyond, settled))
        return slope


def _add(begins: Numbers, places: Numbers, amounts: Floats, rows: NDArray[np.int64], sums: Floats) -> None:
    """Add some rows of a sparse matrix."""
    for row in rows:
        for at in range(begins[row], begins[row + 1]):
            sums[places[at]] += amounts[at]


def _joined(parts: Sequence[Floats]) -> Floats:
    return np.concatenate([np.zeros(0), *parts])


def _sides(problem: RosterProblem, faces: Sequence[Linear]) -> dict[str, Side]:
    """The side of each agent; agents who count alike everywhere share one."""
    made: dict[tuple[int, ...], Side] = {}
    sides = {}
    for agent in problem.workforce.agents:
        parts = [(face.on_duty.get(agent.id), face.on_queue.get(agent.id)) for face in faces]
        key = tuple(id(matrix) for part in parts for matrix in part)
        if key not in made:
            rows = [len(face.low) for face in faces]
            duty = _beside([part[0] for part in parts], rows, problem.on_call.size)
            made[key] = Side(duty, _beside([part[1] for part in parts], rows, problem.grid.count))
        sides[agent.id] = made[key]
    return sides


def _beside(parts: Sequence[csr_array | None], rows: Sequence[int], height: int) -> csr_array:
    from scipy.sparse import csr_array, hstack

    empty = csr_array((height, 0))
    blocks = [csr_array((height, size)) if part is None else part for part, size in zip(parts, rows, strict=True)]
    return csr_array(hstack([empty, *blocks], format="csr"))
