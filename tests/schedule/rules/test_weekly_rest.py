"""A long rest begins in every week, or two in a fortnight, whatever lies at the seams."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from tests.schedule import fortnight
from tests.schedule.tiny import MADRID, worked
from wfm.domain import Assignment
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import WeeklyRest

PROBLEM = fortnight.problem()


def amounts(rule: WeeklyRest, pattern: str, problem: RosterProblem = PROBLEM) -> list[float]:
    return [row.amount for row in rule.breaches(problem, worked(problem, ann=pattern))]


def after(*lates: date) -> RosterProblem:
    """Ann worked late on some days before the horizon, until 22:30."""
    late = fortnight.TEMPLATES["L"]
    rows = (Assignment(agent="ann", shift=late.placed(day, 14 * 60, (60, 180), MADRID)) for day in lates)
    problem: RosterProblem = PROBLEM.varied(before=tuple(rows))
    return problem


@pytest.mark.parametrize(
    ("pattern", "missing"),
    [
        ("eeeeee-eeeeee-", []),  # Saturday 14:30 to Monday 06:00: 39 h 30
        ("eeeeeeleeeeee-", [36 - 23.5]),  # the longest: Saturday 14:30 to Sunday 14:00
        ("llllll-eeeeee-", [36 - 31.5]),  # Saturday 22:30 to Monday 06:00
        ("eeeeeee-eeeeee", []),  # Sunday 14:30 to Tuesday 06:00 begins on Sunday
    ],
)
def test_the_longest_rest_that_begins_in_the_week_counts_whole(pattern: str, missing: list[float]) -> None:
    assert amounts(WeeklyRest(), pattern) == [60 * hours for hours in missing]


def test_a_rest_across_two_weeks_counts_whole_in_the_first() -> None:
    # From Saturday 14:30 to Tuesday 06:00 are 63 h 30, of which 30 h lie in the second week.
    assert amounts(WeeklyRest(rest_minutes=48 * 60), "eeeeee--eeeeee") == []
    assert amounts(WeeklyRest(rest_minutes=72 * 60), "eeeeee--eeeeee") == [60 * (72 - 63.5)]


def test_the_last_rest_before_the_horizon_is_not_cut_short() -> None:
    sunday = date(2026, 11, 1)
    problem = after(*(sunday - timedelta(days=k) for k in range(7)))
    found = WeeklyRest().breaches(problem, worked(problem, ann="ll---ll-------"))
    assert [(row.amount, row.last) for row in found] == [(60 * (36 - 15.5), sunday)]
    assert not WeeklyRest().breaches(problem, worked(problem, ann="-ll--ll-------"))


def test_what_is_not_known_before_the_horizon_is_rest() -> None:
    problem = after(date(2026, 11, 1))
    assert not WeeklyRest().breaches(problem, worked(problem, ann="ll---ll-------"))


def test_two_rests_of_a_fortnight_may_be_one_of_double_length() -> None:
    rule = WeeklyRest(rest_minutes=35 * 60, per_days=14, times=2)
    start = date(2026, 11, 2)
    assert (start.toordinal() - 1) % 14 == 7  # the fortnight ends on the first Sunday
    problem = after(*(start - timedelta(days=k) for k in range(1, 8)))
    assert (
        amounts(rule, "lllll---------", problem) == []
    )  # one rest, from Friday 22:30 on, without an end that is known
    assert amounts(rule, "lllll--l------", problem) == [60 * (70 - 63.5)]  # it ends on Monday at 14:00
    assert amounts(rule, "l-ll-----l----", problem) == []


def test_on_call_at_home_is_rest() -> None:
    assert amounts(WeeklyRest(rest_minutes=48 * 60), "eeeee-seeeee--") == []
    # Friday 14:30 to Sunday 08:00 where being on call is work.
    assert amounts(WeeklyRest(rest_minutes=48 * 60, on_call=True), "eeeee-seeeee--") == [60 * (48 - 41.5)]


def test_rests_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValidationError, match="expected 2 x 80h of rest to fit into 6 days"):
        WeeklyRest(rest_minutes=4800, times=2)


def test_it_says_what_is_missing() -> None:
    (breach,) = WeeklyRest().breaches(PROBLEM, worked(PROBLEM, ann="llllll-eeeeee-"))
    assert breach.words == "ann rests 31h30m at most in one piece from 2026-11-02 to 2026-11-08; 36h are needed"
