"""A late change is one that comes with less notice than was agreed."""

from datetime import date

from tests.schedule.tiny import worked
from wfm.domain import TimeOff
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import LateChange

CHANGED = {"ann": "--n", "ben": "-ne"}
"""Ann's Saturday and Ben's Monday differ from what was published."""


def test_notice_runs_from_the_day_on_which_the_roster_is_told(weekend: RosterProblem) -> None:
    rule = LateChange(notice_days=5, told_on=date(2026, 10, 20))
    (breach,) = rule.breaches(weekend, worked(weekend, **CHANGED))
    assert (breach.agent, breach.first, breach.amount) == ("ann", date(2026, 10, 24), 1)
    assert breach.words == (
        "ann works nothing on 2026-10-24; early 06:00-15:00 was published and it is too late to change it"
    )
    earlier = rule.varied(told_on=date(2026, 10, 19))
    assert not earlier.breaches(weekend, worked(weekend, **CHANGED))


def test_without_a_date_it_is_told_on_the_first_day(weekend: RosterProblem) -> None:
    assert len(LateChange(notice_days=2).breaches(weekend, worked(weekend, **CHANGED))) == 1
    assert len(LateChange(notice_days=3).breaches(weekend, worked(weekend, **CHANGED))) == 2


def test_nothing_published_is_nothing_to_change(weekend: RosterProblem) -> None:
    assert not LateChange().breaches(weekend.varied(published=None), worked(weekend, **CHANGED))


def test_who_falls_ill_needs_no_notice(weekend: RosterProblem) -> None:
    rule = LateChange(notice_days=5)
    ill = TimeOff(agent="ann", first=weekend.days[0], last=weekend.days[0])
    absent = weekend.varied(workforce=weekend.workforce.varied(time_off=(ill,)))
    assert [row.first for row in rule.breaches(weekend, worked(weekend, ann="--n", ben="-n-"))] == [weekend.days[0]]
    assert not rule.breaches(absent, worked(weekend, ann="--n", ben="-n-"))
    (other,) = rule.breaches(absent, worked(weekend, ann="--n", ben="en-"))
    assert other.agent == "ben"


def test_a_night_before_the_time_off_needs_no_notice_either(weekend: RosterProblem) -> None:
    ill = TimeOff(agent="ben", first=weekend.days[2], last=weekend.days[2])
    absent = weekend.varied(workforce=weekend.workforce.varied(time_off=(ill,)))
    assert not LateChange().breaches(absent, worked(weekend, ann="e-n", ben="---"))
    well = weekend.varied(workforce=weekend.workforce.varied(time_off=()))
    assert len(LateChange().breaches(well, worked(weekend, ann="e-n", ben="---"))) == 1
