"""Some people are not on shift together."""

import pytest

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Apart


def test_only_the_time_together_is_a_breach(desk: RosterProblem) -> None:
    morning, noon = Apart(people=("ann", "ben")).breaches(desk, worked(desk, ann="es", ben="ls", cas="e-"))
    assert (morning.amount, noon.amount) == (60, 60)  # Ben's night before the horizon ends at 07:00
    assert noon.words == "2 of ann, ben on shift from 2026-10-24 13:00 to 2026-10-24 14:00; at most 1 allowed"
    assert not Apart(people=("ann", "cas")).breaches(desk, worked(desk, ann="es", ben="es", cas="-s"))


def test_of_three_two_may_be_there(desk: RosterProblem) -> None:
    rule = Apart(people=("ann", "ben", "cas"), at_most=2)
    assert not rule.breaches(desk, worked(desk, ann="l-", ben="l-", cas="-s"))
    assert [row.amount for row in rule.breaches(desk, worked(desk, ann="l-", ben="l-", cas="l-"))] == [480]
    assert rule.id == "apart:ann+ben+cas"


def test_people_who_are_not_there_are_refused(desk: RosterProblem) -> None:
    with pytest.raises(ValueError, match="came zoe"):
        Apart(people=("ann", "zoe")).check(desk.workforce, desk.templates)
