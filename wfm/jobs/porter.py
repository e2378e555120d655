"""The porter: takes requests for long work, has them worked off one by one, and carries word between the two."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
from collections.abc import Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import Self

from wfm.jobs.attend import attend
from wfm.jobs.clock import now
from wfm.jobs.limits import JobLimits
from wfm.store import Claim, Job, JobKind, Leases, Store
from wfm.study import Scenario, Study

LOG = logging.getLogger("wfm.jobs")
CHILD = (sys.executable, "-P", "-m", "wfm.jobs.child")
DEFAULT_LIMITS = JobLimits()


class Porter:
    """Works off the jobs of one store, each in a process of its own, as long as it is open; several porters may share a store."""

    def __init__(
        self, url: str, store: Store, limits: JobLimits = DEFAULT_LIMITS, command: Sequence[str] = CHILD
    ) -> None:
        self._url, self._store, self._limits, self._command = url, store, limits, command
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._closing, self._wake = Event(), Event()
        self._threads = [Thread(target=self._run, name=f"porter-{number}") for number in range(limits.workers)]

    def __enter__(self) -> Self:
        """Begin to work."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop working: a job that runs is put back into the queue."""
        self._closing.set()
        self._wake.set()
        for thread in self._threads:
            thread.join()

    def submit(self, request: Scenario | Study, key: str | None = None) -> Job:
        """Queue a plan of a scenario, or a study.

        The same ``key`` gives the job it gave before; raises InputError where it came with another request, QueueFull where no
        more may wait.
        """
        kind: JobKind = "plan" if isinstance(request, Scenario) else "study"
        job = self._store.submit(
            secrets.token_hex(12), kind, request.name, request, now(), key=key, queue_limit=self._limits.queue
        )
        self._wake.set()
        return job

    def stop(self, job: str) -> Job:
        """Ask a job to stop and keep its best."""
        return self._store.request_stop(job, now(), "A person asked.")

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                claim = self._claim()
                if claim is not None:
                    attend(self._store, self._url, claim, self._limits, self._command, self._closing)
                    continue
            except Exception:
                LOG.exception("the porter met an error; the job's lease runs out and it is tried again")
            self._wake.wait(self._limits.poll_seconds)
            self._wake.clear()

    def _claim(self) -> Claim | None:
        until = now() + timedelta(seconds=self._limits.lease_seconds)
        return Leases(self._store.database).claim(self._owner, now(), until)
