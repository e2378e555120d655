"""Rosters: heads are minutes of presence, counted once."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wfm.domain import Activity, Assignment, Breach, Roster, Shift, ShiftTemplate, TimeGrid

GRID = TimeGrid.of_days(date(2026, 10, 24), 3, 30, "Europe/Madrid")


def shift(first_minute: int, minutes: int, pause: tuple[int, int] | None = None) -> Shift:
    start = GRID.start + timedelta(minutes=first_minute)
    activities = (
        ()
        if pause is None
        else (Activity(start=start + timedelta(minutes=pause[0]), end=start + timedelta(minutes=sum(pause))),)
    )
    return Shift(
        template="any", day=GRID.dates[0], start=start, end=start + timedelta(minutes=minutes), activities=activities
    )


def test_a_shift_off_the_grid_s_steps_counts_by_the_minute() -> None:
    roster = Roster.of(GRID, [Assignment(agent="A1", shift=shift(45, 60, (30, 15)))])
    assert roster.on_shift(["A1"])[:5].tolist() == pytest.approx([0, 0.5, 1, 0.5, 0])
    assert roster.serving(["A1"])[:5].tolist() == pytest.approx([0, 0.5, 0.5, 0.5, 0])
    assert roster.serving(["A2"]).sum() == 0


def test_a_shift_that_leaves_the_grid_counts_only_inside_it() -> None:
    edge = GRID.step_minutes * GRID.count
    roster = Roster.of(
        GRID, [Assignment(agent="A1", shift=shift(-60, 90)), Assignment(agent="A1", shift=shift(edge - 15, 600))]
    )
    heads = roster.on_shift(["A1"])
    assert heads.sum() == pytest.approx(1.5)
    assert (heads[0], heads[-1]) == (pytest.approx(1), pytest.approx(0.5))


def test_whoever_is_on_call_is_neither_on_shift_nor_on_the_queue() -> None:
    standby = ShiftTemplate(name="standby", starts=(60,), minutes=120, on_call=True)
    rows = [
        Assignment(agent="A1", shift=standby.placed(GRID.dates[0], 60, (), GRID.zone)),
        Assignment(agent="A2", shift=shift(90, 60)),
    ]
    roster, both = Roster.of(GRID, rows), ["A1", "A2"]
    assert roster.on_call(both)[:7].tolist() == [0, 0, 1, 1, 1, 1, 0]
    assert roster.on_shift(both)[:7].tolist() == roster.serving(both)[:7].tolist() == [0, 0, 0, 1, 1, 0, 0]


shifts = st.builds(
    lambda begin, minutes, at: shift(begin, minutes, (int(at * (minutes - 10)), 10)),
    st.integers(-600, 5_000),
    st.integers(11, 720),
    st.floats(0, 1),
)
assignments = st.lists(st.builds(Assignment, agent=st.sampled_from(["A1", "A2", "A3"]), shift=shifts), max_size=8)
distinct = assignments.map(
    lambda rows: list({(row.agent, row.shift.start, row.shift.end): row for row in rows}.values())
)


@given(assignments)
def test_minutes_are_conserved_and_agents_add_up(rows: list[Assignment]) -> None:
    roster = Roster.of(GRID, rows)
    present = sum(GRID.interval.overlap_minutes(row.shift.interval) for row in rows)
    away = sum(GRID.interval.overlap_minutes(pause.interval) for row in rows for pause in row.shift.activities)
    everybody = ["A1", "A2", "A3"]
    assert roster.on_shift(everybody).sum() * 30 == pytest.approx(present, abs=1e-6)
    assert roster.serving(everybody).sum() * 30 == pytest.approx(present - away, abs=1e-6)
    assert np.allclose(sum(roster.serving([agent]) for agent in everybody), roster.serving(everybody))


@given(distinct)
def test_a_roster_is_the_same_in_whatever_order_it_is_built(rows: list[Assignment]) -> None:
    assert Roster.of(GRID, rows) == Roster.of(GRID, rows[::-1])


def test_assignments_are_kept_in_order() -> None:
    early, late = Assignment(agent="A1", shift=shift(0, 60)), Assignment(agent="A1", shift=shift(120, 60))
    assert Roster.of(GRID, [late, early]).assignments == (early, late)
    assert Roster.of(GRID, [late, early]).shifts_of("A1") == (early.shift, late.shift)
    assert Roster.of(GRID, []).shifts_of("A1") == ()
    with pytest.raises(ValidationError, match="build the roster with"):
        Roster(grid=GRID, assignments=(late, early))


def test_a_forbidden_breach_has_no_price_and_a_priced_one_costs_price_times_amount() -> None:
    breach = Breach(rule="REST", kind="min_rest", amount=30, unit="minutes", words="too short")
    assert (breach.forbidden, breach.cost) == (True, 0)
    priced = breach.varied(price=2, at=datetime(2026, 6, 1, tzinfo=UTC))
    assert (priced.forbidden, priced.cost) == (False, 60)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_breach_that_is_none_is_refused(amount: int) -> None:
    with pytest.raises(ValidationError):
        Breach(rule="REST", kind="min_rest", amount=amount, unit="minutes", words="fine")


def test_a_saturday_and_its_sunday_are_one_weekend_and_a_night_counts_once() -> None:
    saturday, sunday, monday = GRID.dates
    night = shift(22 * 60, 480)
    early = shift(34 * 60, 480).model_copy(update={"day": sunday})
    weekday = shift(60 * 60, 480).model_copy(update={"day": monday})
    roster = Roster.of(GRID, [Assignment(agent="A1", shift=row) for row in (night, early, weekday)])
    assert night.day == saturday
    assert (roster.nights_of("A1"), roster.weekends_of("A1")) == (1, 1)
    assert (roster.nights_of("A2"), roster.weekends_of("A2")) == (0, 0)
