"""Seats are taken by who is at the site."""

import pytest

from tests.schedule.tiny import worked
from wfm.domain import Opening
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Seats


def test_who_works_from_home_or_is_on_call_takes_no_seat(desk: RosterProblem) -> None:
    rule = Seats(site="hq", at_most=1)
    assert not rule.breaches(desk, worked(desk, ann="e-", ben="e-", cas="-s"))  # Ben is at home on Saturdays
    (breach,) = rule.breaches(desk, worked(desk, ann="es", ben="es", cas="ls"))
    assert (breach.amount, breach.unit) == (60, "minutes without a seat")
    assert breach.words == "2 people at hq on shift from 2026-10-24 13:00 to 2026-10-24 14:00; at most 1 allowed"


def test_no_seat_at_all_leaves_the_day_to_who_works_from_home(desk: RosterProblem) -> None:
    rule = Seats(site="hq", at_most=0, hours=Opening.from_text("sat 00:00-24:00"))
    assert not rule.breaches(desk, worked(desk, ben="e-"))
    assert [row.amount for row in rule.breaches(desk, worked(desk, cas="e-"))] == [480]


def test_other_sites_have_their_own_seats(desk: RosterProblem) -> None:
    assert not Seats(site="elsewhere", at_most=0).breaches(desk, worked(desk, ann="e-", cas="e-"))


def test_the_night_before_the_horizon_sits_until_its_end(desk: RosterProblem) -> None:
    ben_at_the_site = desk.workforce.varied(agents=tuple(row.varied(home_weekdays=()) for row in desk.workforce.agents))
    crowded: RosterProblem = desk.varied(workforce=ben_at_the_site)
    rule = Seats(site="hq", at_most=1)
    assert [row.amount for row in rule.breaches(crowded, worked(crowded, ann="e-"))] == [
        60
    ]  # Ben's night ends at 07:00


def test_a_site_where_nobody_works_is_refused(desk: RosterProblem) -> None:
    with pytest.raises(ValueError, match="came madrid"):
        Seats(site="madrid", at_most=3).check(desk.workforce, desk.templates)
    Seats(site="hq", at_most=3).check(desk.workforce, desk.templates)
