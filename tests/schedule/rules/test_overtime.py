"""Overtime is what is paid beyond the contract's week, the days before the horizon included."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Overtime, WeekMinutes

PROBLEM = fortnight.problem()


def test_a_sixth_shift_of_forty_hours_is_overtime() -> None:
    (breach,) = Overtime(price=0.03).breaches(PROBLEM, worked(PROBLEM, ann="eeeeee-eeeee--"))
    assert (breach.amount, breach.cost) == (480, 0.03 * 480)
    assert breach.words == "ann is paid 48h from 2026-11-02 to 2026-11-08; the rule asks for at most 40h"


def test_a_contract_with_five_hours_more_is_a_limit_beside_a_price() -> None:
    rules = (WeekMinutes(under_minutes=None, over_minutes=300), Overtime(price=0.03))
    roster = worked(PROBLEM, ann="eeeeee-eeeee--")
    assert [row.amount for rule in rules for row in rule.breaches(PROBLEM, roster)] == [180, 480]


def test_the_days_of_the_first_week_before_the_horizon_count(weekend: RosterProblem) -> None:
    # Ann's contract is 28 h; two nights of 8 h before the weekend leave 12 h.
    assert [row.amount for row in Overtime().breaches(weekend, worked(weekend, ann="ee-"))] == [240]
    assert not Overtime().breaches(weekend, worked(weekend, ben="ee-"))
