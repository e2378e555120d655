"""Rest is elapsed time between shifts."""

from tests.schedule.tiny import worked
from wfm.domain import Assignment
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinRest


def test_rest_is_measured_over_the_hour_that_the_clocks_give_back(weekend: RosterProblem) -> None:
    # Saturday 22:00 and nine hours end at 06:00 winter time, sixteen hours before Sunday 22:00.
    early_and_nights = worked(weekend, ann="-ee", ben="nn-")
    assert not MinRest(rest_minutes=15 * 60).breaches(weekend, early_and_nights)
    (breach,) = MinRest(rest_minutes=17 * 60).breaches(weekend, worked(weekend, ben="nn-"))
    assert breach.amount == 60
    assert breach.words == "ben rests 16h between the shifts of 2026-10-24 and 2026-10-25; 17h are needed"


def test_the_last_shift_before_the_horizon_counts(weekend: RosterProblem) -> None:
    (breach,) = MinRest().breaches(weekend, worked(weekend, ann="e--"))
    assert breach.amount == 13 * 60  # the night before ends an hour after this shift begins


def test_what_happened_before_the_horizon_is_no_breach(weekend: RosterProblem) -> None:
    early = weekend.templates[0].placed(weekend.date(-1), 360, (240,), weekend.grid.zone)
    close: RosterProblem = weekend.varied(before=(*weekend.before[:1], Assignment(agent="ann", shift=early)))
    assert not MinRest().breaches(close, worked(close))
