"""Newcomers have a buddy beside them for a part of each shift."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Overlap

CAS = Only(agents=("cas",))


def test_the_time_beside_any_buddy_counts(desk: RosterProblem) -> None:
    rule = Overlap(only=CAS, role="buddy", at_least=0.6)
    (breach,) = rule.breaches(desk, worked(desk, ann="l-", cas="e-"))
    # Beside Ben's night until 07:00 and Ann's late shift from 13:00; 60 % of eight hours are 4h48m.
    assert breach.amount == 4 * 60 + 48 - 2 * 60
    assert breach.words == "cas has a buddy for 2h of the shift of 2026-10-24; 4h48m are asked for"
    assert not rule.breaches(desk, worked(desk, ben="l-", cas="l-"))


def test_named_buddies_are_the_only_ones(desk: RosterProblem) -> None:
    rule = Overlap(only=CAS, buddies=("ann",), at_least=1.0)
    assert [row.amount for row in rule.breaches(desk, worked(desk, ben="l-", cas="l-"))] == [480]
    assert not rule.breaches(desk, worked(desk, ann="l-", cas="l-"))


def test_nobody_is_their_own_buddy(desk: RosterProblem) -> None:
    rule = Overlap(role="buddy", at_least=0.5)
    assert [row.agent for row in rule.breaches(desk, worked(desk, ann="l-", ben="--"))] == ["ann"]
    assert not rule.breaches(desk, worked(desk, ann="ls", ben="l-"))  # on call nobody needs company


def test_a_step_counts_where_it_is_accompanied_to_its_end(week: RosterProblem) -> None:
    ann = week.workforce.agents[0]
    both: RosterProblem = week.varied(
        workforce=week.workforce.varied(agents=(ann, ann.varied(id="ben")), time_off=(), wishes=()),
        pins=(),
        published=None,
    )
    rule = Overlap(only=Only(agents=("ann",)), buddies=("ben",), at_least=1.0)
    # From 09:15 to 17:30: the steps from 09:00 and from 17:00 are not accompanied to the full.
    assert [row.amount for row in rule.breaches(both, worked(both, ann="-d-----", ben="-d-----"))] == [45 + 30]


def test_buddies_or_a_role_that_exist_are_asked_for(desk: RosterProblem) -> None:
    with pytest.raises(ValidationError, match="expected buddies or role in overlap, came neither"):
        Overlap(only=CAS)
    with pytest.raises(ValueError, match="came mentor"):
        Overlap(role="mentor").check(desk.workforce, desk.templates)
    assert Overlap(role="buddy", at_least=0.6, only=CAS).id == "overlap:buddy:60%:cas"
