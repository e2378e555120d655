"""Moments to pass in and small documents to file, for processes of their own too: without pytest."""

from datetime import UTC, datetime, timedelta

from wfm.domain import Noun
from wfm.store import Claim, Leases, Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)


class Note(Noun):
    """A document that says what it is told."""

    words: str


def claimed(store: Store, leases: Leases, job: str = "a", now: datetime = NOON) -> Claim:
    """Queue a job and claim it."""
    store.submit(job, "plan", "tiny", Note(words=job), now)
    claim = leases.claim("porter", now, now + LEASE)
    assert claim is not None
    assert claim.job == job
    return claim
