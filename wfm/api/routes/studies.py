"""Studies: submit a scenario with variants, follow their runs, fetch the comparison, stop and keep what is finished."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from wfm.api.answers import JobPage, accepted, events, page, tagged
from wfm.api.deps import Key, KnownETag, LastEventId, PageSize, PageToken, StudyJob, ThePorter, TheStore
from wfm.api.documents import body, file
from wfm.api.requests import DOCUMENTS, StudyRequest
from wfm.api.results import best_of, compared
from wfm.api.upload import Upload, upload_of
from wfm.report import study_csv, study_html
from wfm.store import Job
from wfm.study import StudyResult, read_study

PATH = "/v1/studies"
router = APIRouter(tags=["studies"])


@router.post(PATH, status_code=202, response_model=Job, openapi_extra=body(StudyRequest))
def submit_study(
    upload: Annotated[Upload, Depends(upload_of(StudyRequest))], porter: ThePorter, key: Key = None
) -> Response:
    """Queue a study of a scenario."""
    study = upload.read(read_study, DOCUMENTS["study"])
    return accepted(porter.submit(study, key), PATH)


@router.get(PATH)
def list_studies(store: TheStore, page_token: PageToken = None, page_size: PageSize = 50) -> JobPage:
    """Studies, newest first."""
    return page(store, "study", page_size, page_token)


@router.get(PATH + "/{id}", response_model=Job)
def study_status(job: StudyJob, known: KnownETag = None) -> Response:
    """The state of a study and how many of its variants are finished."""
    return tagged(job.model_dump_json(), job.digest(), known)


@router.post(PATH + "/{id}/stop")
def stop_study(job: StudyJob, porter: ThePorter) -> Job:
    """Stop after the variant that runs and keep what is finished; does nothing where the study has ended."""
    return porter.stop(job.id)


@router.get(PATH + "/{id}/events", response_class=EventSourceResponse)
async def study_events(job: StudyJob, store: TheStore, last: LastEventId = 0) -> AsyncIterator[ServerSentEvent]:
    """What happens to the study, as server-sent events; the last is ``done``."""
    async for event in events(store, job.id, last):
        yield event


@router.get(PATH + "/{id}/result", response_model=StudyResult)
def study_result(job: StudyJob, store: TheStore, known: KnownETag = None) -> Response:
    """The comparison of the variants; of those finished so far while the study goes on."""
    return tagged(*best_of(store, job, StudyResult), known)


@router.get(PATH + "/{id}/result.csv", responses=file("text/csv"), response_class=Response)
def study_table(job: StudyJob, store: TheStore, known: KnownETag = None) -> Response:
    """The comparison as a table, one row a variant."""
    return tagged(*compared(store, job, study_csv), known, "text/csv")


@router.get(PATH + "/{id}/report.html", responses=file("text/html"), response_class=Response)
def study_report(job: StudyJob, store: TheStore, known: KnownETag = None) -> Response:
    """The comparison on one page."""
    return tagged(*compared(store, job, study_html), known, "text/html")
