"""Only night shifts make a run of nights."""

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinConsecutiveNights

PROBLEM = fortnight.problem()


def test_a_day_shift_ends_a_run_of_nights() -> None:
    (breach,) = MinConsecutiveNights().breaches(PROBLEM, worked(PROBLEM, eve="nl--nn------nn"))
    assert (breach.amount, str(breach.first)) == (1, "2026-11-02")


def test_a_run_of_nights_begun_before_goes_on(weekend: RosterProblem) -> None:
    assert not MinConsecutiveNights().breaches(weekend, worked(weekend, ann="---"))
    assert [row.amount for row in MinConsecutiveNights(days=3).breaches(weekend, worked(weekend, ann="---"))] == [1]
    assert not MinConsecutiveNights(days=3).breaches(weekend, worked(weekend, ann="n--"))
