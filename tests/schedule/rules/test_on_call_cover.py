"""Who is on call can be reached, and is not at work."""

import numpy as np
import pytest

from tests.schedule.tiny import worked
from wfm.domain import Opening
from wfm.schedule.draft import Draft
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinimumHeads, MinRest, OnCallCover

SUNDAY = Opening.from_text("sun 08:00-20:00")


def test_only_time_on_call_counts(desk: RosterProblem) -> None:
    (breach,) = OnCallCover(hours=SUNDAY, at_least=2).breaches(desk, worked(desk, ann="es", ben="l-"))
    assert breach.amount == 12 * 60
    assert breach.words == "1 agent on call from 2026-10-25 08:00 to 2026-10-25 20:00; 2 asked for"
    assert not OnCallCover(hours=SUNDAY, at_least=2).breaches(desk, worked(desk, ann="-s", ben="-s"))


def test_skill_and_role_restrict_who_counts(desk: RosterProblem) -> None:
    rule = OnCallCover(hours=SUNDAY, skill="chat", role="newcomer")
    assert rule.breaches(desk, worked(desk, ann="-s", ben="-s"))
    assert not rule.breaches(desk, worked(desk, cas="-s"))
    assert rule.id == "on_call_cover:chat:newcomer:1"


def test_on_call_is_no_presence_and_serves_nobody(desk: RosterProblem) -> None:
    roster = worked(desk, ann="-s", ben="-s", cas="-s")
    assert [row.amount for row in MinimumHeads(hours=SUNDAY).breaches(desk, roster)] == [12 * 60]
    assert np.array_equal(Draft.of(desk, roster).serving(), desk.serving_before)
    assert sum(row.shift.paid_minutes for row in roster.assignments) == 0


@pytest.mark.parametrize(("on_call", "breaches"), [(False, 0), (True, 1)])
def test_rest_passes_over_time_on_call_unless_it_is_work(desk: RosterProblem, on_call: bool, breaches: int) -> None:
    found = MinRest(rest_minutes=13 * 60, on_call=on_call).breaches(desk, worked(desk, cas="ls"))
    assert len(found) == breaches  # between 21:00 and 08:00 lie 12 h of the longer night


def test_somebody_and_a_shift_on_call_must_be_there(desk: RosterProblem) -> None:
    OnCallCover(role="buddy").check(desk.workforce, desk.templates)
    with pytest.raises(ValueError, match="expected agents with the role sme for on_call_cover; there are none"):
        OnCallCover(role="sme").check(desk.workforce, desk.templates)
    with pytest.raises(ValueError, match="expected a shift with on_call: true"):
        OnCallCover().check(desk.workforce, desk.templates[:2])
