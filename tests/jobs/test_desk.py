from datetime import date

import pytest

from tests.store.cabinets import LEASE, NOON, Note, claimed
from wfm.domain import Roster, TimeGrid
from wfm.jobs import desk as desks
from wfm.jobs.desk import Desk
from wfm.schedule import Progress
from wfm.store import Leases, Standing, Store

GRID = TimeGrid.of_days(date(2026, 3, 2), 1, 60, "UTC")


def told(store: Store) -> list[str]:
    return [event.standing.phase for event in store.events("a") if event.kind == "progress"]


def test_news_of_a_solve_reach_the_store(store: Store, leases: Leases) -> None:
    desk = Desk(leases, claimed(store, leases))
    roster = Roster(grid=GRID, assignments=())
    desk.progress(Progress(phase="search", seconds=1.0, tier=2, best=10.0, bound=8.0, roster=roster))
    assert store.job("a").standing == Standing(phase="search", tier=2, best=10.0, bound=8.0, gap=0.2)
    assert store.checkpoint("a") == roster.model_dump_json()


def test_news_in_quick_succession_are_told_as_the_newest(
    store: Store, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(leases, claimed(store, leases))
    for number in range(1, 4):
        desk.take(Standing(phase=f"step {number}"), Note(words=f"best {number}") if number < 3 else None)
    assert told(store) == ["step 1"]
    monkeypatch.setattr(desks, "TELL_SECONDS", 0.0)
    assert not desk.stopping()
    assert told(store) == ["step 1", "step 3"]
    assert store.checkpoint("a") == Note(words="best 2").model_dump_json()


def test_the_word_to_stop_is_heard_and_remembered(store: Store, leases: Leases) -> None:
    desk = Desk(leases, claimed(store, leases))
    store.request_stop("a", NOON)
    assert desk.stopping()
    assert desk.stopping()


def test_who_lost_the_job_is_told_to_stop_and_tells_no_more(store: Store, leases: Leases) -> None:
    desk = Desk(leases, claimed(store, leases))
    assert leases.claim("other", NOON + 2 * LEASE, NOON + 3 * LEASE) is not None
    desk.take(Standing(phase="stale"), Note(words="stale"))
    assert desk.stopping()
    assert told(store) == []
