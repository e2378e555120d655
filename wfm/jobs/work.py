"""The work of a job, from its request to its published result: load, one call, save."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from wfm.domain import Noun, WfmError
from wfm.jobs.clock import now
from wfm.jobs.desk import Desk
from wfm.schedule import Solution
from wfm.store import Claim, Job, JobKind, Leases, Problem, Standing, Store, problem_type
from wfm.study import Scenario, Study, StudyResult, VariantRow, plan, run_study

LOG = logging.getLogger("wfm.jobs")
Done = tuple[Noun, Standing]
"""A result and how it stands."""


class _Enough(Exception):
    """Ends a study between two variants."""


def work(store: Store, claim: Claim) -> None:
    """Do the work of a claimed job and publish how it ended; raises Refused where the job was lost meanwhile."""
    leases = Leases(store.database)
    desk = Desk(leases, claim)
    job = store.job(claim.job)
    try:
        result, standing = WORK[job.kind](store, job, desk)
    except Exception as error:
        leases.finish(claim, "failed", now(), problem=_problem(job, error))
        return
    desk.tell_at_last(standing)
    leases.finish(claim, "stopped" if store.job(job.id).stop_requested else "done", now(), result)


def work_on_plan(store: Store, job: Job, desk: Desk) -> Done:
    """The plan of a scenario, and how its roster stands: in the first tier that is not proved, where there is one."""
    made = plan(store.load(Scenario, job.request), on_progress=desk.progress, should_stop=desk.stopping)
    return made, _standing(made.solution)


def work_on_study(store: Store, job: Job, desk: Desk) -> Done:
    """The comparison of a study's variants, of those finished where it was stopped.

    One variant at a time: the solver has threads of its own, and the process has to be killed as a whole where it must be.
    """
    study = store.load(Study, job.request)
    rows: list[VariantRow] = []

    def so_far() -> Done:
        result = StudyResult(study=study.name, scenario=study.scenario.name, rows=tuple(rows))
        return result, Standing(phase=f"{len(rows)} of {len(study.variants)} variants")

    def on_variant(row: VariantRow) -> None:
        rows.append(row)
        best, standing = so_far()
        desk.take(standing, best)
        if len(rows) < len(study.variants) and desk.stopping():
            raise _Enough

    with suppress(_Enough):
        run_study(study, workers=1, on_variant=on_variant)
    return so_far()


WORK: dict[JobKind, Callable[[Store, Job, Desk], Done]] = {"plan": work_on_plan, "study": work_on_study}


def _standing(solution: Solution) -> Standing:
    tiers = solution.tiers
    tier = next((tier for tier in tiers if tier.gap != 0), tiers[0] if tiers else None)
    if tier is None:
        return Standing(phase=solution.status)
    return Standing(phase=solution.status, tier=tier.tier, best=tier.cost, bound=tier.bound, gap=tier.gap)


def _problem(job: Job, error: Exception) -> Problem:
    """What went wrong, for the planner; an error that nobody foresaw is told in the server's log only."""
    if isinstance(error, WfmError):
        return Problem.of(error)
    LOG.error("job %s failed", job.id, exc_info=error)
    if isinstance(error, MemoryError):
        detail = (
            "The job needed more memory than a job may have. Plan fewer agents, days or options, or raise the limit."
        )
        return Problem(type=problem_type("memory"), title="The job ran out of memory", detail=detail)
    detail = f"wfm met an error of its own. The server's log tells more under job {job.id}."
    return Problem(type=problem_type("internal"), title="An error in wfm", detail=detail)
