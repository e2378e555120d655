"""People who keep each other company share the shorter shift, or its agreed part."""

import pytest

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import Together


def test_the_shared_part_of_the_shorter_shift_counts(desk: RosterProblem) -> None:
    roster = worked(desk, ann="e-", cas="l-")  # they share the hour from 13:00 of eight
    (breach,) = Together(people=("ann", "cas"), at_least=0.5).breaches(desk, roster)
    assert breach.amount == 3 * 60
    assert breach.words == "ann and cas share 1h on 2026-10-24; 4h are asked for"
    assert not Together(people=("ann", "cas"), at_least=0.125).breaches(desk, roster)


def test_days_of_one_alone_are_only_asked_for_with_same_days(desk: RosterProblem) -> None:
    roster = worked(desk, ann="es", cas="--")
    assert not Together(people=("ann", "cas")).breaches(desk, roster)
    # The day on call is no day at work.
    assert [row.amount for row in Together(people=("ann", "cas"), same_days=True).breaches(desk, roster)] == [480]


def test_of_three_each_two_are_asked(desk: RosterProblem) -> None:
    rule = Together(people=("ann", "ben", "cas"))
    assert [row.amount for row in rule.breaches(desk, worked(desk, ann="e-", ben="e-", cas="l-"))] == [420, 420]
    assert rule.words.startswith("When two of ann, ben, cas work on one day, they share 100% of the shorter shift")
    with pytest.raises(ValueError, match="came zoe"):
        Together(people=("ann", "zoe")).check(desk.workforce, desk.templates)
