"""A roster is read from whatever file holds it, and a workbook that was edited gives exactly the edited cells anew."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.report.tiny_plan import MONDAY, SATURDAY, SUNDAY, ZONE, tiny_plan
from wfm.domain import InputError, NotFound, Roster, Shift, TimeGrid
from wfm.domain.time import local
from wfm.report import read_roster, roster_csv, write
from wfm.study import Published
from wfm.study.diff import differences

PLAN = tiny_plan()
ROSTER = PLAN.solution.roster


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Return the folder of a run with every file that holds the roster."""
    write(PLAN, tmp_path, ["roster_csv", "roster_xlsx", "plan_json"])
    version = Published.of("tiny", "0" * 64, ROSTER, ROSTER.grid.start, "Ada")
    (tmp_path / "published.json").write_text(version.model_dump_json())
    (tmp_path / "roster.json").write_text(ROSTER.model_dump_json())
    return tmp_path


@pytest.mark.parametrize("name", ["", "roster.csv", "roster.xlsx", "plan.json", "published.json", "roster.json"])
def test_every_file_of_a_roster_gives_the_same_roster(run: Path, name: str) -> None:
    assert read_roster(run / name, PLAN.scenario).assignments == ROSTER.assignments


@pytest.mark.parametrize("name", ["", "published.json", "roster.json"])
def test_a_roster_of_other_days_or_people_is_refused(run: Path, name: str) -> None:
    scenario, staff = PLAN.scenario, PLAN.scenario.workforce
    grid = scenario.horizon
    later = TimeGrid.of_days(grid.dates[-1], len(grid.dates), grid.step_minutes, grid.zone)
    others = tuple(agent.model_copy(update={"id": f"x-{agent.id}"}) for agent in staff.agents)
    strange = staff.model_copy(update={"agents": others})
    with pytest.raises(InputError, match=f"expected a roster for {later.dates[0]} to .* came one for {grid.dates[0]}"):
        read_roster(run / name, scenario.model_copy(update={"horizon": later}))
    with pytest.raises(InputError, match=f"expected agents of {scenario.name}, came anna"):
        read_roster(run / name, scenario.model_copy(update={"workforce": strange}))


def edited(run: Path, sheet: str, spot: str, text: str | None) -> Roster:
    """Return the roster of the workbook after somebody wrote into one cell."""
    book = load_workbook(run / "roster.xlsx")
    book[sheet][spot] = text
    book.save(run / "roster.xlsx")
    return read_roster(run / "roster.xlsx", PLAN.scenario)


def clocks(shift: Shift) -> str:
    return f"{shift.template} {local(shift.start, ZONE):%H:%M}-{local(shift.end, ZONE):%H:%M}"


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("night", "night 22:00-06:30"),
        ("day 09:00", "day 09:00-17:30"),
        ("09:00", "day 09:00-17:30"),
        ("9:00 - 17:30", "day 09:00-17:30"),
    ],
)
def test_a_cell_is_written_as_people_write_it(run: Path, text: str, now: str) -> None:
    roster = edited(run, "2026-W44", "C2", text)
    (change,) = differences(ROSTER, roster)
    assert (change.agent, change.day, change.kind) == ("anna", MONDAY, "added")
    assert [clocks(shift) for shift in change.after] == [now]


@pytest.mark.parametrize("text", [None, "off", "Time off", " "])
def test_an_emptied_cell_is_a_day_off_and_all_others_keep_their_breaks(run: Path, text: str | None) -> None:
    (change,) = differences(ROSTER, edited(run, "2026-W43", "C2", text))
    assert (change.agent, change.day, change.kind) == ("anna", SATURDAY, "removed")


@pytest.mark.parametrize("text", ["day", "nigth", "07:00", "25:00", "day 08:00-17:00"])
def test_a_cell_that_means_no_shift_or_several_is_told_with_its_place(run: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        edited(run, "2026-W43", "D3", text)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == (
        "roster.xlsx",
        3,
        f"2026-W43 {SUNDAY:%a} {SUNDAY.day} {SUNDAY:%b}",
    )


def test_a_row_of_a_stranger_is_told(run: Path) -> None:
    with pytest.raises(InputError, match="a known agent"):
        edited(run, "2026-W43", "A2", "nobody")


def test_a_row_told_twice_and_one_left_out_are_told(run: Path) -> None:
    with pytest.raises(InputError) as caught:
        edited(run, "2026-W43", "A2", "berta")
    assert [(fault.line, fault.came) for fault in caught.value.faults] == [
        (3, "berta, on line 2 already"),
        (None, "none"),
    ]


def test_a_week_left_out_is_no_time_off(run: Path) -> None:
    book = load_workbook(run / "roster.xlsx")
    del book["2026-W44"]
    book.save(run / "roster.xlsx")
    with pytest.raises(InputError, match="the sheet 2026-W44"):
        read_roster(run / "roster.xlsx", PLAN.scenario)


def test_a_workbook_without_weeks_is_refused(run: Path) -> None:
    book = load_workbook(run / "roster.xlsx")
    for name in ("2026-W43", "2026-W44"):
        del book[name]
    book.save(run / "roster.xlsx")
    with pytest.raises(InputError, match="2026-W49"):
        read_roster(run / "roster.xlsx", PLAN.scenario)


def test_a_table_needs_its_scenario(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(roster_csv(ROSTER))
    with pytest.raises(InputError, match="--scenario"):
        read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "other"}', '{"seal": 1}'])
def test_another_document_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "some.json").write_text(text)
    with pytest.raises(InputError, match=r"some\.json"):
        read_roster(tmp_path / "some.json")


def test_no_file_is_no_roster(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_roster(tmp_path)
