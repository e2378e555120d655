"""A roster survives being written and read, and an edited one is read or refused with every fault in its place."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.report.tiny_plan import GRID, SATURDAY, roster, scenario
from wfm.domain import Activity, Assignment, InputError, Roster, Shift
from wfm.domain.time import local
from wfm.report import read_roster_csv, roster_csv

SCENARIO = scenario()
HEADER = "agent,date,shift,start,end,paid_minutes,breaks\n"


def read(folder: Path, text: str | bytes) -> Roster:
    file = folder / "roster.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_roster_csv(file, SCENARIO)


def refused(folder: Path, row: str) -> list[tuple[int | None, str]]:
    """Line and column of each fault of a file with one good row and this one."""
    good = "anna,2026-10-24,day,2026-10-24T08:00+02:00,2026-10-24T16:30+02:00,480,\n"
    with pytest.raises(InputError) as caught:
        read(folder, HEADER + good + row + "\n")
    return [(fault.line, fault.column) for fault in caught.value.faults]


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    """A shift of at most a day anywhere in the horizon, to the minute, with activities in order."""
    start = GRID.start + timedelta(minutes=draw(st.integers(0, 73 * 60 - 1)))
    minutes = draw(st.integers(1, 1_440))
    cuts = sorted(draw(st.lists(st.integers(0, minutes), max_size=6, unique=True)))
    kinds = st.sampled_from(["break", "meeting", "training", "coaching", "role", "on_call"])
    whats = st.none() | st.sampled_from(["sme", "chat-basics", "role", "2nd.level_1"])
    activities = tuple(
        Activity.model_validate(
            {
                "kind": draw(kinds),
                "what": draw(whats),
                "start": start + timedelta(minutes=a),
                "end": start + timedelta(minutes=b),
                "paid": draw(st.booleans()),
            }
        )
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    end = start + timedelta(minutes=minutes)
    return Shift(
        template=draw(st.sampled_from(["day", "night"])),
        day=local(start, GRID.zone).date(),
        start=start,
        end=end,
        activities=activities,
    )


ROSTERS = st.lists(st.builds(Assignment, agent=st.sampled_from(["anna", "berta", "chloe"]), shift=shifts()), max_size=6)


@given(rows=ROSTERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_roster_is_read_as_it_was_written(tmp_path: Path, rows: list[Assignment]) -> None:
    written = Roster.of(GRID, rows)
    assert read(tmp_path, roster_csv(written)) == written


def test_the_night_of_the_change_of_clocks_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = roster()
    assert "02:00+02:00-02:30+02:00 unpaid" in roster_csv(written).decode()
    assert read(tmp_path, roster_csv(written)).assignments == written.assignments


def test_what_a_spreadsheet_makes_of_the_file_is_read_too(tmp_path: Path) -> None:
    edited = (
        "\ufeff" + HEADER.replace(",", ";") + "anna;2026-10-25;day;2026-10-25 09:00;2026-10-25 17:30;;12:00-12:30\r\n"
    )
    (row,) = read(tmp_path, edited).assignments
    assert row.shift.start == datetime.fromisoformat("2026-10-25T09:00+01:00")
    assert row.shift.paid_minutes == 480


def test_columns_may_be_moved_left_out_and_added(tmp_path: Path) -> None:
    text = "note,end,start,shift,date,agent\n,2026-10-24T16:30,2026-10-24T08:00,day,2026-10-24,anna\n"
    (row,) = read(tmp_path, text).assignments
    assert (row.agent, row.shift.day, row.shift.activities) == ("anna", SATURDAY, ())


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("anne,2026-10-24,day,2026-10-24T08:00,2026-10-24T16:30,,", "agent"),
        ("anna,2026-10-24,dya,2026-10-24T08:00,2026-10-24T16:30,,", "shift"),
        ("anna,2026-10-24,day,eight,2026-10-24T16:30,,", "start"),
        ("anna,2026-10-24,day,2026-10-24T08:00,,,", "end"),
        ("anna,2026-10-24,day,2026-10-24T08:00,2026-10-24T07:00,,", "end"),
        ("anna,2026-10-25,day,2026-10-24T08:00,2026-10-24T16:30,,", "date"),
        ("anna,2027-10-24,day,2027-10-24T08:00,2027-10-24T16:30,,", "date"),
        ("anna,2026-10-24,day,2026-10-24T08:00,9999-10-24T16:30,,", "end"),
        ("anna,2026-10-24,day,2026-10-24T08:00,2026-10-24T16:30,,noon", "breaks"),
        ("anna,2026-10-24,day,2026-10-24T08:00,2026-10-24T16:30,,18:00-18:30", "breaks"),
        ("anna,2026-10-24,day,2026-10-24T08:00,2026-10-24T16:30,,25:00-26:00", "breaks"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(tmp_path: Path, row: str, column: str) -> None:
    assert refused(tmp_path, row) == [(3, column)]


TIMES = st.sampled_from(
    ["2026-10-24T08:00", "2026-10-24T16:30Z", "9999-12-31T23:59", "0001-01-01T00:00+14:00", "24", ""]
)
CELLS = st.one_of(
    TIMES, st.sampled_from(["anna", "day", "2026-10-24", "10:00-09:59", "99:99-00:00"]), st.text(max_size=12)
)


@given(cells=st.lists(CELLS, min_size=6, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_row_it_is_read_or_refused_in_words(tmp_path: Path, cells: list[str]) -> None:
    with suppress(InputError):
        read(tmp_path, HEADER.encode() + ",".join(cells).encode(errors="replace") + b"\n")


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    assert refused(tmp_path, "x,2026-10-24,y,2026-10-24T08:00,z,,") == [(3, "agent"), (3, "shift"), (3, "end")]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none named start"):
        read(tmp_path, "agent,date,shift,end\nanna,2026-10-24,day,2026-10-24T16:30\n")


def test_a_near_miss_is_recognised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Did you mean berta\?"):
        read(tmp_path, HEADER + "brta,2026-10-24,day,2026-10-24T08:00,2026-10-24T16:30,,\n")


def test_the_first_day_of_the_roster_is_local(tmp_path: Path) -> None:
    (row,) = read(tmp_path, HEADER + "anna,2026-10-24,night,2026-10-23T22:30Z,2026-10-24T06:00Z,,\n").assignments
    assert row.shift.day == date(2026, 10, 24)
