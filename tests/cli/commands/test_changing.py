"""A roster after it was made: published, edited, held against itself, replanned, its shifts swapped and covered."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import QUICK, ROOT, Wfm
from wfm.schedule import Replanned
from wfm.study import CellChange, Cover, Edit, Published

DESK = ROOT / "scenarios" / "phone-small"


@pytest.fixture
def version(planned: Path, tmp_path: Path, wfm: Wfm) -> Path:
    """Return the published version of the run."""
    file = tmp_path / "version-1.json"
    assert wfm("publish", planned, "--out", file, "--by", "Ada", "--note", "as agreed").code == 0
    return file


@pytest.fixture
def first(version: Path) -> tuple[str, date]:
    """Return agent and date of the first shift."""
    row = Published.model_validate_json(version.read_bytes()).roster.assignments[0]
    return row.agent, row.shift.day


def edited(planned: Path, folder: Path) -> Path:
    """Write the roster without its first shift, as a planner would."""
    head, _, *rest = (planned / "roster.csv").read_text().splitlines(keepends=True)
    file = folder / "edited.csv"
    file.write_text("".join([head, *rest]))
    return file


def test_a_version_knows_who_published_it_and_is_never_overwritten(version: Path, planned: Path, wfm: Wfm) -> None:
    made = Published.model_validate_json(version.read_bytes())
    assert (made.number, made.by, made.note, made.scenario) == (1, "Ada", "as agreed", "phone-small")
    again = wfm("publish", planned, "--out", version, "--by", "Ben")
    assert again.code == 3
    assert "never changes" in again.err


def test_the_next_version_tells_who_must_be_told(version: Path, planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    last = tmp_path / "version-2.json"
    ran = wfm(
        *("publish", edited(planned, tmp_path), "--scenario", DESK, "--after", version, "--out", last, "--by", "Ben"),
        "--anyway",
    )
    assert ran.out.startswith("1 agent to tell: 1 cell changed\n")
    made = Published.model_validate_json(last.read_bytes())
    assert (made.number, made.follows) == (2, Published.model_validate_json(version.read_bytes()).seal)


def test_a_roster_that_breaks_the_rules_is_published_only_anyway(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    target = tmp_path / "v.json"
    ran = wfm("publish", edited(planned, tmp_path), "--scenario", DESK, "--out", target, "--by", "Ada")
    assert ran.code == 3
    assert "of forbidden rules, such as week_minutes" in ran.err
    assert not target.exists()


def test_a_version_needs_somebody_who_publishes_it(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    assert wfm("publish", planned, "--out", tmp_path / "v.json", "--by", " ").code == 2


def test_a_table_alone_does_not_know_what_it_is_for(planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    ran = wfm("publish", edited(planned, tmp_path), "--out", tmp_path / "v.json", "--by", "Ada")
    assert ran.code == 3
    assert "--scenario" in ran.err


def test_diff_lists_changed_cells_and_exits_1(version: Path, planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    same = wfm("diff", version, planned)
    assert (same.code, same.out) == (0, "nobody to tell\n")
    ran = wfm("diff", planned, edited(planned, tmp_path), "--json")
    assert ran.code == 1
    (change,) = [CellChange.model_validate(row) for row in ran.json]
    assert (change.kind, change.after) == ("removed", ())
    assert change.words.endswith("-> off")


def test_check_tells_what_an_edit_breaks_and_costs(version: Path, planned: Path, tmp_path: Path, wfm: Wfm) -> None:
    file = edited(planned, tmp_path)
    ran = wfm("check", DESK, "--roster", file, "--against", version)
    assert ran.code == 1  # the contract's hours are missing now
    assert "breaks forbidden  week_minutes" in ran.out
    assert "contacts inside target" in ran.out
    edit = Edit.model_validate(wfm("check", DESK, "--roster", file, "--against", version, "--json").json["edit"])
    assert edit.paid_minutes == -480
    assert edit.contacts < 0


def test_an_absence_is_replanned_with_as_few_changes_as_there_can_be(
    version: Path, first: tuple[str, date], tmp_path: Path, wfm: Wfm
) -> None:
    agent, day = first
    target = tmp_path / "replanned.csv"
    away = f"{agent}:{day}..{day}"
    ran = wfm(
        "roster", DESK, *QUICK, "--from", version, "--absent", away, "--change-cost", "3", "--out", target, "--json"
    )
    made = Replanned.model_validate(ran.json)
    assert ran.code == 0
    assert made.least_changed >= 1
    assert all(row.agent != agent or row.shift.day != day for row in made.solution.roster.assignments)
    assert f"{made.changed} cell" in ran.err
    assert len(wfm("diff", version, target, "--scenario", DESK, "--json").json) == made.changed


@pytest.mark.parametrize("wrong", ["B1", "B1:soon", "B1:2026-12-02..2026-12-01", "B99:2026-12-01"])
def test_an_absence_that_means_nothing_is_refused(version: Path, wrong: str, wfm: Wfm) -> None:
    assert wfm("roster", DESK, *QUICK, "--from", version, "--absent", wrong).code == 3


def test_replanning_needs_a_published_roster(wfm: Wfm) -> None:
    assert wfm("roster", DESK, "--absent", "B1:2026-12-01").code == 2


def test_cover_ranks_everybody_else(planned: Path, first: tuple[str, date], wfm: Wfm) -> None:
    agent, day = first
    found = Cover.model_validate(wfm("cover", DESK, agent, str(day), "--roster", planned, "--json").json)
    assert found.lost > 0
    assert agent not in {row.agent for row in found.candidates}
    text = wfm("cover", DESK, agent, str(day), "--roster", planned).out
    assert text.startswith(f"{agent}, {day:%a %Y-%m-%d}")
    assert len(text.splitlines()) == 2 + len(found.candidates)


def test_a_swap_is_judged(planned: Path, version: Path, wfm: Wfm) -> None:
    rows = Published.model_validate_json(version.read_bytes()).roster.assignments
    one = rows[0]
    other = next(row for row in rows if row.agent != one.agent and row.shift.day == one.shift.day)
    cells = [f"{row.agent}:{row.shift.day}" for row in (one, other)]
    ran = wfm("swap", "check", DESK, *cells, "--roster", planned, "--json")
    made = Edit.model_validate(ran.json)
    assert ran.code == (0 if made.legal else 1)
    assert abs(made.contacts) < 1e-6  # both serve the same channel
    assert "the swap is" in wfm("swap", "check", DESK, *cells, "--roster", planned).out


def test_a_cell_without_a_shift_cannot_be_swapped(planned: Path, wfm: Wfm) -> None:
    ran = wfm("swap", "check", DESK, "B1:2027-01-01", "B2:2026-12-01", "--roster", planned)
    assert ran.code == 3
    assert "no shift on 2027-01-01" in ran.err
