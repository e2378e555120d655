from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.store.cabinets import LEASE, NOON, Note, claimed
from wfm.domain import NotFound, Refused
from wfm.store import MAX_ATTEMPTS, Claim, Leases, Problem, Standing, Store

LATER = NOON + 2 * LEASE


def test_the_oldest_job_is_claimed_first(store: Store, leases: Leases) -> None:
    for job, when in (("b", LATER), ("a", NOON)):
        store.submit(job, "plan", "tiny", Note(words=job), when)
    claims = [leases.claim("porter", LATER, LATER + LEASE) for _ in range(3)]
    assert [claim and claim.job for claim in claims] == ["a", "b", None]
    assert (store.job("a").state, store.job("a").started, store.job("a").attempt) == ("running", LATER, 1)


def test_a_job_is_claimed_by_one_worker_only(store: Store, leases: Leases) -> None:
    for number in range(5):
        store.submit(f"job{number}", "plan", "tiny", Note(words="x"), NOON)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda worker: leases.claim(f"porter{worker}", NOON, LATER), range(8)))
    assert sorted(claim.job for claim in claims if claim) == [f"job{number}" for number in range(5)]


def test_a_renewed_lease_keeps_others_away(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    leases.renew(claim, LATER + LEASE)
    assert leases.claim("other", LATER, LATER + LEASE) is None


def test_a_worker_that_lost_its_lease_cannot_write_any_more(store: Store, leases: Leases) -> None:
    stale = claimed(store, leases)
    fresh = leases.claim("other", LATER, LATER + LEASE)
    assert fresh == Claim(job="a", token=stale.token + 1)
    writes: tuple[Callable[[], None], ...] = (
        lambda: leases.renew(stale, LATER + LEASE),
        lambda: leases.report(stale, Standing(), LATER, Note(words="stale")),
        lambda: leases.finish(stale, "done", LATER, Note(words="stale")),
        lambda: leases.lost(stale, LATER, "why"),
        lambda: leases.release(stale, LATER, "why"),
    )
    for write in writes:
        with pytest.raises(Refused, match="no longer held"):
            write()
    assert leases.stop_requested(stale)
    with pytest.raises(NotFound):
        store.load(Note, Note(words="stale").digest())
    leases.finish(fresh, "done", LATER, Note(words="fresh"))
    assert store.job("a").result == Note(words="fresh").digest()


def test_a_job_is_published_once(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    leases.finish(claim, "done", NOON, Note(words="first"))
    with pytest.raises(Refused):
        leases.finish(claim, "done", NOON, Note(words="second"))
    assert store.job("a").result == Note(words="first").digest()
    assert [event.kind for event in store.events("a")].count("done") == 1


def test_the_newest_checkpoint_is_kept(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    with pytest.raises(NotFound):
        store.checkpoint("a")
    for words in ("good", "better"):
        leases.report(claim, Standing(phase="search"), NOON, Note(words=words))
    leases.report(claim, Standing(phase="proof"), NOON)
    assert Note.model_validate_json(store.checkpoint("a")) == Note(words="better")
    assert store.job("a").checkpoint == Note(words="better").digest()
    assert store.job("a").standing.phase == "proof"


def test_a_job_whose_worker_dies_is_tried_again_and_then_given_up(store: Store, leases: Leases) -> None:
    store.submit("a", "plan", "tiny", Note(words="x"), NOON)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        claim = leases.claim("porter", NOON, LATER)
        assert claim is not None
        leases.report(claim, Standing(), NOON, Note(words=f"best {attempt}"))
        leases.lost(claim, NOON, "It ended with signal 9.")
    job = store.job("a")
    assert (job.state, job.attempt) == ("failed", MAX_ATTEMPTS)
    assert job.problem is not None
    assert "3 times. It ended with signal 9." in job.problem.detail
    assert Note.model_validate_json(store.checkpoint("a")) == Note(words="best 3")


def test_a_lease_that_runs_out_too_often_ends_the_job_and_frees_the_next(store: Store, leases: Leases) -> None:
    claimed(store, leases)
    now = NOON
    for _ in range(MAX_ATTEMPTS - 1):
        now += 2 * LEASE
        assert leases.claim("porter", now, now + LEASE)
    store.submit("b", "plan", "tiny", Note(words="x"), NOON)
    now += 2 * LEASE
    assert leases.claim("porter", now, now + LEASE) == Claim(job="b", token=1)
    assert store.job("a").state == "failed"


def test_a_stopped_job_whose_worker_dies_is_not_tried_again(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    store.request_stop("a", NOON)
    leases.lost(claim, NOON, "It was killed.")
    job = store.job("a")
    assert job.state == "stopped"
    assert job.problem is not None
    assert "It was killed." in job.problem.detail


def test_a_released_job_waits_again_and_the_attempt_does_not_count(store: Store, leases: Leases) -> None:
    leases.release(claimed(store, leases), NOON, "The server shut down.")
    assert (store.job("a").state, store.job("a").attempt) == ("queued", 0)
    assert leases.claim("porter", NOON, LATER) == Claim(job="a", token=2)


def test_a_failed_job_says_why(store: Store, leases: Leases) -> None:
    problem = Problem(type="urn:wfm:problem:x", title="X", detail="because")
    leases.finish(claimed(store, leases), "failed", NOON, problem=problem)
    assert store.job("a").problem == problem
    assert store.events("a")[-1].words == "because"
