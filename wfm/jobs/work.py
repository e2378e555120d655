"""The work of a job, from its request to its published result: load, one call, save."""

from __future__ import annotations

import logging
from collections.abc import Callable

from wfm.domain import Noun, WfmError
from wfm.jobs.clock import now
from wfm.jobs.desk import Desk
from wfm.store import Claim, Job, JobKind, Leases, Problem, Standing, Store, problem_type
from wfm.study import Plan, Scenario, Study, StudyResult, VariantRow, plan, run_study

LOG = logging.getLogger("wfm.jobs")


class _Enough(Exception):
    """Ends a study between two variants."""


def work(store: Store, claim: Claim) -> None:
    """Do the work of a claimed job and publish how it ended; raises Refused where the job was lost meanwhile."""
    leases = Leases(store.database)
    desk = Desk(leases, claim)
    job = store.job(claim.job)
    try:
        result = WORK[job.kind](store, job, desk)
    except Exception as error:
        leases.finish(claim, "failed", now(), problem=_problem(job, error))
        return
    leases.finish(claim, "stopped" if store.job(job.id).stop_requested else "done", now(), result)


def work_on_plan(store: Store, job: Job, desk: Desk) -> Plan:
    """The plan of a scenario."""
    return plan(store.load(Scenario, job.request), on_progress=desk.progress, should_stop=desk.stopping)


def work_on_study(store: Store, job: Job, desk: Desk) -> StudyResult:
    """The comparison of a study's variants, of those finished where it was stopped.

    One variant at a time: the solver has threads of its own, and the process has to be killed as a whole where it must be.
    """
    study = store.load(Study, job.request)
    rows: list[VariantRow] = []

    def so_far() -> StudyResult:
        return StudyResult(study=study.name, scenario=study.scenario.name, rows=tuple(rows))

    def on_variant(row: VariantRow) -> None:
        rows.append(row)
        desk.take(Standing(phase=f"{len(rows)} of {len(study.variants)} variants"), so_far())
        if len(rows) < len(study.variants) and desk.stopping():
            raise _Enough

    try:
        return run_study(study, workers=1, on_variant=on_variant)
    except _Enough:
        return so_far()


WORK: dict[JobKind, Callable[[Store, Job, Desk], Noun]] = {"plan": work_on_plan, "study": work_on_study}


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
