"""CP-SAT on the model of record: goals minimised in order, each from the roster of the one before as complete hint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.schedule.draft import Draft
from wfm.schedule.model import Goal, Model
from wfm.schedule.solver import Verdict, solver_of, verdict_of
from wfm.schedule.watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolverSolutionCallback


@dataclass(frozen=True)
class Proof:
    """How far one goal came: CP-SAT's verdict, the draft, and the least cost that is possible, in the goal's natural unit."""

    goal: Goal
    verdict: Verdict
    bound: float | None = None
    draft: Draft | None = None


def minimise(model: Model, start: Draft, watch: Watch, share: float = 1.0) -> list[Proof]:
    """Minimise the model's goals in order within a share of what the watch allows; each keeps what the former reached.

    Each goal gets an equal part of what the goals before left over. Where CP-SAT finds nothing in its time, the roster it was
    given stands. Ends with the first goal that has no solution.
    """
    proofs: list[Proof] = []
    goals, told = model.goals(), start
    spare = watch.left * (1 - share)
    for place, goal in enumerate(goals):
        model.cp.minimize(goal.cost)
        known = complete(model, start, watch)
        proof, reached = _solve(model, goal, watch, (watch.left - spare) / (len(goals) - place), told)
        if proof.draft is None and known is not None:
            proof, reached = Proof(goal, "feasible", proof.bound, start), known
        proofs.append(proof)
        if proof.draft is None or watch.stopped:
            break
        start = proof.draft
        model.cp.add(goal.cost <= reached)
    return proofs


def complete(model: Model, draft: Draft, watch: Watch) -> int | None:
    """Hint a draft and all that follows from it, and give its cost; None where it breaks the model: the bare decisions are hinted."""
    model.hint(draft)
    solver = solver_of(watch, watch.left)
    solver.parameters.fix_variables_to_their_hinted_value = True
    if verdict_of(solver, model.cp, watch) not in {"optimal", "feasible"}:
        return None
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(index)
        model.cp.add_hint(variable, solver.value(variable))
    return round(solver.objective_value)


def can_be_met(model: Model, watch: Watch, share: float, *, again: bool = False) -> Verdict:
    """Whether a model without goals has a solution; ``again`` looks a second way, from another seed and without presolve."""
    solver = solver_of(watch, watch.left * share)
    if again:
        solver.parameters.random_seed = watch.limits.seed + 1
        solver.parameters.cp_model_presolve = False
    return verdict_of(solver, model.cp, watch)


def _solve(model: Model, goal: Goal, watch: Watch, seconds: float, told: Draft) -> tuple[Proof, int]:
    """The proof of one goal, and the cost that was reached; news keep the tasks that were told, as far as they fit."""
    solver = solver_of(watch, seconds)
    verdict = verdict_of(solver, model.cp, watch, _news(model, goal, watch, told))
    bound = solver.best_objective_bound / goal.unit
    if verdict not in {"optimal", "feasible"}:
        return Proof(goal, verdict, bound if verdict == "unknown" else None), 0
    return Proof(goal, verdict, bound, model.draft(solver.value)), round(solver.objective_value)


def _news(model: Model, goal: Goal, watch: Watch, told: Draft) -> CpSolverSolutionCallback:
    from ortools.sat.python.cp_model import CpSolverSolutionCallback

    class News(CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            cost, bound = self.objective_value / goal.unit, self.best_objective_bound / goal.unit
            watch.tell(goal.phase, goal.tier, cost, bound, lambda: model.draft(self.value).like(told))

    return News()
