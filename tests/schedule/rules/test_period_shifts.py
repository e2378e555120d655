"""Shifts of the horizon are counted, all or those of some names, and held against two numbers."""

import pytest
from pydantic import ValidationError

from tests.schedule import fortnight
from tests.schedule.tiny import worked
from wfm.schedule.rules import PeriodShifts

PROBLEM = fortnight.problem()


@pytest.mark.parametrize(
    ("rule", "amounts"),
    [
        (PeriodShifts(at_most=4), [1]),
        (PeriodShifts(at_least=7), [2]),
        (PeriodShifts(at_least=5, at_most=5), []),
        (PeriodShifts(shifts=("late",), at_most=1), [1]),
        (PeriodShifts(shifts=("late", "standby"), at_most=1), [2]),
    ],
)
def test_what_is_missing_or_beyond_is_the_breach(rule: PeriodShifts, amounts: list[int]) -> None:
    roster = worked(PROBLEM, ann="eel-l-e------s")
    found = [row for row in rule.breaches(PROBLEM, roster) if row.agent == "ann"]
    assert [row.amount for row in found] == amounts


def test_a_rule_is_named_by_its_shifts_and_numbers() -> None:
    assert PeriodShifts(shifts=("night", "late"), at_most=14).id == "period_shifts:night+late:0-14"
    assert PeriodShifts(at_least=3).id == "period_shifts:3-"


def test_bounds_that_ask_for_nothing_or_too_much_are_refused() -> None:
    with pytest.raises(ValidationError, match="expected at_least or at_most"):
        PeriodShifts()
    with pytest.raises(ValidationError, match="expected at_most of at least 3, came 2"):
        PeriodShifts(at_least=3, at_most=2)
