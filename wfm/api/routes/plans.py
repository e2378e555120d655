"""Plans: submit a scenario, follow its solve, fetch the roster in any form, stop it and keep the best."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from wfm.api.answers import JobPage, accepted, events, page, tagged
from wfm.api.deps import Key, KnownETag, LastEventId, PageSize, PageToken, PlanJob, ThePorter, TheStore
from wfm.api.documents import body, file
from wfm.api.requests import DOCUMENTS, PlanRequest
from wfm.api.results import calendar_of, rendered, result_of, roster_of
from wfm.api.upload import Upload, upload_of
from wfm.domain import Roster
from wfm.store import Job
from wfm.study import Plan, read_scenario

PATH = "/v1/plans"
router = APIRouter(tags=["plans"])


@router.post(PATH, status_code=202, response_model=Job, openapi_extra=body(PlanRequest))
def submit_plan(
    upload: Annotated[Upload, Depends(upload_of(PlanRequest))], porter: ThePorter, key: Key = None
) -> Response:
    """Queue a plan of a scenario."""
    scenario = upload.read(read_scenario, DOCUMENTS["scenario"])
    return accepted(porter.submit(scenario, key), PATH)


@router.get(PATH)
def list_plans(store: TheStore, page_token: PageToken = None, page_size: PageSize = 50) -> JobPage:
    """Plans, newest first."""
    return page(store, "plan", page_size, page_token)


@router.get(PATH + "/{id}", response_model=Job)
def plan_status(job: PlanJob, known: KnownETag = None) -> Response:
    """The state of a plan and how good its best roster is."""
    return tagged(job.model_dump_json(), job.digest(), known)


@router.post(PATH + "/{id}/stop")
def stop_plan(job: PlanJob, porter: ThePorter) -> Job:
    """Stop the search and keep the best roster; does nothing where the plan has ended."""
    return porter.stop(job.id)


@router.get(PATH + "/{id}/events", response_class=EventSourceResponse)
async def plan_events(job: PlanJob, store: TheStore, last: LastEventId = 0) -> AsyncIterator[ServerSentEvent]:
    """What happens to the plan, as server-sent events; the last is ``done``."""
    async for event in events(store, job.id, last):
        yield event


@router.get(PATH + "/{id}/result", response_model=Plan)
def plan_result(job: PlanJob, store: TheStore, known: KnownETag = None) -> Response:
    """The whole plan, once the search has ended."""
    return tagged(*result_of(store, job, Plan), known)


@router.get(PATH + "/{id}/roster.json", response_model=Roster)
def plan_roster(job: PlanJob, store: TheStore, known: KnownETag = None) -> Response:
    """The roster; the best so far while the search goes on."""
    return tagged(*roster_of(store, job), known)


@router.get(PATH + "/{id}/roster.csv", responses=file("text/csv"), response_class=Response)
def plan_roster_csv(job: PlanJob, store: TheStore, known: KnownETag = None) -> Response:
    """The roster as a table."""
    return tagged(*rendered(store, job, "roster_csv"), known, "text/csv")


@router.get(PATH + "/{id}/roster.ics", responses=file("text/calendar"), response_class=Response)
def plan_calendar(
    job: PlanJob,
    store: TheStore,
    agent: Annotated[str, Query(max_length=80, description="Whose shifts.")],
    known: KnownETag = None,
) -> Response:
    """The shifts of one agent, for a calendar."""
    return tagged(*calendar_of(store, job, agent), known, "text/calendar")


@router.get(PATH + "/{id}/report.html", responses=file("text/html"), response_class=Response)
def plan_report(job: PlanJob, store: TheStore, known: KnownETag = None) -> Response:
    """The report: forecast, requirement, roster and service on one page."""
    return tagged(*rendered(store, job, "html"), known, "text/html")
