"""Runs of days off count those before the horizon, as far back as anything is known."""

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxConsecutiveDaysOff

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(("pattern", "amounts"), [("e---e--eee-ee-", [1]), ("e----ee---eeee", [2, 1])])
def test_days_off_beyond_the_limit_are_counted(pattern: str, amounts: list[int]) -> None:
    rule = MaxConsecutiveDaysOff(days=2, only=Only(agents=("ann",)))
    found = rule.breaches(PROBLEM, worked(PROBLEM, ann=pattern))
    assert [row.amount for row in found] == amounts
    assert found[0].words.startswith(f"ann has {2 + amounts[0]} days off in a row")


def test_days_off_before_the_horizon_count_from_the_last_known_shift_on(weekend: RosterProblem) -> None:
    (before,) = {row.shift.day for row in weekend.before if row.agent == "ann" and row.shift.day == weekend.date(-1)}
    rested = weekend.varied(before=[row for row in weekend.before if row.shift.day < before])
    limit, roster = MaxConsecutiveDaysOff(days=1), worked(weekend, ann="-e-", ben="e-e")
    assert not limit.breaches(weekend, roster)
    assert [row.amount for row in limit.breaches(rested, roster)] == [1]


def test_nothing_is_known_of_days_before_the_first_shift(weekend: RosterProblem) -> None:
    found = MaxConsecutiveDaysOff(days=2).breaches(weekend, worked(weekend, ann="-e-"))
    assert [(row.agent, row.amount) for row in found] == [("ben", 1)]
