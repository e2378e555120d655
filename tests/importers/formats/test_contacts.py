"""Single contacts: what counts as offered, handle time without accidents, patience behind censoring."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from wfm.domain import InputError
from wfm.importers import read_history

Write = Callable[..., Path]
MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - a wall clock


def rows_of(count: int, cells: Callable[[int], str], seconds: int = 45) -> list[str]:
    return [f"{MONDAY + timedelta(hours=8, seconds=seconds * k)},{cells(k)}" for k in range(count)]


def test_outgoing_phantom_and_never_waited_contacts_are_not_offered(write: Write) -> None:
    ends = ["PS,5,AGENT,100", "PS,9,HANG,0", "PS,0,HANG,0", "PS,3,PHANTOM,0", "TT,0,AGENT,50"]
    imported = read_history(
        write("\n".join(["start,type,queue_s,outcome,service_s", *rows_of(1_000, lambda k: ends[k % 5])]))
    )
    history = imported.histories[0]
    assert np.nansum(history.counts()) == 400
    assert np.nansum(np.array(history.abandoned, dtype=float)) == 200
    assert np.nansum(np.array(history.handled, dtype=float)) == 200
    assert sum("200 of 1,000" in line for line in imported.findings) == 3


def test_handled_and_abandoned_add_up_to_offered(write: Write) -> None:
    draw = random.Random(3)
    rows = rows_of(2_000, lambda k: f"{draw.randrange(1, 60)},{draw.choice(['answered', 'abandoned'])},90")
    history = read_history(write("\n".join(["start,wait,outcome,service", *rows]))).histories[0]
    ended = np.array(history.handled, dtype=float) + np.array(history.abandoned, dtype=float)
    assert np.array_equal(ended, history.counts(), equal_nan=True)


def test_handle_time_leaves_out_zero_and_forgotten_values(write: Write) -> None:
    odd = {10: "0", 30: "90000"}
    rows = rows_of(600, lambda k: odd.get(k, "3:20"))
    imported = read_history(write("\n".join(["start,duration", *rows])))
    given = {value for value in imported.histories[0].aht_seconds if value is not None}
    assert given == {200.0}
    said = next(line for line in imported.inferred if "handle time" in line)
    assert "200 s" in said
    assert all(words in said for words in ("without 1 of zero", "1 over"))


def test_contacts_times_handle_time_is_all_the_time_that_they_took(write: Write) -> None:
    draw = random.Random(5)
    spent = [
        draw.choice([1, 2, 4]) if k % 12 == 0 else max(20, round(draw.lognormvariate(5, 0.8))) for k in range(2_400)
    ]
    imported = read_history(write("\n".join(["start,duration", *rows_of(2_400, lambda k: str(spent[k]))])))
    history = imported.histories[0]
    assert np.nansum(history.counts() * history.handle_times()) == pytest.approx(sum(spent))
    assert "with 200 under " in next(line for line in imported.inferred if "handle time" in line)


def test_censored_patience_recovers_the_mean_that_generated_it(write: Write) -> None:
    draw = random.Random(11)
    rows = []
    for k in range(20_000):
        patience, offered_wait = draw.expovariate(1 / 240), draw.expovariate(1 / 60)
        end = "HANG" if patience < offered_wait else "AGENT"
        rows.append(f"{MONDAY + timedelta(hours=8, seconds=3 * k)},{min(patience, offered_wait):.3f},{end}")
    channel = read_history(write("\n".join(["start,wait,outcome", *rows]))).channels[0]
    abandons = sum(row.endswith("HANG") for row in rows)
    assert channel.patience_seconds == pytest.approx(
        240, rel=3 / abandons**0.5
    )  # three standard errors of the estimate


def test_without_abandons_patience_stays_unknown_and_is_said(write: Write) -> None:
    imported = read_history(write("\n".join(["start,wait,outcome", *rows_of(500, lambda k: "9,answered")])))
    assert imported.channels[0].patience_seconds is None
    assert any("patience unknown" in line for line in imported.assumed)


def test_an_unknown_outcome_is_one_fault_for_all_its_rows(write: Write) -> None:
    rows = rows_of(300, lambda k: "9,bounced" if k in {40, 50} else "9,answered")
    with pytest.raises(InputError) as caught:
        read_history(write("\n".join(["start,wait,outcome", *rows])))
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(42, "outcome")]


def test_a_ticket_status_is_no_outcome(write: Write) -> None:
    rows = rows_of(500, lambda k: f"{['open', 'closed'][k % 2]}")
    imported = read_history(write("\n".join(["created_at,status", *rows]), "tickets.csv"))
    assert imported.format == "contacts"
    assert imported.channels[0].kind == "deferred"
    assert np.nansum(imported.histories[0].counts()) == 500


def test_contacts_of_two_queues_become_two_channels(write: Write) -> None:
    rows = rows_of(2_000, lambda k: f"{['Sales line', 'WhatsApp'][k % 2]},5,answered,60")
    imported = read_history(write("\n".join(["start,queue,wait,outcome,service", *rows])))
    assert [(channel.name, channel.kind) for channel in imported.channels] == [
        ("sales-line", "voice"),
        ("whatsapp", "chat"),
    ]


def test_the_order_of_rows_tells_the_second_pass_of_a_repeated_hour(write: Write) -> None:
    early = [f"2026-10-25 02:{minute:02d}:11,30" for minute in range(0, 60, 10)]
    late = [f"2026-10-25 02:{minute:02d}:22,30" for minute in range(0, 60, 5)]
    path = write("\n".join(["start,service", *early, *late]))
    history = read_history(path, zone="Europe/Madrid").histories[0]
    assert [history.offered[k] for k in (4, 5, 6, 7)] == [3.0, 3.0, 6.0, 6.0]


def test_february_at_the_small_bank_is_learned_as_its_source_tells(shared_data: Path) -> None:
    imported = read_history(shared_data / "calls/anonymous_bank_1999_02/calls.csv", zone="Asia/Jerusalem")
    channel, history = imported.channels[0], imported.histories[0]
    assert str(channel.opening) == "mon-thu 07:00-24:00, fri 07:00-14:00, sat 19:00-24:00, sun 07:00-24:00"
    assert channel.patience_seconds == pytest.approx(348, rel=0.005)
    assert (imported.format, history.grid.step_minutes) == ("contacts", 30)
    outside = 31_094 - 984 - 56 - np.nansum(history.counts())  # offered less outgoing; the rest came before opening
    assert 0 <= outside <= 35
    abandoned = np.nansum(np.array(history.abandoned, dtype=float)) / np.nansum(history.counts())
    assert abandoned == pytest.approx(0.129, abs=0.001)
    assert any("12.9% abandoned" in line for line in imported.findings)


def test_five_months_without_a_file_are_not_recorded_and_a_call_of_ten_days_is_no_handle_time(
    shared_data: Path,
) -> None:
    imported = read_history(shared_data / "history/smfr_911_2019/calls_events.csv", zone="America/Denver")
    history = imported.histories[0]
    hole = history.grid.within(date(2019, 6, 16), date(2019, 11, 22))
    assert imported.channels[0].opening.is_always
    assert set(history.offered[hole]) == {None}
    assert np.nansum(history.counts()) == 12_968
    weights = history.counts()
    mean = np.nansum(weights * history.handle_times()) / np.nansum(
        np.where(np.isnan(history.handle_times()), 0, weights)
    )
    assert mean == pytest.approx(31, abs=1)


def test_tickets_count_when_they_came_and_those_not_done_are_a_backlog(write: Write) -> None:
    came = [datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(hours=7 * k) for k in range(100)]
    done = [
        f"{moment + timedelta(days=4):%Y-%m-%d %H:%M}" if k not in (40, 98, 99) else "" for k, moment in enumerate(came)
    ]
    rows = [f"{moment:%Y-%m-%d %H:%M},{end},incidents" for moment, end in zip(came, done, strict=True)]
    imported = read_history(write("\n".join(["created at,closed at,queue", *rows])), zone="UTC")
    assert np.nansum(imported.histories[0].counts()) == 100
    assert [one.came for one in imported.waiting[0]] == [came[40], came[98], came[99]]
    assert any("3 contacts are not done when the file ends on 2026-03-31 05:00" in line for line in imported.findings)


def test_a_file_that_never_tells_when_contacts_were_done_has_no_backlog(write: Write) -> None:
    rows = [f"2026-03-02 08:{k:02},,incidents" for k in range(60)]
    assert read_history(write("\n".join(["created at,closed at,queue", *rows])), zone="UTC").waiting == ()
