"""wfm's own history file: taken literally, and never losing what it was given."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.domain import ContactHistory, InputError, TimeGrid
from wfm.importers import read_history, write_history

Write = Callable[..., Path]
ZONES = st.sampled_from(["Europe/Madrid", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"])
count = st.integers(0, 500).map(float) | st.floats(0, 1e6)


@st.composite
def histories(draw: st.DrawFn, grid: TimeGrid) -> ContactHistory:
    is_open = draw(st.lists(st.booleans(), min_size=grid.count, max_size=grid.count).map(tuple))
    offered = tuple(draw(st.none() | count) if one else None for one in is_open)
    rows: dict[str, tuple[float | None, ...]] = {"aht_seconds": (), "handled": (), "abandoned": ()}
    for name in draw(st.sets(st.sampled_from(sorted(rows)))):
        values = tuple(None if one is None else draw(count) for one in offered)
        rows[name] = values if any(value is not None for value in values) else ()
    name = draw(st.sampled_from(["phone", "Phone_2", "chat.es", "2nd-level"]))
    return ContactHistory(channel=name, grid=grid, offered=offered, open=is_open, **rows)


@st.composite
def sets_of_histories(draw: st.DrawFn) -> tuple[ContactHistory, ...]:
    step, zone = draw(st.sampled_from([15, 30, 60])), draw(ZONES)
    day = draw(st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2018, 11, 3)]))
    grid = TimeGrid.of_days(day, 2, step, zone).part(  # type: ignore[arg-type]
        slice(draw(st.integers(0, 3)), draw(st.integers(6, 40)))
    )
    many = draw(st.lists(histories(grid), min_size=1, max_size=3, unique_by=lambda history: history.channel))
    return tuple(many)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_histories=sets_of_histories())
def test_histories_survive_writing_and_reading(given_histories: tuple[ContactHistory, ...], tmp_path: Path) -> None:
    write_history(given_histories, tmp_path / "history.csv")
    assert read_history(tmp_path / "history.csv", zone=given_histories[0].grid.zone).histories == given_histories


def test_closed_nothing_and_zero_are_three_different_things(write: Write) -> None:
    rows = [
        "start,channel,offered",
        *(
            f"2026-05-04T08:{m:02d}Z,phone,{word}"
            for m, word in zip((0, 15, 30, 45), ("closed", "", 0, 7), strict=True)
        ),
    ]
    history = read_history(write("\n".join(rows)), zone="UTC").histories[0]
    assert history.offered == (None, None, 0.0, 7.0)
    assert history.open == (False, True, True, True)


def test_a_step_without_a_row_is_closed_and_days_are_whole(write: Write) -> None:
    rows = [f"2026-05-{day:02d}T{hour:02d}:00+02:00,phone,5,180" for day in (4, 5) for hour in range(8, 20)]
    imported = read_history(write("\n".join(["start,channel,offered,aht_seconds", *rows])), zone="Europe/Madrid")
    history = imported.histories[0]
    assert history.grid == TimeGrid.of_days(date(2026, 5, 4), 2, 60, "Europe/Madrid")
    assert history.open_mask().sum() == 24
    assert str(imported.channels[0].opening) == "mon-tue 08:00-20:00"


def test_a_coarser_step_adds_contacts_and_weighs_handle_times(write: Write) -> None:
    rows = ["start,channel,offered,aht_seconds", "2026-05-04T00:00Z,phone,10,100", "2026-05-04T00:30Z,phone,30,200"]
    rows += [f"2026-05-04T{half // 2:02d}:{half % 2 * 30:02d}Z,phone,1,60" for half in range(2, 48)]
    history = read_history(write("\n".join(rows)), zone="UTC", step_minutes=60).histories[0]
    assert (history.offered[0], history.aht_seconds[0]) == (40.0, 175.0)
    assert np.nansum(history.counts()) == 86


def test_a_channel_that_is_no_name_is_a_fault_on_its_first_line(write: Write) -> None:
    path = write("start,channel,offered\n2026-05-04T00:00Z,phone,1\n2026-05-04T00:00Z,web chat,1\n")
    with pytest.raises(InputError, match=r"file.csv:3: channel: expected a name of letters"):
        read_history(path, zone="UTC")


def test_handle_times_may_be_missing_where_nobody_called(write: Write) -> None:
    rows = ["start,channel,offered,aht_seconds", "2026-05-04T00:00Z,phone,0,", "2026-05-04T00:30Z,phone,2,60"]
    assert read_history(write("\n".join(rows)), zone="UTC").histories[0].aht_seconds == (None, 60.0)
