import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.cabinets import Note
from wfm.jobs import JobLimits, Porter
from wfm.jobs.child import LOST
from wfm.jobs.clock import now
from wfm.jobs.order import Order
from wfm.store import MAX_ATTEMPTS, Job, Leases, Store

PATIENCE_SECONDS = 60
QUICK = JobLimits(lease_seconds=2, grace_seconds=0.5, poll_seconds=0.05)


class Office:
    """A store, and porters whose children do what a request says."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.pid_file = store, folder / "pid"
        self.url = str(store.database.engine.url)
        self.command = (sys.executable, "-m", "tests.jobs.misbehaving", str(self.pid_file))

    def porter(self, limits: JobLimits = QUICK) -> Porter:
        return Porter(self.url, self.store, limits, self.command)

    def submit(self, words: str) -> None:
        self.store.submit(words, "plan", "tiny", Note(words=words), now())

    def until(self, job: str, ready: Callable[[Job], bool]) -> Job:
        """The job as soon as it is ready."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not ready(found := self.store.job(job)):
            assert time.monotonic() < deadline, found
            time.sleep(0.02)
        return found

    def end(self, job: str) -> Job:
        return self.until(job, lambda found: found.final)

    def kill(self) -> None:
        os.kill(int(self.pid_file.read_text(encoding="utf-8")), signal.SIGKILL)


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def kinds(store: Store, job: str) -> list[str]:
    return [event.kind for event in store.events(job)]


def test_jobs_are_worked_off_one_after_the_other(office: Office) -> None:
    with office.porter():
        office.submit("short:1")
        office.submit("short:2")
        first, second = office.end("short:1"), office.end("short:2")
    assert first.state == second.state == "done"
    assert first.result == Note(words="best 3").digest()
    assert first.finished is not None
    assert second.started is not None
    assert first.finished <= second.started
    assert kinds(office.store, "short:1")[-1] == "done"


def test_a_stopped_job_hands_over_its_best(office: Office) -> None:
    with office.porter() as porter:
        office.submit("long")
        office.until("long", lambda job: job.checkpoint is not None)
        porter.stop("long")
        job = office.end("long")
    assert (job.state, job.problem) == ("stopped", None)
    assert job.result is not None
    assert office.store.load(Note, job.result).words.startswith("best ")
    assert job.standing.phase == "counted"


def test_a_job_that_will_not_stop_is_killed_and_its_best_kept(office: Office) -> None:
    with office.porter() as porter:
        office.submit("deaf")
        office.until("deaf", lambda job: job.checkpoint is not None)
        porter.stop("deaf")
        job = office.end("deaf")
    assert (job.state, job.result) == ("stopped", None)
    assert job.problem is not None
    assert "SIGKILL" in job.problem.detail
    assert "best" in office.store.checkpoint("deaf")


def test_a_job_that_takes_too_long_is_stopped_and_its_best_kept(office: Office) -> None:
    with office.porter(QUICK.varied(wall_seconds=2.0, grace_seconds=30.0)):
        office.submit("long")
        job = office.end("long")
    assert (job.state, job.result is None) == ("stopped", False)
    assert "took longer than 2 s" in next(e.words for e in office.store.events("long") if e.kind == "stopping")


@pytest.mark.skipif(sys.platform != "linux", reason="absent: a bound on the memory of a process")
def test_a_memory_hog_fails_and_its_best_is_kept(office: Office) -> None:
    with office.porter(QUICK.varied(memory_bytes=2**32)):
        office.submit("hog")
        job = office.end("hog")
    assert (job.state, job.attempt) == ("failed", 1)
    assert job.problem is not None
    assert job.problem.type == "urn:wfm:problem:memory"
    assert "best" in office.store.checkpoint("hog")


def test_a_child_killed_in_mid_job_is_replaced_and_publishes_once(office: Office) -> None:
    moments = random.Random(1)
    with office.porter():
        office.submit("long")
        for _ in range(MAX_ATTEMPTS - 1):
            office.until("long", lambda _: kinds(office.store, "long")[-1] == "progress")
            time.sleep(moments.random())
            office.kill()
            office.until("long", lambda _: kinds(office.store, "long")[-1] != "progress")
        office.until("long", lambda _: kinds(office.store, "long")[-1] == "progress")
        office.store.request_stop("long", now())
        job = office.end("long")
    assert (job.state, job.attempt) == ("stopped", MAX_ATTEMPTS)
    assert job.result is not None
    assert kinds(office.store, "long").count("done") == 1
    retried = [event.words for event in office.store.events("long") if event.kind == "retried"]
    assert retried == ["It was ended by SIGKILL."] * 2


@pytest.mark.slow
def test_a_job_that_always_crashes_fails_after_three_attempts_with_its_best_kept(office: Office) -> None:
    with office.porter():
        office.submit("crash")
        job = office.end("crash")
    assert (job.state, job.attempt) == ("failed", 3)
    assert job.problem is not None
    assert "exit code 9" in job.problem.detail
    assert "best" in office.store.checkpoint("crash")


def test_a_job_survives_the_restart_of_its_server(office: Office) -> None:
    with office.porter():
        office.submit("long")
        office.until("long", lambda job: job.checkpoint is not None)
    waiting = office.store.job("long")
    assert (waiting.state, waiting.attempt) == ("queued", 0)
    with office.porter() as porter:
        office.until("long", lambda job: job.state == "running")
        porter.stop("long")
        assert office.end("long").state == "stopped"


def test_a_job_whose_server_was_lost_is_taken_up_when_its_lease_runs_out(office: Office) -> None:
    office.submit("short")
    before = now() - timedelta(seconds=60)
    lost = Leases(office.store.database).claim("a server that is gone", before, before + timedelta(seconds=30))
    assert lost is not None
    with office.porter():
        job = office.end("short")
    assert (job.state, job.attempt) == ("done", 2)


def test_a_child_ends_with_its_server(office: Office) -> None:
    office.submit("long")
    claim = Leases(office.store.database).claim("server", now(), now() + timedelta(seconds=60))
    assert claim is not None
    with subprocess.Popen(office.command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(Order(url=office.url, claim=claim).model_dump_json().encode() + b"\n")
        process.stdin.flush()
        office.until("long", lambda job: job.checkpoint is not None)
        process.stdin.close()  # as the system does when the server dies
        assert process.wait(10) == LOST
