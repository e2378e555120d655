from collections.abc import Callable

import pytest

from tests.store.cabinets import LEASE, NOON, Note, claimed
from wfm.domain import Fault, InputError, NotFound, Refused
from wfm.jobs.desk import Desk
from wfm.jobs.work import WORK, Done, work
from wfm.store import Job, Leases, Standing, Store

END = Standing(phase="proved", tier=1, best=3.0, bound=3.0, gap=0.0)
Deed = Callable[[Store, Job, Desk], Done]


def raising(error: Exception) -> Deed:
    def deed(store: Store, job: Job, desk: Desk) -> Done:
        raise error

    return deed


def test_what_was_worked_out_is_published(store: Store, leases: Leases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WORK, "plan", lambda store, job, desk: (store.load(Note, job.request), END))
    work(store, claimed(store, leases))
    job = store.job("a")
    assert (job.state, job.result, job.standing) == ("done", job.request, END)


def test_an_error_in_the_request_is_told_with_its_place(
    store: Store, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault("a history", "none", file="history.csv", line=3)
    monkeypatch.setitem(WORK, "plan", raising(InputError([fault])))
    work(store, claimed(store, leases))
    job = store.job("a")
    assert job.state == "failed"
    assert job.problem is not None
    assert (job.problem.errors[0].file, job.problem.errors[0].line) == ("history.csv", 3)


@pytest.mark.parametrize(("error", "word"), [(ZeroDivisionError("a secret"), "internal"), (MemoryError(), "memory")])
def test_an_error_of_wfm_is_told_without_its_secrets(
    store: Store, leases: Leases, monkeypatch: pytest.MonkeyPatch, error: Exception, word: str
) -> None:
    monkeypatch.setitem(WORK, "plan", raising(error))
    work(store, claimed(store, leases))
    job = store.job("a")
    assert job.state == "failed"
    assert job.problem is not None
    assert job.problem.type == f"urn:wfm:problem:{word}"
    assert "secret" not in job.model_dump_json()


def test_a_worker_that_lost_its_job_publishes_nothing(
    store: Store, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WORK, "plan", lambda store, job, desk: (Note(words="stale"), END))
    stale = claimed(store, leases)
    assert leases.claim("other", NOON + 2 * LEASE, NOON + 3 * LEASE) is not None
    with pytest.raises(Refused, match="no longer held"):
        work(store, stale)
    assert store.job("a").state == "running"
    with pytest.raises(NotFound):
        store.load(Note, Note(words="stale").digest())
