"""What handlers ask for: the store, the porter, a job by its id, and the headers that repeat themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request

from wfm.jobs import Porter
from wfm.store import Job, Store


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _porter(request: Request) -> Porter:
    porter: Porter = request.app.state.porter
    return porter


TheStore = Annotated[Store, Depends(_store)]
ThePorter = Annotated[Porter, Depends(_porter)]
JobId = Annotated[str, Path(alias="id", pattern="^[0-9A-Za-z_-]{1,80}$", description="The id that the POST gave.")]


def _plan_job(job: JobId, store: TheStore) -> Job:
    return store.job(job, "plan")


def _study_job(job: JobId, store: TheStore) -> Job:
    return store.job(job, "study")


PlanJob = Annotated[Job, Depends(_plan_job)]
StudyJob = Annotated[Job, Depends(_study_job)]
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=255, description="Same key and body: the same job again."),
]
KnownETag = Annotated[str | None, Header(alias="If-None-Match", description="The ETag that the client has already.")]
LastEventId = Annotated[
    int, Header(alias="Last-Event-ID", ge=0, le=2**31, description="Replay begins after this event.")
]
PageToken = Annotated[str | None, Query(max_length=200, description="The next_page_token of the page before.")]
PageSize = Annotated[int, Query(ge=1, le=200)]
