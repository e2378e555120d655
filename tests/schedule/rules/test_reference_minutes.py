"""Working time on average over months: what was worked before the horizon counts, each period by its own balance."""

from __future__ import annotations

from tests.schedule.tiny import worked
from wfm.domain import Balance
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import ReferenceMinutes

DAY = 8 * 60
"""Paid minutes of a day shift of the tiny week; Ann has a day of leave and one before her employment, so five days count."""


def carrying(week: RosterProblem, *balances: tuple[int, int]) -> RosterProblem:
    rows = tuple(Balance(agent="ann", weeks=weeks, minutes=minutes) for weeks, minutes in balances)
    return week.varied(workforce=week.workforce.varied(balances=rows))


def most(weeks: int) -> ReferenceMinutes:
    return ReferenceMinutes(weeks=weeks, week_minutes=7 * 60, under_minutes=None)


def test_without_a_balance_the_period_begins_with_the_horizon(week: RosterProblem) -> None:
    (breach,) = most(17).breaches(week, worked(week, ann="d------"))
    assert breach.amount == DAY - 5 * 60


def test_time_worked_before_counts_and_so_do_its_weeks(week: RosterProblem) -> None:
    full, half = carrying(week, (4, 4 * 420)), carrying(week, (4, 2 * 420))
    assert most(17).breaches(full, worked(week, ann="d------"))[0].amount == DAY - 5 * 60
    assert most(17).breaches(half, worked(week, ann="d------")) == []


def test_each_period_has_the_longest_balance_that_fits_it(week: RosterProblem) -> None:
    problem = carrying(week, (4, 4 * 420), (30, 0))
    roster = worked(week, ann="d------")
    assert len(most(17).breaches(problem, roster)) == 1
    assert most(52).breaches(problem, roster) == []


def test_a_period_that_ended_carries_nothing(week: RosterProblem) -> None:
    problem = carrying(week, (17, 0))
    assert len(most(17).breaches(problem, worked(week, ann="d------"))) == 1


def test_its_words_say_the_week_and_the_side() -> None:
    sentence = "Paid time over 17 weeks is on average {}; a breach is minutes above or below."
    assert ReferenceMinutes(week_minutes=2_880, under_minutes=None).words == sentence.format("at most 48h a week")
    assert ReferenceMinutes(over_minutes=None).words == sentence.format("at least the contract's week")
    assert ReferenceMinutes().words == sentence.format("the contract's week")
