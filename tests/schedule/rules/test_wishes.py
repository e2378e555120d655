"""Wishes not granted cost their points."""

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Wishes


def test_points_of_open_wishes_are_breaches(weekend: RosterProblem) -> None:
    found = Wishes().breaches(weekend, worked(weekend, ann="e-n", ben="-e-"))
    assert [(row.agent, row.amount) for row in found] == [("ann", 3), ("ann", 1), ("ben", 4)]
    assert found[0].words == "ann wished for a day off on 2026-10-24 and does not get it"
    assert found[1].words == "ann wished for the shift early on 2026-10-26 and does not get it"


def test_a_named_shift_also_grants_the_wish_to_work(weekend: RosterProblem) -> None:
    assert not Wishes().breaches(weekend, worked(weekend, ann="--e", ben="-n-"))


def test_wishes_outside_the_horizon_are_left_alone(weekend: RosterProblem) -> None:
    assert all(row.first in weekend.days for row in Wishes().breaches(weekend, worked(weekend)))
