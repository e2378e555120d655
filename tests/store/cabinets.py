"""A filing cabinet in a temporary folder, moments to pass in, and small documents to file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wfm.domain import Noun
from wfm.store import Claim, Leases, Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)


class Note(Noun):
    """A document that says what it is told."""

    words: str


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store in a file of its own."""
    cabinet = Store.open(f"sqlite:///{tmp_path}/wfm.sqlite")
    yield cabinet
    cabinet.close()


@pytest.fixture
def leases(store: Store) -> Leases:
    """Return the same store as a worker sees it."""
    return Leases(store.database)


def claimed(store: Store, leases: Leases, job: str = "a", now: datetime = NOON) -> Claim:
    """Queue a job and claim it."""
    store.submit(job, "plan", "tiny", Note(words=job), now)
    claim = leases.claim("porter", now, now + LEASE)
    assert claim is not None
    assert claim.job == job
    return claim
