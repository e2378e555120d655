"""Runs of work are as long as asked, but for the one that may still go on."""

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinConsecutiveDays

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(
    ("pattern", "amounts"),
    [("ee--eee-------", [1]), ("e---eee-------", [2]), ("eee---------ee", []), ("eee---e-------", [2])],
)
def test_a_short_run_misses_days(pattern: str, amounts: list[int]) -> None:
    found = MinConsecutiveDays(days=3).breaches(PROBLEM, worked(PROBLEM, ann=pattern))
    assert [row.amount for row in found] == amounts


def test_one_day_is_told_as_one() -> None:
    (breach,) = MinConsecutiveDays().breaches(PROBLEM, worked(PROBLEM, ann="-e------------"))
    assert breach.words == "ann has 1 day of work in a row, 2026-11-03 to 2026-11-03; at least 2 are asked for"


def test_a_run_has_the_days_before_the_horizon_too(weekend: RosterProblem) -> None:
    # Ann worked on Thursday and Friday.
    assert not MinConsecutiveDays(days=3).breaches(weekend, worked(weekend, ann="n--"))
    (breach,) = MinConsecutiveDays(days=3).breaches(weekend, worked(weekend))
    assert breach.words == "ann has 2 days of work in a row, 2026-10-22 to 2026-10-23; at least 3 are asked for"


@pytest.mark.parametrize(
    ("pattern", "amounts"), [("e-------------", []), ("-e------------", [2]), ("--------------", [])]
)
def test_with_an_open_start_a_run_from_the_first_day_is_not_judged(pattern: str, amounts: list[int]) -> None:
    found = MinConsecutiveDays(days=3, open_start=True).breaches(PROBLEM, worked(PROBLEM, ann=pattern))
    assert [row.amount for row in found] == amounts


def test_a_run_of_named_shifts_ends_with_any_other(weekend: RosterProblem) -> None:
    # Ann worked nights on Thursday and Friday.
    nights = MinConsecutiveDays(days=3, shifts=("night",))
    assert not nights.breaches(weekend, worked(weekend, ann="nee"))
    (breach,) = nights.breaches(weekend, worked(weekend, ann="eee"))
    assert (breach.rule, breach.amount) == ("min_consecutive_days:3:night", 1)
