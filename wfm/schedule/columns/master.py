"""The restricted master programme: the best mix of known tours, and the prices of the rows that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wfm.schedule.columns.pricing import Column, Peers, Prices
from wfm.schedule.columns.relaxation import Relaxation
from wfm.schedule.linear import Floats
from wfm.schedule.tours import Choices

GLOP = "use_preprocessing: false use_dual_simplex: false"
"""The simplex method goes on from the last basis only without presolve; primal, as new columns leave a basis primal feasible."""


@dataclass(frozen=True)
class Mix:
    """The best mix of known tours: its cost, the prices that follow, what each of some peers costs, and the share of each column."""

    cost: float
    prices: Prices
    rents: Floats
    shares: Floats

    def gain(self, column: Column) -> float:
        """What a column would save for each unit of its share (its reduced cost, negated)."""
        worth = column.adds @ self.prices.rows + column.sums @ self.prices.sums[column.peers]
        return float(worth + self.rents[column.peers] - column.cost)


class Master:
    """A linear programme of one variable a column and one an amend; rows of the relaxation, of each peers and of their loose sums.

    Solved by GLOP (in ortools), which goes on from where it was: on 60 agents over 4 weeks 0.25 s a round, with presolve 0.33 s.
    HiGHS and CLP there begin anew each time.
    """

    def __init__(self, relaxation: Relaxation, peers: Sequence[Peers], most: float | None = None) -> None:
        """``most``: units of GLOP's own time, about seconds, after which a mix is given up."""
        from ortools.linear_solver import linear_solver_pb2, pywraplp

        self.columns: list[Column] = []
        self._known: set[tuple[int, Choices, bytes]] = set()
        self._choices: list[NDArray[np.int64]] = []
        self._let_in: list[bool] = []
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        limit = "" if most is None else f" max_deterministic_time: {most}"
        self._lp.SetSolverSpecificParametersAsString(GLOP + limit)
        self._keep = pywraplp.MPSolverParameters()
        self._keep.SetIntegerParam(self._keep.INCREMENTALITY, self._keep.INCREMENTALITY_ON)
        bounds = zip(relaxation.low.tolist(), relaxation.high.tolist(), strict=True)
        self._rows = [self._lp.Constraint(low, high) for low, high in bounds]
        self._people = [self._lp.Constraint(len(peer.agents), len(peer.agents)) for peer in peers]
        self._sums = [[self._sum(peer, one.low, one.high) for one in peer.choice.loose] for peer in peers]
        self._ends = np.cumsum([len(self._rows), len(peers), *map(len, self._sums[:-1])])
        self._shares: list[Any] = []
        self._goal = self._lp.Objective()
        self._goal.SetMinimization()
        self._found = linear_solver_pb2.MPSolutionResponse()
        amends, self._amends = relaxation.amends, len(relaxation.most)
        for k, (most, cost) in enumerate(zip(relaxation.most.tolist(), relaxation.cost.tolist(), strict=True)):
            reach = slice(amends.indptr[k], amends.indptr[k + 1])
            self._variable(most, cost, amends.indices[reach].tolist(), amends.data[reach].tolist())

    def _sum(self, peer: Peers, low: int, high: int) -> Any:
        return self._lp.Constraint(len(peer.agents) * low, len(peer.agents) * high)

    def add(self, columns: Iterable[Column]) -> int:
        """Take columns in, and tell how many are new."""
        before = len(self.columns)
        for column in columns:
            key = column.peers, column.choices, column.adds.tobytes()
            if key not in self._known:
                self._known.add(key)
                self._take(column)
        return len(self.columns) - before

    def _take(self, column: Column) -> None:
        rows = np.flatnonzero(column.adds)
        share = self._variable(np.inf, column.cost, rows.tolist(), column.adds[rows].tolist())
        self._people[column.peers].SetCoefficient(share, 1.0)
        for row, value in zip(self._sums[column.peers], column.sums.tolist(), strict=True):
            row.SetCoefficient(share, value)
        self.columns.append(column)
        self._choices.append(np.array(column.choices))
        self._shares.append(share)
        self._let_in.append(True)

    def solve(self) -> Mix | None:
        """The best mix; None where the columns that are let in make none."""
        if self._lp.Solve(self._keep) != self._lp.OPTIMAL:
            return None
        self._lp.FillSolutionResponseProto(self._found)
        duals = np.split(np.array(self._found.dual_value), self._ends)
        return Mix(
            cost=self._found.objective_value,
            prices=Prices(duals[0], tuple(duals[2:])),
            rents=duals[1],
            shares=np.array(self._found.variable_value)[self._amends :],
        )

    def only(self, open_: NDArray[np.bool_]) -> None:
        """Let in the columns that do on every day what is open to their peers, shape (peers, days, 1 + slots), and no others."""
        peers = np.array([column.peers for column in self.columns])
        choices = np.array(self._choices)
        fits = open_[peers[:, None], np.arange(choices.shape[1]), choices].all(axis=1)
        for place in np.flatnonzero(fits != np.array(self._let_in)).tolist():
            self._shares[place].SetUb(self._lp.infinity() if fits[place] else 0.0)
        self._let_in = fits.tolist()

    def _variable(self, most: float, cost: float, rows: Sequence[int], values: Sequence[float]) -> Any:
        variable = self._lp.NumVar(0.0, most, "")
        self._goal.SetCoefficient(variable, cost)
        for row, value in zip(rows, values, strict=True):
            self._rows[row].SetCoefficient(variable, value)
        return variable
