"""CP-SAT on the model of record: tiers minimised in order, each from the roster of the one before as complete hint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from wfm.schedule.draft import Draft
from wfm.schedule.model import Model
from wfm.schedule.watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver, LinearExprT

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Proof:
    """How far one goal came: optimal, feasible, infeasible or unknown; its value and bound in the goal's own unit; the draft."""

    status: str
    value: float | None = None
    bound: float | None = None
    draft: Draft | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing better is possible."""
        return self.status == "optimal"


def minimise(model: Model, goals: Sequence[LinearExprT], start: Draft | None, watch: Watch) -> list[Proof]:
    """Minimise goals in order; each keeps what the former reached. Stops early where a goal has no solution."""
    proofs: list[Proof] = []
    for place, goal in enumerate(goals):
        model.cp.minimize(goal)
        if start is not None:
            complete(model, start, watch)
        proof = _solve(model, watch, watch.left / (len(goals) - place))
        proofs.append(proof)
        if proof.draft is None or proof.value is None:
            break
        start = proof.draft
        model.cp.add(goal <= round(proof.value))
    return proofs


def complete(model: Model, draft: Draft, watch: Watch) -> bool:
    """Hint a draft and all that follows from it; False where it breaks the model, whose hint is then the bare decisions."""
    model.hint(draft)
    solver = _solver(watch, watch.left)
    solver.parameters.fix_variables_to_their_hinted_value = True
    if solver.solve(model.cp) not in _FOUND:
        return False
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index in range(len(model.cp.proto.variables)):
        variable = model.cp.get_int_var_from_proto_index(index)
        model.cp.add_hint(variable, solver.value(variable))
    return True


_FOUND = {2, 4}


def _solve(model: Model, watch: Watch, seconds: float) -> Proof:
    solver = _solver(watch, seconds)
    with _stoppable(solver, watch):
        status = solver.status_name(solver.solve(model.cp)).lower()
    if status not in {"optimal", "feasible"}:
        return Proof(status)
    return Proof(status, solver.objective_value, solver.best_objective_bound, model.draft(solver.value))


def _solver(watch: Watch, seconds: float) -> CpSolver:
    from ortools.sat.python.cp_model import CpSolver

    solver = CpSolver()
    solver.parameters.random_seed = watch.limits.seed
    solver.parameters.cp_model_probing_level = 0
    if watch.limits.steps is None:
        solver.parameters.num_workers = watch.limits.workers
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    else:
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = seconds
    return solver


@contextmanager
def _stoppable(solver: CpSolver, watch: Watch) -> Iterator[None]:
    """Ask while CP-SAT runs whether to stop: its own callbacks come with solutions only."""
    over = Event()

    def ask() -> None:
        while not over.wait(POLL_SECONDS):
            if watch.stopped:
                solver.stop_search()

    thread = Thread(target=ask, daemon=True)
    if watch.should_stop is not None:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()
