"""Puts the application together: routes, limits, errors, and the porter for as long as the server runs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from fastapi import FastAPI

import wfm
from wfm.api.body_limit import BodyLimit
from wfm.api.documents import describe
from wfm.api.errors import answer_errors
from wfm.api.routes import ROUTERS, plans, studies
from wfm.api.settings import Settings
from wfm.jobs import Porter
from wfm.store import Store

DESCRIPTION = """Contact history in, a roster and what it will do to service out.

Long work is queued: POST answers 202 with an id, GET tells how good the best is, stop keeps it. Errors are problems (RFC 9457)."""
UPLOADS = frozenset({plans.PATH, studies.PATH, "/v1/forecasts"})


def app() -> FastAPI:
    """The application with settings from the environment, for ``uvicorn wfm.api:app --factory``."""
    return create_app(Settings.from_environment(os.environ))


def create_app(settings: Settings) -> FastAPI:
    """The application. Its store is opened, and its porter works, from start-up to shutdown."""
    application = FastAPI(
        title="wfm",
        version=wfm.__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        generate_unique_id_function=lambda route: route.name,
        redoc_url=None,
        docs_url=None,  # the pages of FastAPI load scripts from elsewhere
        openapi_url="/v1/openapi.json",
    )
    application.state.settings = settings
    application.add_middleware(
        BodyLimit, upload_paths=UPLOADS, upload_bytes=settings.upload_bytes, body_bytes=settings.body_bytes
    )
    for router in ROUTERS:
        application.include_router(router)
    answer_errors(application)
    describe(application)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    settings: Settings = application.state.settings
    with closing(Store.open(settings.database)) as store, Porter(settings.database, store, settings.jobs) as porter:
        application.state.store, application.state.porter = store, porter
        yield
