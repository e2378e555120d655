"""Nights are counted by calendar week or over the horizon."""

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxNights


def test_nights_of_a_week_are_counted(week: RosterProblem) -> None:
    (breach,) = MaxNights(at_most=1).breaches(week, worked(week, ann="dd--nnn"))
    assert breach.amount == 2
    assert breach.words.endswith(
        "works 3 night shifts from 2026-11-02 to 2026-11-08; the rule asks for at most 1 night shift"
    )


def test_a_week_ends_on_sunday_and_a_period_with_the_horizon(weekend: RosterProblem) -> None:
    sunday_and_monday = worked(weekend, ann="-nn")
    assert not MaxNights(at_most=1).breaches(weekend, sunday_and_monday)
    assert [row.amount for row in MaxNights(at_most=1, per="period").breaches(weekend, sunday_and_monday)] == [1]
