"""What came of a job, in the form that was asked for, together with the digest that its ETag is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from wfm.api.requests import PublishRequest
from wfm.domain import NotFound, Noun, Refused, Roster
from wfm.report import view_of
from wfm.store import Job, Store
from wfm.study import CellChange, Plan, Published, StudyResult, cover, differences, roster_problem
from wfm.study.published import refuse_broken

DIGEST_LENGTH = 64
Tagged = tuple[str | bytes, str]
"""A body and its digest."""


def result_of(store: Store, job: Job, kind: type[Noun]) -> Tagged:
    """The result as it was filed; raises Refused where there is none."""
    if job.result is None:
        more = "; its best so far is kept" if job.checkpoint else ""
        raise Refused(f"The {job.kind} {job.id} has no result: it is {job.state}{more}. GET its status to learn more.")
    return store.text(job.result, kind.__name__), job.result


def best_of(store: Store, job: Job, kind: type[Noun]) -> Tagged:
    """The result, or before there is one, the best so far; raises Refused where there is neither."""
    if job.result is None and job.checkpoint is not None:
        return store.checkpoint(job.id), job.checkpoint
    return result_of(store, job, kind)


def roster_of(store: Store, job: Job) -> Tagged:
    """The roster of a plan; before it is done, the best so far."""
    if job.result is None:
        return best_of(store, job, Plan)
    roster = _plan(store, job).solution.roster
    return roster.model_dump_json(), roster.digest()


def rendered(store: Store, job: Job, kind: str) -> Tagged:
    """The one file of a view of a plan."""
    (content,) = view_of(kind).render(_plan(store, job)).values()
    return content, _digest(content)


def compared(store: Store, job: Job, render: Callable[[StudyResult], bytes]) -> Tagged:
    """A comparison in another form."""
    content = render(StudyResult.model_validate_json(best_of(store, job, StudyResult)[0]))
    return content, _digest(content)


def calendar_of(store: Store, job: Job, agent: str) -> Tagged:
    """The calendar of one agent; raises NotFound for somebody whom the plan does not know."""
    plan = _plan(store, job)
    files = view_of("icalendar").render(plan)
    by_agent = dict(zip((row.id for row in plan.scenario.workforce.agents), files.values(), strict=True))
    if agent not in by_agent:
        raise NotFound(f"There is no agent {agent} in the plan {job.id}; there are {', '.join(by_agent)}.")
    return by_agent[agent], _digest(by_agent[agent])


def recommended(store: Store, job: Job, agent: str, day: date) -> Tagged:
    """Who can take an agent's shift."""
    plan = _plan(store, job)
    problem = roster_problem(plan.scenario, plan.requirements)
    found = cover(problem, plan.scenario.rules, plan.solution.roster, agent, day)
    return found.model_dump_json(), found.digest()


def differences_of(store: Store, job: Job, against: str) -> tuple[CellChange, ...]:
    """What a plan's roster changes about that of another plan, by its id, or of a published version, by its digest."""
    return differences(_roster_named(store, against), _plan(store, job).solution.roster)


def _roster_named(store: Store, name: str) -> Roster:
    if len(name) == DIGEST_LENGTH:
        return store.load(Published, name).roster
    return _plan(store, store.job(name, "plan")).solution.roster


def published(store: Store, job: Job, asked: PublishRequest, now: datetime) -> Published:
    """A new version of a plan's roster, filed; raises Refused where it breaks forbidden rules and is not asked for anyway."""
    plan = _plan(store, job)
    if not asked.anyway:
        refuse_broken(plan.solution.breaches)
    last = None if asked.after is None else store.load(Published, asked.after)
    roster, name = plan.solution.roster, plan.scenario.name
    version = Published.of(name, plan.scenario_digest, roster, now, asked.by, asked.note, last)
    store.save(version, now)
    return version


def _plan(store: Store, job: Job) -> Plan:
    return Plan.model_validate_json(result_of(store, job, Plan)[0])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
