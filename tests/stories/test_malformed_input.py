"""However a file is damaged, the outcome is a scenario or a clear error with a documented exit code; never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.study.folders import copied
from wfm.cli.exits import Exit
from wfm.cli.main import run
from wfm.domain import Fault, InputError
from wfm.study import forecast_all, read_scenario, read_study, require_all

FILES = ("scenario.yaml", "study.yaml", "agents.csv", "wishes.csv", "time_off.csv", "history.csv")
ODD = [
    *("9" * 400, "-1", "1e999", "nan", "inf", "", " ", "0", "True", "null", "~", "a" * 3_000, "=1+1", "١٢", "é", "🙂"),
    *("[]", "{}", "[", "}", ":", ": ", "#", "*a", "&a", "!!int", "'", '"', "\t", "\x00", "\ufeff", "\u2028", "\u202e"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "24:00", "25:61", "0m", "1d", "PT", "P1D", "100%", "-5%", "1000%"),
    *("..", "../x", ",", ";", '","', "phone", "closed", "24x7", "mon-fri", "kind", "off"),
]  # fmt: skip
Change = Callable[[bytes], bytes]
slow_folder = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def damage(draw: st.DrawFn) -> Change:
    """One way to damage the bytes of a file: flips, lines lost, doubled or swapped, columns swapped, words replaced by odd ones."""
    kind = draw(st.sampled_from(["flip", "cut", "lose", "double", "swap", "columns", "word", "word", "word", "insert"]))
    where, other = draw(st.floats(0, 1, exclude_max=True)), draw(st.floats(0, 1, exclude_max=True))
    odd, byte = draw(st.sampled_from(ODD)).encode(), draw(st.integers(0, 255))

    def of_bytes(raw: bytes) -> bytes:
        at = int(where * len(raw))
        if kind == "flip":
            return raw[:at] + bytes([byte]) + raw[at + 1 :]
        if kind == "cut":
            return raw[:at]
        return raw[:at] + odd + raw[at:]

    def of_lines(raw: bytes) -> bytes:
        lines = raw.split(b"\n")
        at, to = int(where * len(lines)), int(other * len(lines))
        if kind == "lose":
            del lines[at]
        elif kind == "double":
            lines.insert(to, lines[at])
        elif kind == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif kind == "columns":
            lines = [b",".join(reversed(line.split(b","))) for line in lines]
        else:
            words = lines[at].replace(b",", b" , ").replace(b":", b": ").split(b" ")
            words[int(other * len(words))] = odd
            lines[at] = b" ".join(words).replace(b" , ", b",")
        return b"\n".join(lines)

    return of_bytes if kind in {"flip", "cut", "insert"} else of_lines


DAMAGES = st.lists(st.tuples(st.sampled_from(FILES), damage()), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = copied(
        tmp_path_factory.mktemp("whole"),
        ("wishes: wishes.csv", "wishes: wishes.csv\ntime_off: time_off.csv"),
        time_off="agent,first,last,kind\nB2,2026-12-01,2026-12-02,holiday\nB3,2026-12-04,2026-12-04,\n",
    )
    return {name: (folder / name).read_bytes() for name in FILES}


def damaged(folder: Path, whole: dict[str, bytes], damages: list[tuple[str, Change]]) -> Path:
    files = dict(whole)
    for name, change in damages:
        files[name] = change(files[name])
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """What was wrong, nothing where it could be read; whatever is no InputError is no outcome."""
    try:
        read()
    except InputError as error:
        return error.faults or (Fault("", ""),)
    return ()


@given(damages=DAMAGES)
@slow_folder
def test_a_damaged_folder_is_a_scenario_or_a_list_of_faults(
    tmp_path: Path, whole: dict[str, bytes], damages: list[tuple[str, Change]]
) -> None:
    folder = damaged(tmp_path, whole, damages)
    found = [*faults_of(lambda: read_scenario(folder)), *faults_of(lambda: read_study(folder / "study.yaml"))]
    assert not [fault for fault in found if not (fault.expected and fault.came and (fault.file or fault.column))]


@given(damages=DAMAGES)
@settings(slow_folder, max_examples=20)
def test_what_can_be_read_can_be_staffed_or_says_why_not(
    tmp_path: Path, whole: dict[str, bytes], damages: list[tuple[str, Change]]
) -> None:
    folder = damaged(tmp_path, whole, damages)

    def staffed() -> None:
        scenario = read_scenario(folder)
        requirements = require_all(scenario, forecast_all(scenario))
        assert [row.grid for row in requirements] == [scenario.horizon]

    assert all(map(str, faults_of(staffed)))


@given(damages=DAMAGES, command=st.sampled_from([["forecast"], ["staff"], ["staff", "--json"]]))
@settings(slow_folder, max_examples=12)
def test_a_command_on_damaged_files_ends_with_a_documented_code(
    tmp_path: Path, whole: dict[str, bytes], damages: list[tuple[str, Change]], command: list[str]
) -> None:
    folder = damaged(tmp_path, whole, damages)
    assert run([*command, str(folder)]) in {Exit.OK, Exit.INVALID_INPUT}


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory, whole: dict[str, bytes]) -> bytes:
    folder = damaged(tmp_path_factory.mktemp("roster"), whole, [])
    file = folder / "roster.csv"
    assert run(["roster", str(folder), "-S", "solve.steps=5", "--out", str(file)]) == Exit.OK
    return file.read_bytes()


@given(changes=st.lists(damage(), max_size=3))
@settings(slow_folder, max_examples=12)
def test_a_damaged_roster_is_checked_or_told_to_be_none(
    tmp_path: Path, whole: dict[str, bytes], roster: bytes, changes: list[Change]
) -> None:
    raw, folder = roster, damaged(tmp_path, whole, [])
    for change in changes:
        raw = change(raw)
    (tmp_path / "roster.csv").write_bytes(raw)
    code = run(["check", str(folder), "--roster", str(tmp_path / "roster.csv")])
    assert code in ({Exit.OK, Exit.FINDINGS, Exit.INVALID_INPUT} if raw != roster else {Exit.OK})


@given(text=st.text(max_size=60) | st.sampled_from(ODD))
@settings(slow_folder, max_examples=8)
def test_an_override_of_any_text_is_set_or_refused(tmp_path: Path, whole: dict[str, bytes], text: str) -> None:
    folder = damaged(tmp_path, whole, [])
    for override in (text, f"name={text}", f"channels.phone.target={text}", f"{text}.scale=1"):
        assert all(map(str, faults_of(lambda: read_scenario(folder, [override]))))  # noqa: B023 - called at once
