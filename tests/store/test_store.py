from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.store.cabinets import NOON, Note, claimed
from wfm.domain import InputError, NotFound
from wfm.store import Leases, QueueFull, Standing, Store


def test_a_document_comes_back_equal_under_its_digest(store: Store) -> None:
    note = Note(words="é \N{GRINNING FACE} \x00")
    assert store.save(note, NOON) == note.digest()
    assert store.save(note, NOON) == note.digest()
    assert store.load(Note, note.digest()) == note


def test_a_document_of_another_kind_is_not_found(store: Store) -> None:
    digest = store.save(Note(words="x"), NOON)
    with pytest.raises(NotFound, match="no Plan"):
        store.text(digest, "Plan")


def test_a_submitted_job_waits_with_its_request(store: Store) -> None:
    job = store.submit("a", "plan", "tiny", Note(words="x"), NOON)
    assert (job.state, job.created, job.attempt, job.final) == ("queued", NOON, 0, False)
    assert store.load(Note, job.request) == Note(words="x")
    assert store.job("a", "plan") == job
    assert [event.kind for event in store.events("a")] == ["queued"]


@pytest.mark.parametrize(("job", "kind"), [("b", None), ("a", "study")])
def test_an_unknown_job_is_not_found(store: Store, job: str, kind: None) -> None:
    store.submit("a", "plan", "tiny", Note(words="x"), NOON)
    with pytest.raises(NotFound):
        store.job(job, kind)


def test_the_same_key_gives_the_same_job(store: Store) -> None:
    first = store.submit("a", "plan", "tiny", Note(words="x"), NOON, key="k")
    assert store.submit("b", "plan", "tiny", Note(words="x"), NOON, key="k", queue_limit=1) == first
    assert [job.id for job in store.jobs("plan", 10)] == ["a"]


@pytest.mark.parametrize(("kind", "words"), [("plan", "y"), ("study", "x")])
def test_the_same_key_for_another_request_is_refused(store: Store, kind: str, words: str) -> None:
    store.submit("a", "plan", "tiny", Note(words="x"), NOON, key="k")
    with pytest.raises(InputError, match="Idempotency-Key"):
        store.submit("b", kind, "tiny", Note(words=words), NOON, key="k")  # type: ignore[arg-type]


def test_a_double_submit_at_the_same_moment_gives_one_job(store: Store) -> None:
    def submit(number: int) -> str:
        return store.submit(f"job{number}", "plan", "tiny", Note(words="x"), NOON, key="k").id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(submit, range(16)))) == 1
    assert len(store.jobs("plan", 100)) == 1


def test_a_full_queue_refuses_and_files_nothing(store: Store) -> None:
    store.submit("a", "plan", "tiny", Note(words="x"), NOON, queue_limit=1)
    with pytest.raises(QueueFull, match="1 jobs wait"):
        store.submit("b", "plan", "tiny", Note(words="y"), NOON, queue_limit=1)
    with pytest.raises(NotFound):
        store.load(Note, Note(words="y").digest())


def test_pages_meet_without_gap_or_overlap(store: Store) -> None:
    for number in range(7):
        when = NOON + timedelta(seconds=number // 3)  # some share a moment: the id decides
        store.submit(f"job{number}", "plan", "tiny", Note(words="x"), when)
    seen: list[str] = []
    before = None
    while page := store.jobs("plan", 2, before):
        seen += [job.id for job in page]
        before = (page[-1].created, page[-1].id)
    assert seen == [f"job{number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    assert store.jobs("study", 2) == []


def test_a_waiting_job_stops_at_once(store: Store, leases: Leases) -> None:
    store.submit("a", "plan", "tiny", Note(words="x"), NOON)
    job = store.request_stop("a", NOON)
    assert (job.state, job.finished) == ("stopped", NOON)
    assert leases.claim("porter", NOON, NOON) is None


def test_a_running_job_is_asked_to_stop_once(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    assert not leases.stop_requested(claim)
    store.request_stop("a", NOON)
    job = store.request_stop("a", NOON)
    assert (job.state, job.stop_requested) == ("running", True)
    assert leases.stop_requested(claim)
    assert [event.kind for event in store.events("a")] == ["queued", "started", "stopping"]


def test_a_job_that_has_ended_stays_as_it_is(store: Store, leases: Leases) -> None:
    leases.finish(claimed(store, leases), "done", NOON)
    before = store.job("a")
    assert store.request_stop("a", NOON) == before
    assert store.job("a") == before


def test_events_replay_from_any_number(store: Store, leases: Leases) -> None:
    claim = claimed(store, leases)
    for best in (3.0, 2.0):
        leases.report(claim, Standing(phase="search", tier=1, best=best, bound=1.0, gap=0.5), NOON)
    leases.finish(claim, "done", NOON)
    assert [event.id for event in store.events("a")] == [1, 2, 3, 4, 5]
    assert [(event.id, event.kind) for event in store.events("a", after=3)] == [(4, "progress"), (5, "done")]
    assert store.events("a")[3].standing.best == 2.0
    assert store.events("a", after=5) == []
