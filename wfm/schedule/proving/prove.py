"""CP-SAT on the model of record: goals minimised in order, each from the roster of the one before as complete hint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

from wfm.schedule.draft import Draft
from wfm.schedule.proving.model import Goal, Model
from wfm.schedule.proving.solver import Verdict, improver_of, solver_of, verdict_of
from wfm.schedule.watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver, CpSolverSolutionCallback

WHOLE_SHARE = 0.3
"""Share of a goal's time in which CP-SAT may solve it whole: what it proves, it mostly proves soon. The rest goes to ever new parts."""
CAREFUL = 1e-9
"""A bound that is known is trusted but for so much of it: it was summed in floating point."""


@dataclass(frozen=True)
class Proof:
    """How far one goal came: CP-SAT's verdict, the draft, and the least cost that is possible, in the goal's natural unit."""

    goal: Goal
    verdict: Verdict
    bound: float | None = None
    draft: Draft | None = None


def minimise(
    model: Model, start: Draft, watch: Watch, share: float = 1.0, least: Mapping[int, float] | None = None
) -> list[Proof]:
    """Minimise the model's goals in order within a share of what the watch allows; each keeps what the former reached.

    Each goal gets an equal part of what the goals before left over: first it is solved whole, then, unless that proved it, it is
    improved by large neighbourhoods of the roster that was found. Where CP-SAT finds nothing in its time, the roster it was
    given stands. Ends with the first goal that has no solution. ``least`` are bounds of tiers that are known: CP-SAT stops where
    it meets one.
    """
    proofs: list[Proof] = []
    goals, told = model.goals(), start
    spare = watch.left * (1 - share)
    for place, goal in enumerate(goals):
        _pose(model, goal, least or {})
        seconds = (watch.left - spare) / (len(goals) - place)
        known = complete(model, start, watch)
        proof, reached = _Settler(model, goal, watch, start, told, known).settle(seconds)
        proofs.append(proof)
        if proof.draft is None or watch.stopped:
            break
        start = proof.draft
        model.cp.add(goal.cost <= reached)
    return proofs


def _pose(model: Model, goal: Goal, least: Mapping[int, float]) -> None:
    """Make the goal what is minimised, not below a bound that is known of its tier."""
    model.cp.minimize(goal.cost)
    most_true = model.ledger.rounding(goal.tier)[1]
    if goal.phase == "tier" and least.get(goal.tier, 0.0) > 0 and isfinite(most_true):
        model.cp.add(goal.cost >= ceil(goal.unit * (least[goal.tier] * (1 - CAREFUL) / most_true)))


def complete(model: Model, draft: Draft, watch: Watch) -> int | None:
    """Hint a draft and all that follows from it, and give its cost; None where it breaks the model: the bare decisions are hinted."""
    model.hint(draft)
    solver = solver_of(watch, watch.left)
    solver.parameters.fix_variables_to_their_hinted_value = True
    if verdict_of(solver, model.cp, watch) not in {"optimal", "feasible"}:
        return None
    _hint_all(model, solver)
    return round(solver.objective_value)


def _hint_all(model: Model, solver: CpSolver) -> None:
    """Hint the solution of a solver."""
    model.cp.proto.clear_solution_hint()
    values, hint = solver.response_proto.solution, model.cp.proto.solution_hint
    hint.vars.extend(range(len(values)))
    hint.values.extend(values)


def can_be_met(model: Model, watch: Watch, share: float, *, again: bool = False) -> Verdict:
    """Whether a model without goals has a solution; ``again`` looks a second way, from another seed and without presolve."""
    solver = solver_of(watch, watch.left * share)
    if again:
        solver.parameters.random_seed = watch.limits.seed + 1
        solver.parameters.cp_model_presolve = False
    return verdict_of(solver, model.cp, watch)


@dataclass(frozen=True)
class _Settler:
    """One goal of a model, from a roster whose cost there is ``known`` (None: it breaks the model); news keep the tasks ``told``."""

    model: Model
    goal: Goal
    watch: Watch
    start: Draft
    told: Draft
    known: int | None

    def settle(self, seconds: float) -> tuple[Proof, int]:
        """The proof of the goal, and the cost that was reached."""
        proof, reached = self._whole((1.0 if self.known is None else WHOLE_SHARE) * seconds)
        if proof.draft is None and self.known is not None and proof.verdict != "infeasible":
            proof, reached = Proof(self.goal, "feasible", proof.bound, self.start), self.known
        if proof.verdict != "feasible" or self.watch.stopped:
            return proof, reached
        return self._parts(proof, reached, (1.0 - WHOLE_SHARE) * seconds)

    def _whole(self, seconds: float) -> tuple[Proof, int]:
        """The model solved as a whole."""
        solver = solver_of(self.watch, seconds)
        verdict = verdict_of(solver, self.model.cp, self.watch, self._news())
        bound = self._bound(solver)
        if verdict not in {"optimal", "feasible"}:
            return Proof(self.goal, verdict, bound if verdict == "unknown" else None), 0
        _hint_all(self.model, solver)
        return Proof(self.goal, verdict, bound, self.model.draft(solver.value)), round(solver.objective_value)

    def _parts(self, proof: Proof, reached: int, seconds: float) -> tuple[Proof, int]:
        """Large neighbourhoods of the roster that is hinted; without a look at bounds all workers have time for them."""
        solver = improver_of(self.watch, seconds)
        verdict = verdict_of(solver, self.model.cp, self.watch, self._news())
        if verdict not in {"optimal", "feasible"} or round(solver.objective_value) >= reached:
            return proof, reached
        bound = max(proof.bound or 0.0, self._bound(solver))
        return Proof(self.goal, verdict, bound, self.model.draft(solver.value)), round(solver.objective_value)

    def _bound(self, solver: CpSolver) -> float:
        return solver.best_objective_bound / self.goal.unit * self.model.ledger.rounding(self.goal.tier)[0]

    def _news(self) -> CpSolverSolutionCallback:
        from ortools.sat.python.cp_model import CpSolverSolutionCallback

        goal, watch, model, told = self.goal, self.watch, self.model, self.told

        class News(CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                cost, bound = self.objective_value / goal.unit, self.best_objective_bound / goal.unit
                watch.tell(goal.phase, goal.tier, cost, bound, lambda: model.draft(self.value).like(told))

        return News()
