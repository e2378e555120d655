"""What the porter hands to the process of a job."""

from __future__ import annotations

from wfm.domain import Noun
from wfm.store import Claim


class Order(Noun):
    """All that a job's process gets: where the database is, what it may work on, and how much memory it may take."""

    url: str
    claim: Claim
    memory_bytes: int | None = None
