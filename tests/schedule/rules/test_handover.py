"""A hand-over is kept by who leaves and who arrives, together for a while."""

from datetime import UTC, datetime

import pytest

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Handover

SATURDAY = 5
NOON = Handover(at=(13 * 60,), overlap_minutes=60, days=(SATURDAY,))


def test_both_sides_must_be_there(desk: RosterProblem) -> None:
    assert not NOON.breaches(desk, worked(desk, ann="e-", ben="l-"))
    leaving, arriving = NOON.breaches(desk, worked(desk))
    assert (leaving.amount, leaving.at) == (1, datetime(2026, 10, 24, 11, tzinfo=UTC))
    assert leaving.words == "0 leaving at the hand-over of 2026-10-24 13:00; 1 asked for"
    assert arriving.words == "0 arriving at the hand-over of 2026-10-24 13:00; 1 asked for"


def test_the_team_hands_over_to_itself(desk: RosterProblem) -> None:
    rule = NOON.varied(team="north")
    (breach,) = rule.breaches(desk, worked(desk, ann="e-", ben="l-"))
    assert breach.words == "0 of north arriving at the hand-over of 2026-10-24 13:00; 1 asked for"
    assert not rule.breaches(desk, worked(desk, ann="e-", cas="l-"))
    with pytest.raises(ValueError, match="came west"):
        NOON.varied(team="west").check(desk.workforce, desk.templates)


def test_the_shift_before_the_horizon_hands_over_too(desk: RosterProblem) -> None:
    rule = Handover(at=(6 * 60,), overlap_minutes=60, days=(SATURDAY,))
    assert not rule.breaches(desk, worked(desk, cas="e-"))  # Ben's night ends at 07:00
    assert [row.words[:10] for row in rule.breaches(desk, worked(desk, cas="l-"))] == ["0 arriving"]


def test_who_stays_much_longer_or_came_much_earlier_is_on_no_side(desk: RosterProblem) -> None:
    roster = worked(desk, ann="e-", ben="l-")
    half = Handover(at=(13 * 60,), overlap_minutes=30, within_minutes=30, days=(SATURDAY,))
    assert not half.breaches(desk, roster)
    assert [row.words[:9] for row in half.varied(within_minutes=29).breaches(desk, roster)] == ["0 leaving"]
    assert half.words.startswith("At each time 13:00 on sat, 1 who leave and 1 who arrive overlap")
