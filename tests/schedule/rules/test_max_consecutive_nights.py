"""Runs of nights are broken by other shifts."""

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxConsecutiveNights


def test_only_nights_make_a_run(week: RosterProblem) -> None:
    (breach,) = MaxConsecutiveNights(days=2).breaches(week, worked(week, ann="ddddnnn"))
    assert breach.amount == 1
    assert breach.words == "ann works 3 nights in a row, 2026-11-06 to 2026-11-08; at most 2 are allowed"


def test_nights_before_the_horizon_count(weekend: RosterProblem) -> None:
    assert [row.amount for row in MaxConsecutiveNights(days=2).breaches(weekend, worked(weekend, ann="nn-"))] == [2]
    assert not MaxConsecutiveNights(days=2).breaches(weekend, worked(weekend, ann="-nn", ben="een"))
