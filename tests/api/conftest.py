"""Two servers for the API's tests: one that works, with a plan and a study done, and one whose jobs wait for ever."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from wfm.api import Settings, create_app, examples
from wfm.jobs import JobLimits, Porter
from wfm.store import Store

PATIENCE_SECONDS = 120


def ended(client: TestClient, location: str) -> dict[str, Any]:
    """Return the job at a location when nothing more will happen to it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (job := client.get(location).json())["state"] in {"queued", "running"}:
        assert time.monotonic() < deadline, job
        time.sleep(0.1)
    assert isinstance(job, dict)
    return job


@pytest.fixture(scope="session")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a server that works off its jobs."""
    database = f"sqlite:///{tmp_path_factory.mktemp('working')}/wfm.sqlite"
    limits = JobLimits(poll_seconds=0.05, lease_seconds=10)
    with TestClient(create_app(Settings(database=database, jobs=limits)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def plan(working: TestClient) -> str:
    """Return the location of the plan of the documentation's example, done."""
    answer = working.post("/v1/plans", json=examples.PLAN)
    assert answer.status_code == 202, answer.text
    location = str(answer.headers["Location"])
    job = ended(working, location)
    assert job["state"] == "done", job
    return location


@pytest.fixture(scope="session")
def study(working: TestClient) -> str:
    """Return the location of the study of the documentation's example, done."""
    answer = working.post("/v1/studies", json=examples.STUDY)
    assert answer.status_code == 202, answer.text
    location = str(answer.headers["Location"])
    job = ended(working, location)
    assert job["state"] == "done", job
    return location


def idle_app(folder: Path, settings: Settings) -> Iterator[FastAPI]:
    """Yield an application whose porter never begins to work."""
    settings = settings.varied(database=f"sqlite:///{folder}/wfm.sqlite")
    with closing(Store.open(settings.database)) as store:
        app = create_app(settings)
        app.state.store, app.state.porter = store, Porter(settings.database, store, settings.jobs)
        yield app


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of a server whose jobs wait for ever, three at most, and which takes small requests only."""
    settings = Settings(upload_bytes=20_000, body_bytes=4_096, jobs=JobLimits(queue=3))
    for app in idle_app(tmp_path, settings):
        yield TestClient(app, raise_server_exceptions=False)
