"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from tests.report.tiny_plan import tiny_plan
from wfm.domain import NotFound, Refused
from wfm.report import view_of, write
from wfm.report.write import ALL, replace_file
from wfm.study import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return tiny_plan()


def test_every_view_is_written_and_nothing_else_is_left(plan: Plan, tmp_path: Path) -> None:
    files = write(plan, tmp_path / "deep" / "run")
    assert sorted(files) == sorted((tmp_path / "deep" / "run").iterdir())
    assert {file.name for file in files} >= {
        "report.html",
        "roster.csv",
        "roster.xlsx",
        "plan.json",
        "calendar-anna.ics",
    }


def test_an_unknown_view_is_refused_before_anything_is_written(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="roster_csv"):
        write(plan, tmp_path, ["plan_json", "pdf"])
    assert not list(tmp_path.iterdir())


def test_a_file_that_fails_leaves_its_predecessor_and_no_part(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"old")
    with pytest.raises(TypeError):
        replace_file(tmp_path / "roster.csv", "text, not bytes")  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == ["roster.csv"]
    assert (tmp_path / "roster.csv").read_bytes() == b"old"


def test_what_is_no_file_stays_and_a_full_disk_is_told_with_its_path() -> None:
    full = Path("/dev/full")
    with pytest.raises(OSError, match=r"No space left on device: '/dev/full'"):
        replace_file(full, b"text")
    assert full.is_char_device()


def test_agents_that_differ_by_capitals_only_are_refused(plan: Plan, tmp_path: Path) -> None:
    workforce = plan.scenario.workforce
    twin = workforce.agents[0].varied(id="Anna")
    changed = plan.scenario.varied(workforce=workforce.varied(agents=(*workforce.agents, twin)))
    with pytest.raises(Refused, match=r"calendar-anna\.ics"):
        write(plan.varied(scenario=changed), tmp_path, ["icalendar"])


def test_a_view_is_found_by_its_kind() -> None:
    assert [view_of(kind).kind for kind in ALL] == list(ALL)
