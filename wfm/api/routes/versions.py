"""What happens to the roster of a plan: who can take a shift, what differs, and versions that are published."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from wfm.api.answers import tagged
from wfm.api.deps import KnownETag, PlanJob, TheStore
from wfm.api.requests import PublishRequest
from wfm.api.results import differences_of, published, recommended
from wfm.jobs import now
from wfm.study import CellChange, Cover, Published

router = APIRouter(tags=["rosters"])
DIGEST = "^[0-9a-f]{64}$"
Digest = Annotated[str, Path(pattern=DIGEST, description="The digest of a published version.")]


@router.get("/v1/plans/{id}/recommendations", response_model=Cover)
def plan_recommendations(
    job: PlanJob,
    store: TheStore,
    agent: Annotated[str, Query(max_length=80, description="Whose shift needs somebody else.")],
    day: Annotated[date, Query(alias="date", description="Local date on which the shift starts.")],
    known: KnownETag = None,
) -> Response:
    """Who can take a shift, the best first, and why others cannot."""
    return tagged(*recommended(store, job, agent, day), known)


@router.get("/v1/plans/{id}/diff")
def plan_diff(
    job: PlanJob,
    store: TheStore,
    against: Annotated[str, Query(max_length=80, description="Id of another plan, or digest of a published version.")],
) -> tuple[CellChange, ...]:
    """Every cell in which the roster differs from the one that it is held against: who must be told what."""
    return differences_of(store, job, against)


@router.post("/v1/plans/{id}/publish", status_code=201, response_model=Published)
def publish_plan(job: PlanJob, store: TheStore, asked: PublishRequest) -> Response:
    """Seal the roster as a version that never changes; ``after`` is the digest of the version that it follows."""
    version = published(store, job, asked, now())
    location = f"/v1/versions/{version.digest()}"
    return Response(version.model_dump_json(), 201, {"Location": location}, media_type="application/json")


@router.get("/v1/versions/{digest}", response_model=Published)
def get_version(digest: Digest, store: TheStore, known: KnownETag = None) -> Response:
    """A published version."""
    return tagged(store.text(digest, "Published"), digest, known)
