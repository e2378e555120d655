"""Runs of days count what was worked before the horizon."""

import pytest

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxConsecutiveDays


def test_days_beyond_the_limit_are_counted(week: RosterProblem) -> None:
    (breach,) = MaxConsecutiveDays(days=2).breaches(week, worked(week, ann="dddd-nn"))
    assert breach.amount == 2
    assert breach.words == "ann works 4 days in a row, 2026-11-02 to 2026-11-05; at most 2 are allowed"


def test_a_run_goes_on_from_before_the_horizon(weekend: RosterProblem) -> None:
    three = MaxConsecutiveDays(days=3)
    assert not three.breaches(weekend, worked(weekend, ann="n--", ben="nnn"))
    (breach,) = three.breaches(weekend, worked(weekend, ann="nn-", ben="nnn"))
    assert (breach.agent, breach.amount, breach.first) == ("ann", 1, weekend.date(-2))


def test_only_days_of_the_horizon_are_breaches(weekend: RosterProblem) -> None:
    assert not MaxConsecutiveDays(days=1).breaches(weekend, worked(weekend))
    assert [row.amount for row in MaxConsecutiveDays(days=1).breaches(weekend, worked(weekend, ann="n--"))] == [1]


def test_a_day_on_call_ends_a_run_unless_it_is_said_to_be_work(desk: RosterProblem) -> None:
    roster = worked(desk, cas="es")
    assert not MaxConsecutiveDays(days=1).breaches(desk, roster)
    assert [row.amount for row in MaxConsecutiveDays(days=1, on_call=True).breaches(desk, roster)] == [1]


def test_only_named_shifts_count_and_any_other_day_ends_their_run(week: RosterProblem) -> None:
    nights = MaxConsecutiveDays(days=1, shifts=("night",))
    assert nights.id == "max_consecutive_days:1:night"
    assert not nights.breaches(week, worked(week, ann="ddddn--"))
    assert [row.amount for row in nights.breaches(week, worked(week, ann="dddnnnn"))] == [2]


def test_a_shift_that_nobody_knows_is_refused(week: RosterProblem) -> None:
    with pytest.raises(ValueError, match="some of day, night; came noon"):
        MaxConsecutiveDays(shifts=("noon",)).check(week.workforce, week.templates)
