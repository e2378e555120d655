"""The form of shifts: placements on odd days, and what overlaps."""

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import roster_of, tours_of, worked
from wfm.domain import Assignment, Roster
from wfm.schedule.problem import RosterProblem
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
        "day should have 1 x break and nothing else, came none",
    ]


def test_form_has_no_price() -> None:
    with pytest.raises(ValidationError):
        ShiftForm.model_validate({"price": 1})
