"""CP-SAT as a watch allows it: workers, seed and time, and a stop that comes soon."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Literal, get_args

from wfm.schedule.watch import Watch

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback

Verdict = Literal["optimal", "feasible", "infeasible", "unknown"]
VERDICTS: dict[str, Verdict] = {word.upper(): word for word in get_args(Verdict)}
POLL_SECONDS = 0.1


def solver_of(watch: Watch, seconds: float) -> CpSolver:
    """A solver with the watch's seed, workers and time; deterministic seconds and one worker where steps are counted."""
    from ortools.sat.python.cp_model import CpSolver

    solver = CpSolver()
    solver.parameters.random_seed = watch.limits.seed
    solver.parameters.catch_sigint_signal = False  # Ctrl-C belongs to the shell, which stops the solve by should_stop
    solver.parameters.cp_model_probing_level = 0  # probing takes long on large models and found nothing
    if watch.limits.steps is None:
        solver.parameters.num_workers = watch.limits.workers
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    else:
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = seconds
    return solver


def improver_of(watch: Watch, seconds: float) -> CpSolver:
    """A solver that looks at large neighbourhoods of a hinted solution only.

    One worker has none unless it takes turns at them: on #8 of Curtois & Qu 15 deterministic seconds took 1,924 to 1,846 so, else 1,920.
    """
    solver = solver_of(watch, seconds)
    solver.parameters.use_lns_only = True
    solver.parameters.interleave_search = solver.parameters.num_workers == 1
    return solver


def verdict_of(solver: CpSolver, cp: CpModel, watch: Watch, news: CpSolverSolutionCallback | None = None) -> Verdict:
    """What a solver says of a model; it stops soon after the watch."""
    with _stoppable(solver, watch):
        verdict = VERDICTS.get(solver.solve(cp, news).name)
    if verdict is None:
        raise ValueError(f"CP-SAT refuses the model: {cp.validate()}")
    return verdict


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
