"""Time off counts the days of it that shifts touch."""

from datetime import date

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import TimeOff


def test_the_night_before_a_day_off_touches_it(weekend: RosterProblem) -> None:
    (breach,) = TimeOff().breaches(weekend, worked(weekend, ben="-n-"))
    assert (breach.amount, breach.first) == (1, date(2026, 10, 26))
    assert breach.words == "ben has time off on 2026-10-26, and the shift of 2026-10-25 falls on it"


def test_a_night_inside_time_off_touches_two_days_of_it(weekend: RosterProblem) -> None:
    assert [row.amount for row in TimeOff().breaches(weekend, worked(weekend, ben="--n"))] == [1, 1]


def test_grace_allows_a_late_end(weekend: RosterProblem) -> None:
    night_before = worked(weekend, ben="-n-")  # ends at 07:00 of the day off
    assert not TimeOff(grace_minutes=420).breaches(weekend, night_before)
    assert TimeOff(grace_minutes=419).breaches(weekend, night_before)


def test_time_off_is_the_agents_own(weekend: RosterProblem) -> None:
    assert not TimeOff().breaches(weekend, worked(weekend, ann="nnn", ben="ee-"))
