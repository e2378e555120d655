"""Shifts of a week are held against the contract."""

from tests.schedule.tiny import worked
from wfm.domain import Contract
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import ShiftsWeek


def test_each_shift_beyond_the_contract_is_a_breach(week: RosterProblem) -> None:
    assert not ShiftsWeek().breaches(week, worked(week, ann="ddd----"))
    (breach,) = ShiftsWeek().breaches(week, worked(week, ann="ddddn--"))
    assert breach.amount == 2
    assert breach.words == "ann works 5 shifts from 2026-11-02 to 2026-11-08; the rule asks for at most 3 shifts"


def test_a_part_of_a_week_has_its_share_rounded_up(weekend: RosterProblem) -> None:
    (breach,) = ShiftsWeek().breaches(weekend, worked(weekend, ann="eee"))  # two sevenths of 2 are 1, a seventh is 1
    assert (breach.amount, breach.last) == (1, weekend.days[1])


def test_a_contract_without_a_number_has_no_limit(week: RosterProblem) -> None:
    contract = Contract(name="part", week_minutes=1801)
    free: RosterProblem = week.varied(workforce=week.workforce.varied(contracts=(contract,)))
    assert not ShiftsWeek().breaches(free, worked(free, ann="ddddnnn"))
