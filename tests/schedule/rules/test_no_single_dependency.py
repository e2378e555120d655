"""Nobody carries a skill or role alone: different people are counted, not shifts."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import NoSingleDependency

SATURDAY = 5


def test_the_same_person_twice_is_one_person(weekend: RosterProblem) -> None:
    rule = NoSingleDependency(skill="phone", per="week")
    first, monday = rule.breaches(weekend, worked(weekend, ann="ee-", ben="--e"))
    assert first.words == "1 person with the skill phone at work from 2026-10-24 to 2026-10-25; 2 asked for"
    assert (monday.first, monday.last) == (weekend.days[2], weekend.days[2])  # a week of its own
    assert [row.first for row in rule.breaches(weekend, worked(weekend, ann="e-e", ben="-e-"))] == [weekend.days[2]]
    assert not rule.varied(per="period").breaches(weekend, worked(weekend, ann="ee-", ben="--e"))


def test_by_day_everybody_is_needed_on_each(weekend: RosterProblem) -> None:
    rule = NoSingleDependency(skill="phone", days=(SATURDAY,))
    assert [row.amount for row in rule.breaches(weekend, worked(weekend, ben="-ee"))] == [2]
    assert not rule.breaches(weekend, worked(weekend, ann="n--", ben="e--"))


def test_being_on_call_carries_nothing(desk: RosterProblem) -> None:
    rule = NoSingleDependency(role="buddy", per="period")
    assert [row.amount for row in rule.breaches(desk, worked(desk, ann="-s", ben="e-"))] == [1]


def test_one_subject_that_exists_is_asked_for(weekend: RosterProblem) -> None:
    for wrong in ({}, {"skill": "phone", "role": "sme"}):
        with pytest.raises(ValidationError, match="expected skill or role"):
            NoSingleDependency.model_validate(wrong)
    with pytest.raises(ValueError, match="expected agents with the skill french"):
        NoSingleDependency(skill="french").check(weekend.workforce, weekend.templates)
