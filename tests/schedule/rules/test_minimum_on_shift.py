"""Heads of one shift are counted day by day, whenever they start."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MinimumOnShift


def test_each_day_of_its_weekdays_is_asked_for(weekend: RosterProblem) -> None:
    rule = MinimumOnShift(shift="night", at_least=2, days=(5, 6))
    found = rule.breaches(weekend, worked(weekend, ann="n--", ben="nn-"))
    assert [(row.amount, row.first) for row in found] == [(1, weekend.days[1])]
    assert found[0].words == "1 person on the shift night on 2026-10-25; 2 asked for"


def test_too_many_count_as_well(weekend: RosterProblem) -> None:
    rule = MinimumOnShift(shift="early", at_least=0, at_most=1)
    (breach,) = rule.breaches(weekend, worked(weekend, ann="e-e", ben="e--"))
    assert breach.words == "2 people on the shift early on 2026-10-24; at most 1 allowed"
    assert (rule.id, MinimumOnShift(shift="early").id) == ("minimum_on_shift:early:0-1", "minimum_on_shift:early:1")


def test_the_days_are_told_in_words() -> None:
    assert (
        "On each of mon-wed, sat the people"
        in MinimumOnShift.model_validate({"shift": "early", "days": "sat, mon-wed"}).words
    )


def test_a_shift_that_is_not_there_and_numbers_out_of_order_are_refused(weekend: RosterProblem) -> None:
    with pytest.raises(ValueError, match="to be one of early, night; came nigth"):
        MinimumOnShift(shift="nigth").check(weekend.workforce, weekend.templates)
    MinimumOnShift(shift="night").check(weekend.workforce, weekend.templates)
    with pytest.raises(ValidationError, match="expected at_most of at least 2, came 1"):
        MinimumOnShift(shift="night", at_least=2, at_most=1)
