"""Barred hours count by the minute, on both sides of midnight."""

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import NoNights


def test_minutes_inside_are_counted(weekend: RosterProblem) -> None:
    (breach,) = NoNights().breaches(weekend, worked(weekend, ann="--n"))
    assert breach.amount == 8 * 60  # 22:00 to 07:00, barred until 06:00
    assert breach.words == "ann works 8h of the night in the shift of 2026-10-26"


def test_the_night_on_which_clocks_go_back_is_an_hour_longer(weekend: RosterProblem) -> None:
    # The shift lasts nine elapsed hours and ends at 06:00 by the clock: all of it is barred.
    assert [row.amount for row in NoNights().breaches(weekend, worked(weekend, ann="n--"))] == [9 * 60]


def test_an_early_shift_touches_the_end_of_a_longer_night(weekend: RosterProblem) -> None:
    roster = worked(weekend, ben="e--")
    assert not NoNights().breaches(weekend, roster)
    assert [row.amount for row in NoNights(ends=420).breaches(weekend, roster)] == [60]


def test_hours_within_one_day_can_be_barred(weekend: RosterProblem) -> None:
    rule = NoNights(begins=8 * 60, ends=10 * 60)
    assert [row.amount for row in rule.breaches(weekend, worked(weekend, ben="e--"))] == [120]
