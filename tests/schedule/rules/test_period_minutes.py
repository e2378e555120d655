"""Paid time of the horizon is held against the contract."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import PeriodMinutes


def test_a_horizon_of_three_days_owes_three_sevenths(weekend: RosterProblem) -> None:
    # 28 h a week are 12 h in three days; Ben's Monday off leaves the two sevenths of his Saturday and Sunday.
    found = PeriodMinutes().breaches(weekend, worked(weekend))
    assert [(row.agent, row.amount) for row in found] == [("ann", 720), ("ben", 480)]


def test_time_above_the_contract_is_a_breach(weekend: RosterProblem) -> None:
    (breach,) = PeriodMinutes(under_minutes=None).breaches(weekend, worked(weekend, ann="ee-"))
    assert breach.amount == 240
    assert breach.words == "ann is paid 16h from 2026-10-24 to 2026-10-26; the rule asks for at most 12h"


def test_bounds_of_its_own_know_neither_contract_nor_absence(weekend: RosterProblem) -> None:
    rule = PeriodMinutes.model_validate({"at_least": "9h", "at_most": "15h"})
    found = rule.breaches(weekend, worked(weekend, ann="ee-"))
    assert [(row.agent, row.amount) for row in found] == [("ann", 60), ("ben", 540)]
    assert rule.id == "period_minutes:9h-15h"
    with pytest.raises(ValidationError, match="at_least and at_most in period_minutes, came both"):
        PeriodMinutes.model_validate({"at_least": "9h", "over": "1h"})
    with pytest.raises(ValidationError, match="expected at_most of at least 9h, came 8h"):
        PeriodMinutes.model_validate({"at_least": "9h", "at_most": "8h"})


def test_absence_never_takes_more_than_the_weeks_share(week: RosterProblem) -> None:
    away = week.workforce.time_off[0].varied(first=week.days[0], last=week.days[-1])
    absent: RosterProblem = week.varied(workforce=week.workforce.varied(time_off=(away,)))
    assert not PeriodMinutes().breaches(absent, worked(absent))
