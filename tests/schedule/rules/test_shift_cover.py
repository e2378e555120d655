"""People on a shift of a date are held against its row, each one missing or too many by its weight."""

from datetime import date

import numpy as np
import pytest

from tests.schedule.tiny import every_tours, roster_of, worked
from wfm.schedule.others import Others
from wfm.schedule.problem import RosterProblem
from wfm.schedule.proving import Model
from wfm.schedule.rules import ShiftCover

SUNDAY = date(2026, 10, 25)


def cover(**numbers: int) -> ShiftCover:
    return ShiftCover.model_validate({"rows": [{"date": SUNDAY, "shift": "night", "under": 100, "over": 3, **numbers}]})


@pytest.mark.parametrize(("heads", "amounts"), [(0, [6]), (1, [3]), (2, []), (4, [200])])
def test_two_people_are_weighed_against_what_is_asked(weekend: RosterProblem, heads: int, amounts: list[int]) -> None:
    found = cover(heads=heads).breaches(weekend, worked(weekend, ann="en-", ben="-nn"))
    assert [row.amount for row in found] == amounts


def test_a_breach_says_shift_date_and_numbers(weekend: RosterProblem) -> None:
    (breach,) = cover(heads=1).breaches(weekend, worked(weekend))
    assert breach.words == "0 people on the shift night on 2026-10-25; 1 asked for"
    assert breach.first == SUNDAY


def test_dates_outside_the_horizon_ask_for_nothing(weekend: RosterProblem) -> None:
    rows = [{"date": day, "shift": "night", "heads": 1} for day in ("2026-10-23", "2026-12-25")]
    rule = ShiftCover.model_validate({"rows": rows})
    assert not rule.breaches(weekend, worked(weekend))
    assert rule.standing(weekend, Others(weekend, {}, weekend.serving_before), 1.0) == 0.0
    assert rule.linear(weekend).low.size == 0
    assert not Model.of(weekend, [rule], elastic=True).ledger.entries


def test_rules_about_some_people_count_nobody_else(weekend: RosterProblem) -> None:
    rule = cover(heads=1).varied(only={"agents": "ben"}, named="ben")
    assert rule.id == "shift_cover:ben:ben"
    assert rule.breaches(weekend, worked(weekend, ann="-n-"))
    assert not rule.breaches(weekend, worked(weekend, ann="-n-", ben="-n-"))


def test_a_shift_that_nobody_knows_is_refused(weekend: RosterProblem) -> None:
    with pytest.raises(ValueError, match="expected shifts among early, night in shift_cover; came late"):
        cover(heads=1).varied(rows=({"date": SUNDAY, "shift": "late", "heads": 1},)).check(
            weekend.workforce, weekend.templates
        )


def test_a_date_and_shift_told_twice_is_refused() -> None:
    row = {"date": SUNDAY, "shift": "night", "heads": 1}
    with pytest.raises(
        ValueError, match="expected every date and shift once in shift_cover, came 2026-10-25 night again"
    ):
        ShiftCover.model_validate({"rows": [row, row]})


def test_the_linear_face_charges_each_roster_what_the_audit_does(weekend: RosterProblem) -> None:
    rows = [
        {"date": SUNDAY, "shift": "night", "heads": 1, "under": 5, "over": 2},
        {"date": "2026-10-24", "shift": "early", "heads": 2, "under": 4},
        {"date": "2026-10-26", "shift": "night", "heads": 0, "over": 7},
    ]
    rule = ShiftCover.model_validate({"rows": rows})
    linear, slots = rule.linear(weekend), len(weekend.slots)
    for tours in every_tours(weekend):
        sums = sum(
            linear.on_duty[agent][[duty.day * slots + duty.slot]].toarray()[0]
            for agent, tour in tours.items()
            for duty in tour
            if duty
        )
        missing, beyond = (linear.low - sums).clip(0), (sums - linear.high).clip(0)
        amends = zip(linear.amends.toarray(), linear.breach, strict=True)
        cost = sum(price * float(np.where(row > 0, missing, beyond)[row != 0][0]) for row, price in amends)
        assert cost == sum(row.amount for row in rule.breaches(weekend, roster_of(weekend, tours)))
