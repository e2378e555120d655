"""The form of shifts: placements on odd days, and what overlaps."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import roster_of, tours_of, worked
from wfm.domain import Assignment, Roster, Shift
from wfm.schedule.problem import RosterProblem, Task
from wfm.schedule.rules import ShiftForm


def test_every_placement_is_in_form_also_where_clocks_change(weekend: RosterProblem) -> None:
    for tour in tours_of(weekend):
        rows = [
            row
            for row in ShiftForm().breaches(weekend, roster_of(weekend, {"ben": tour}))
            if "begins before" not in row.words
        ]
        assert not rows


def test_a_night_that_runs_into_the_next_shift_is_a_fault(weekend: RosterProblem) -> None:
    (breach,) = ShiftForm().breaches(weekend, worked(weekend, ben="-ne"))
    assert breach.words == "ben, shift of 2026-10-26: begins before the shift of 2026-10-25 ends"
    assert not ShiftForm().breaches(weekend, worked(weekend, ben="ne-"))  # the longer night leaves room


def test_the_shift_before_the_horizon_is_not_run_into(weekend: RosterProblem) -> None:
    assert [row.agent for row in ShiftForm().breaches(weekend, worked(weekend, ann="e--", ben="e--"))] == ["ann"]


def test_each_fault_of_a_shift_is_told(week: RosterProblem) -> None:
    night = week.templates[1].placed(week.days[0], 60, (), week.grid.zone)
    (row,) = worked(week, ann="--d----").assignments
    shift = row.shift.varied(activities=())
    found = ShiftForm().breaches(
        week, Roster.of(week.grid, [Assignment(agent="ann", shift=one) for one in (night, shift)])
    )
    assert [breach.words.partition(": ")[2] for breach in found] == [
        "night is not worked on that weekday",
        "night does not start at 2026-11-02 01:00",
        "day should have 1 x break, came 0",
    ]


def test_form_has_no_price() -> None:
    with pytest.raises(ValidationError):
        ShiftForm.model_validate({"price": 1})


def test_paid_tasks_with_a_name_may_lie_beside_the_breaks(week: RosterProblem) -> None:
    duty = week.duties[0][0]
    block = Task(60, 60, "role", "sme")
    shift = week.shift(duty, (225,), [block])
    assert [(row.kind, row.what) for row in shift.activities] == [("role", "sme"), ("break", None)]
    assert faults(week, shift) == []
    unpaid = shift.activities[0].varied(paid=False, what=None)
    assert faults(week, shift.varied(activities=(unpaid, shift.activities[1]))) == [
        "the role without a name should be paid, named, and in no shift on call"
    ]


def faults(problem: RosterProblem, shift: Shift) -> list[str]:
    roster = Roster.of(problem.grid, [Assignment(agent="ann", shift=shift)])
    return [breach.words.partition(": ")[2] for breach in ShiftForm().breaches(problem, roster)]
