"""The ledger counts what a roster asks, and shares go by contract and days there."""

from datetime import date

import pytest

from tests.schedule.tiny import worked
from wfm.domain import Breach, Opening
from wfm.schedule.burden import able, burden_of, burdens_of, carried, granted, share_of, unmet
from wfm.schedule.problem import RosterProblem

SATURDAY, SUNDAY, MONDAY = (date(2026, 10, day) for day in (24, 25, 26))


def test_nights_weekends_and_holidays_are_counted(weekend: RosterProblem) -> None:
    problem = weekend.varied(holidays=(MONDAY,))
    ann, ben = burdens_of(problem, worked(problem, ann="nnn", ben="-e-"))
    assert (ann.nights, ann.weekends, ann.holidays) == (3, 1, 1)
    assert (ben.nights, ben.weekends, ben.holidays) == (0, 1, 0)
    assert ann.period == "2026-10-24"


def test_a_swing_is_a_start_over_two_hours_from_the_last_one(weekend: RosterProblem) -> None:
    ann = weekend.workforce.agents[0]
    assert [burden_of(weekend, worked(weekend, ann=tour), ann).start_swings for tour in ("een", "e-n", "ene", "nn-")] == [
        1, 1, 2, 0,
    ]  # fmt: skip


def test_an_audit_tells_short_rests_and_late_changes(weekend: RosterProblem) -> None:
    breaches = [
        Breach(rule=kind, kind=kind, amount=3, unit="of it", words="so", price=1.0, agent="ann")
        for kind in ("min_rest", "late_change", "late_change", "coverage")
    ]
    ann, ben = burdens_of(weekend, worked(weekend), breaches)
    assert (ann.short_rests, ann.late_changes) == (1, 2)
    assert (ben.short_rests, ben.late_changes) == (0, 0)


def test_points_of_wishes_inside_the_horizon_are_unmet(weekend: RosterProblem) -> None:
    ann = weekend.workforce.agents[0]
    roster = worked(weekend, ann="e-n")
    assert [wish.points for wish in unmet(weekend, roster, ann)] == [3, 1]
    assert burden_of(weekend, roster, ann).unmet_wishes == 4


@pytest.mark.parametrize(
    ("tour", "minute", "met"),
    [("e--", 6 * 60, True), ("n--", 6 * 60, False), ("n--", 22 * 60, True), ("-e-", 6 * 60, False)],
)
def test_a_wished_start_is_granted_by_any_shift_that_begins_then(
    weekend: RosterProblem, tour: str, minute: int, met: bool
) -> None:
    wish = weekend.workforce.wishes[0].varied(want="start", start=minute)
    assert granted(wish, worked(weekend, ann=tour)) is met


def test_leave_and_missing_employment_lower_a_share_and_earlier_periods_raise_it(weekend: RosterProblem) -> None:
    ann, ben = weekend.workforce.agents
    # Both have one earlier period; Ben is on leave on one day of the three.
    assert share_of(weekend, ann) == 2.0
    assert share_of(weekend, ben) == pytest.approx(1 + 2 / 3)
    assert share_of(weekend, ann.varied(employed_from=SUNDAY)) == pytest.approx(1 + 2 / 3)
    assert carried(weekend.workforce, "ben", "weekends") == 0.5


def test_who_is_never_there_then_cannot_bear_it(weekend: RosterProblem) -> None:
    ann = weekend.workforce.agents[0]
    by_day = ann.varied(availability=Opening.from_text("mon-fri 06:00-20:00"))
    assert [able(weekend, ann, kind) for kind in ("nights", "weekends", "holidays")] == [True, True, False]
    assert [able(weekend, by_day, kind) for kind in ("nights", "weekends")] == [False, False]
    assert able(weekend.varied(holidays=(MONDAY,)), by_day, "holidays")
