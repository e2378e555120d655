"""Every import format: knows its own files only, names every fault by file, line and column, and imports all or nothing."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.domain import InputError
from wfm.importers import FORMATS, Imported, Importer, read_history, recognise, write_history

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - a wall clock


def interval_sample() -> str:
    rows = [
        f"{MONDAY + timedelta(days=day, minutes=30 * step)},{10 + step % 7}"
        for day in range(21)
        for step in range(16, 40)
    ]
    return "\n".join(["start,calls", *rows])


def contact_sample() -> str:
    draw = random.Random(7)
    rows = []
    for day in range(21):
        for second in sorted(draw.sample(range(8 * 3600, 20 * 3600), 120)):
            wait, lost = draw.randrange(1, 90), draw.random() < 0.1
            start = MONDAY + timedelta(days=day, seconds=second)
            rows.append(f"{start},{wait},{'HANG' if lost else 'AGENT'},{0 if lost else draw.randrange(60, 400)}")
    return "\n".join(["start,queue_s,outcome,service_s", *rows])


SAMPLES = {"interval_counts": interval_sample(), "contacts": contact_sample()}
WRONG_CELLS = {"interval_counts": ("calls", "many"), "contacts": ("queue_s", "soon")}
each_format = pytest.mark.parametrize("importer", FORMATS, ids=lambda importer: importer.kind)


@pytest.fixture
def sample(importer: Importer, tmp_path: Path) -> Path:
    path = tmp_path / f"{importer.kind}.csv"
    path.write_text(SAMPLES[importer.kind])
    return path


@each_format
def test_a_sample_is_recognised_by_its_format_only(importer: Importer, sample: Path) -> None:
    assert recognise(sample) is importer
    assert read_history(sample).format == importer.kind


@each_format
def test_channels_and_histories_belong_together(importer: Importer, sample: Path) -> None:
    imported = read_history(sample, zone="Europe/Madrid")
    assert [channel.name for channel in imported.channels] == [history.channel for history in imported.histories]
    assert {history.grid.zone for history in imported.histories} == {"Europe/Madrid"}
    assert not any("zone" in line for line in imported.assumed)


@each_format
def test_every_recorded_count_lies_inside_the_learned_opening(importer: Importer, sample: Path) -> None:
    imported = read_history(sample)
    for channel, history in zip(imported.channels, imported.histories, strict=True):
        assert str(channel.opening) == "mon-sun 08:00-20:00"
        assert (channel.opening.mask(history.grid) == history.open_mask()).all()
        assert np.isfinite(history.counts()[history.open_mask()]).all()


@each_format
def test_every_fault_names_file_line_column_and_expectation(importer: Importer, sample: Path) -> None:
    column, wrong = WRONG_CELLS[importer.kind]
    lines = sample.read_text().splitlines()
    index = lines[0].split(",").index(column)
    for number in (4, 9):
        cells = lines[number - 1].split(",")
        lines[number - 1] = ",".join([*cells[:index], wrong, *cells[index + 1 :]])
    lines[11] = "yesterday" + lines[11][lines[11].index(",") :]
    sample.write_text("\n".join(lines))
    with pytest.raises(InputError) as caught:
        read_history(sample)
    faults = sorted(caught.value.faults, key=lambda fault: fault.line or 0)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [
        (sample.name, 4, column),
        (sample.name, 9, column),
        (sample.name, 12, "start"),
    ]
    assert all(fault.expected and fault.came for fault in faults)
    assert wrong in faults[0].came


@each_format
def test_many_faults_are_counted_and_a_hundred_shown(importer: Importer, sample: Path) -> None:
    lines = sample.read_text().splitlines()
    sample.write_text("\n".join([lines[0], *lines[1:200], *["2026-03-09 08:00:00"] * 150]))
    with pytest.raises(InputError) as caught:
        read_history(sample)
    assert len(caught.value.faults) == 101
    assert "and 50 more" in caught.value.faults[-1].came


@each_format
def test_what_is_read_survives_writing_and_reading(importer: Importer, sample: Path, tmp_path: Path) -> None:
    imported = read_history(sample, zone="Europe/Madrid")
    write_history(imported.histories, tmp_path / "history.csv")
    again = read_history(tmp_path / "history.csv", zone="Europe/Madrid")
    assert again.histories == imported.histories
    assert [channel.opening for channel in again.channels] == [channel.opening for channel in imported.channels]


@each_format
def test_the_same_file_gives_the_same_nouns(importer: Importer, sample: Path) -> None:
    assert read_history(sample).digest() == read_history(sample).digest()


def outcome(path: Path) -> Imported | InputError:
    try:
        return read_history(path, zone="Europe/Madrid")
    except InputError as error:
        return error


def assert_sound(result: Imported | InputError) -> None:
    assert result.histories if isinstance(result, Imported) else result.faults


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(content=st.binary(max_size=300))
def test_arbitrary_bytes_are_imported_or_refused_with_faults(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bytes.csv"
    path.write_bytes(content)
    assert_sound(outcome(path))


@quick
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    edits=st.lists(st.tuples(st.integers(0, 2_500), st.integers(0, 12), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_damaged_files_are_imported_or_refused_with_faults(
    kind: str, edits: list[tuple[int, int, bytes]], tmp_path: Path
) -> None:
    content = SAMPLES[kind].encode()[:2_500]
    for position, length, replacement in edits:
        content = content[:position] + replacement + content[position + length :]
    path = tmp_path / "damaged.csv"
    path.write_bytes(content)
    assert_sound(outcome(path))


cells = st.sampled_from(
    ["", "0", "-1", "1e400", "nan", "1,5", "3:05", "2026-03-02", "2026-03-29 02:30", "2026-03-02T08:00+25:00", "9999-12-31",
     "0001-01-01 00:00", "31/12/2026 10:00", "closed", "'", '"', "HANG", "AGENT", "=1+1", "1772438400", "\x00", "ñ", "phone"]
)  # fmt: skip
headers = st.sampled_from(
    [
        "start",
        "date",
        "time",
        "offered",
        "calls",
        "channel",
        "wait",
        "outcome",
        "service",
        "aht",
        "handled",
        "type",
        "x",
        "",
    ]
)


@quick
@given(
    header=st.lists(headers, min_size=1, max_size=5),
    rows=st.lists(st.lists(cells, min_size=1, max_size=5), max_size=8),
    separator=st.sampled_from(",;|\t"),
)
def test_tables_of_odd_cells_are_imported_or_refused_with_faults(
    header: list[str], rows: list[list[str]], separator: str, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("\n".join(separator.join(row) for row in [header, *(row[: len(header)] for row in rows)]))
    assert_sound(outcome(path))
