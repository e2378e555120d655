"""Differences name every changed cell once, in words for the one who is told."""

from datetime import timedelta

import pytest

from tests.report.tiny_plan import DAY, MONDAY, SATURDAY, ZONE, roster
from wfm.domain import Assignment, Roster
from wfm.study import differences

BEFORE = roster()


def changed(agent: str, *shifts: Assignment) -> Roster:
    """Return the roster with all shifts of one agent replaced."""
    return Roster.of(BEFORE.grid, [*(row for row in BEFORE.assignments if row.agent != agent), *shifts])


def own(agent: str) -> list[Assignment]:
    return [row for row in BEFORE.assignments if row.agent == agent]


def test_a_roster_differs_from_itself_in_nothing() -> None:
    assert differences(BEFORE, BEFORE) == ()


def test_a_shift_less_and_a_shift_more_are_told() -> None:
    after = changed("anna", own("anna")[1], Assignment(agent="anna", shift=DAY.placed(MONDAY, 540, (180, 360), ZONE)))
    removed, added = differences(BEFORE, after)
    assert (removed.day, removed.kind, removed.words) == (
        SATURDAY,
        "removed",
        "anna  Sat 2026-10-24  day 08:00-16:30 -> off",
    )
    assert (added.day, added.kind, added.words) == (MONDAY, "added", "anna  Mon 2026-10-26  off -> day 09:00-17:30")
    assert [row.kind for row in differences(after, BEFORE)] == ["added", "removed"]


@pytest.mark.parametrize(
    ("start", "pauses", "kind", "counts"), [(540, (180, 360), "moved", True), (480, (195, 360), "inside", False)]
)
def test_a_moved_break_is_no_change_that_counts(start: int, pauses: tuple[int, ...], kind: str, counts: bool) -> None:
    after = changed("anna", Assignment(agent="anna", shift=DAY.placed(SATURDAY, start, pauses, ZONE)), own("anna")[1])
    (change,) = differences(BEFORE, after)
    assert (change.kind, change.counts) == (kind, counts)


def test_what_moved_inside_a_shift_is_told() -> None:
    moved = own("anna")[0].shift.varied(activities=())
    (change,) = differences(BEFORE, changed("anna", Assignment(agent="anna", shift=moved), own("anna")[1]))
    assert change.words == "anna  Sat 2026-10-24  break 11:00-11:30, break 14:00-14:15 -> no breaks"


def test_a_later_end_is_a_change_though_the_clock_says_the_same_start() -> None:
    first, second = own("anna")
    longer = first.shift.varied(end=first.shift.end + timedelta(hours=1))
    (change,) = differences(BEFORE, changed("anna", Assignment(agent="anna", shift=longer), second))
    assert change.kind == "moved"
