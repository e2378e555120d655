"""Paid time of a week is held against the contract, absence and the parts of weeks."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import WeekMinutes


def test_absence_takes_fifths_of_the_contract_off_the_lower_bound(week: RosterProblem) -> None:
    # 1801 min a week, of which three fifths are due: 1080 (rounded down); a day shift is paid 480, a night 600.
    (breach,) = WeekMinutes().breaches(week, worked(week, ann="-d-d---"))
    assert breach.amount == 1080 - 960
    assert breach.words == "ann is paid 16h from 2026-11-02 to 2026-11-08; the rule asks for at least 18h"
    assert not WeekMinutes().breaches(week, worked(week, ann="-d----n"))


def test_time_above_the_contract_is_a_breach(week: RosterProblem) -> None:
    (breach,) = WeekMinutes().breaches(week, worked(week, ann="-d--nnn"))
    assert breach.amount == 480 + 1800 - 1801
    assert not WeekMinutes(over_minutes=479).breaches(week, worked(week, ann="-d--nnn"))


def test_a_part_of_a_week_has_its_share_of_the_upper_bound_and_no_lower_bound(weekend: RosterProblem) -> None:
    assert not WeekMinutes().breaches(weekend, worked(weekend))
    assert not WeekMinutes().breaches(weekend, worked(weekend, ann="e--"))
    amounts = [row.amount for row in WeekMinutes().breaches(weekend, worked(weekend, ann="eee"))]
    assert amounts == [960 - 480, 480 - 240]  # two sevenths and one seventh of 28 h


def test_a_free_side_is_never_breached(week: RosterProblem) -> None:
    assert not WeekMinutes(over_minutes=None).breaches(week, worked(week, ann="ddddnnn"))
    assert not WeekMinutes(under_minutes=None).breaches(week, worked(week))
    assert [WeekMinutes(over_minutes=None).id, WeekMinutes(under_minutes=None).id, WeekMinutes().id] == [
        "week_minutes:min",
        "week_minutes:max",
        "week_minutes",
    ]


def test_a_rule_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="it would ask for nothing"):
        WeekMinutes(over_minutes=None, under_minutes=None)
