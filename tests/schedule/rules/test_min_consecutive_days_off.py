"""Days off come together; those before the first known shift are days off too."""

import pytest

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.rules import MinConsecutiveDaysOff

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(
    ("pattern", "amounts"),
    [("-ee-eee--eee-e", [1, 1]), ("-eeeee--eeee--", []), ("eeeeee--eeeee-", [])],
)
def test_a_single_day_off_misses_one(pattern: str, amounts: list[int]) -> None:
    found = MinConsecutiveDaysOff().breaches(PROBLEM, worked(PROBLEM, ann=pattern))
    assert [row.amount for row in found] == amounts
