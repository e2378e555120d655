"""Days off in a row begin in every week, whatever lies at the seams."""

from datetime import date, timedelta

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import MADRID, worked
from wfm.domain import Assignment
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import DaysOffTogether

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(
    ("pattern", "amounts"),
    [
        ("eeeee--eeeee--", []),
        ("-eeee-eeeeee-e", [1, 1]),
        (
            "eeeeee--eeeee-",
            [],
        ),  # Sunday and Monday begin in the first week; the second ends on a day off that may go on
        ("eeeeeeee--eeee", [2]),
    ],
)
def test_days_off_count_in_the_week_in_which_they_begin(pattern: str, amounts: list[int]) -> None:
    found = DaysOffTogether().breaches(PROBLEM, worked(PROBLEM, ann=pattern))
    assert [row.amount for row in found] == amounts


def test_a_last_sunday_off_wants_its_monday() -> None:
    shifts = [
        fortnight.TEMPLATES["E"].placed(date(2026, 10, 26) + timedelta(days=k), 360, (60, 180), MADRID)
        for k in range(6)
    ]
    problem: RosterProblem = PROBLEM.varied(before=tuple(Assignment(agent="ann", shift=shift) for shift in shifts))
    (breach,) = DaysOffTogether().breaches(problem, worked(problem, ann="eeeee--eeeee--"))
    assert breach.words == "ann has 1 day off in a row at most from 2026-10-26 to 2026-11-01; 2 are asked for"
    assert not DaysOffTogether().breaches(problem, worked(problem, ann="-eeee--eeeee--"))


def test_a_fortnight_is_one_window_in_every_horizon() -> None:
    # The fortnight that ends in the horizon is the one that ends on its first Sunday.
    found = DaysOffTogether(days=3, per_days=14).breaches(PROBLEM, worked(PROBLEM, ann="e" * 14))
    assert found == []
