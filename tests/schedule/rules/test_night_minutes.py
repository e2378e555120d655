"""Only night shifts are held to the limit of a night."""

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import NightMinutes


def test_a_day_may_be_longer_than_a_night(week: RosterProblem) -> None:
    rule = NightMinutes(at_most_minutes=540)
    assert not rule.breaches(week, worked(week, ann="dddd---"))
    assert [row.amount for row in rule.breaches(week, worked(week, ann="----nn-"))] == [60, 60]  # ten hours each
