"""Layouts: what columns mean, by their headers, by their content, or as told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wfm.domain import InputError
from wfm.importers.layout import Layout
from wfm.importers.table import Table

Write = Callable[..., Path]


def layout(write: Write, header: str, *rows: str, **columns: str) -> Layout:
    return Layout.of(Table.open(write("\n".join([header, *rows]))), columns or None)


def test_a_queue_in_seconds_is_a_wait_and_a_queue_a_channel(write: Write) -> None:
    found = layout(write, "start,queue_s,queue", "2026-05-04 08:00:01,12,sales")
    assert dict(found.roles) == {"start": 0, "wait": 1, "channel": 2}


def test_numbers_without_a_role_may_be_counts_and_totals_never(write: Write) -> None:
    found = layout(write, "start,billing,notes,total", "2026-05-04 08:00,12,a,12", "2026-05-04 08:30,13,b,13")
    assert found.counts == (1,)
    assert found.on_grid


def test_odd_minutes_lie_on_no_grid(write: Write) -> None:
    assert not layout(write, "start,billing", "2026-05-04 08:00,12", "2026-05-04 08:07,13").on_grid


def test_a_clock_beside_a_date_completes_it(write: Write) -> None:
    found = layout(write, "date,time,calls", "2026-05-04,08:00,12")
    assert found.start_texts(found.table.sample()) == ["2026-05-04 08:00"]


def test_a_status_that_is_no_outcome_has_no_role(write: Write) -> None:
    assert "outcome" not in layout(write, "start,status", "2026-05-04 08:00:01,open").roles
    assert "outcome" in layout(write, "start,status", "2026-05-04 08:00:01,answered").roles


def test_what_is_told_overrules_what_is_guessed(write: Write) -> None:
    found = layout(write, "start,stop,calls", "2026-05-04 08:00,2026-05-04 08:30,12", start="stop")
    assert found.roles["start"] == 1


def test_units_come_from_the_header(write: Write) -> None:
    found = layout(write, "start,Wait time (in min)", "2026-05-04 08:00:01,2")
    assert found.duration("wait")("2") == 120


def test_without_a_time_the_columns_are_told(write: Write) -> None:
    with pytest.raises(InputError, match="the columns a, b"):
        layout(write, "a,b", "1,2")
