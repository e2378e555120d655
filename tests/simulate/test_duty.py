"""Agents turn to the queue and away from it as their roster says."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.simulate.centre import at, days, people, roster, round_the_clock, shift
from wfm.domain import Assignment, Roster, ShiftTemplate, TimeGrid
from wfm.simulate.duty import absences, duty, heads, lateness, rostered

EVERYBODY = np.array([True, True])


def turns(worked: Roster) -> list[tuple[float, bool]]:
    found = duty(rostered(worked, ["a00"]))
    return [(float(time) / 3_600, bool(on)) for time, on in zip(found.at, found.on, strict=True)]


def test_a_break_takes_the_agent_off_the_queue() -> None:
    worked = roster(days(1), ("a00", shift(at(8), 8, (3, 3.5), (6, 6.25))))
    assert turns(worked) == [(8, True), (11, False), (11.5, True), (14, False), (14.25, True), (16, False)]


def test_a_shift_outside_the_grid_is_cut_off() -> None:
    worked = roster(days(1), ("a00", shift(at(-4), 8)), ("a00", shift(at(20), 8)), ("a00", shift(at(30), 8)))
    assert turns(worked) == [(0, True), (4, False), (20, True), (24, False)]


def test_shifts_that_touch_or_overlap_are_worked_once() -> None:
    worked = roster(days(1), ("a00", shift(at(1), 3)), ("a00", shift(at(4), 3)), ("a00", shift(at(6), 3)))
    assert turns(worked) == [(1, True), (9, False)]


def test_heads_are_those_of_the_roster() -> None:
    worked = roster(
        days(2), ("a00", shift(at(8.25), 8, (3, 3.2))), ("a01", shift(at(14), 9, (4, 5))), ("a01", shift(at(40), 8))
    )
    found = heads(duty(rostered(worked, ["a00", "a01"])), EVERYBODY, worked.grid)
    np.testing.assert_allclose(found, worked.serving(["a00", "a01"]), atol=1e-12)
    only = heads(duty(rostered(worked, ["a00", "a01"])), np.array([False, True]), worked.grid)
    np.testing.assert_allclose(only, worked.serving(["a01"]), atol=1e-12)
    assert not heads(duty(rostered(worked, ["a00", "a01"])), ~EVERYBODY, worked.grid).any()


@pytest.mark.parametrize(("day", "length"), [(date(2026, 3, 28), 8), (date(2026, 10, 24), 8)])
def test_a_night_shift_lasts_as_long_when_clocks_change(day: date, length: int) -> None:
    night = ShiftTemplate(name="night", starts=(22 * 60,), minutes=60 * length)
    grid = TimeGrid.of_days(day, 2, 30, "Europe/Madrid")
    worked = roster(grid, ("a00", night.placed(day, 22 * 60, (), "Europe/Madrid")))
    assert turns(worked) == [(22, True), (22 + length, False)]
    assert heads(duty(rostered(worked, ["a00"])), EVERYBODY[:1], grid).sum() == 2 * length


def test_an_absent_agent_misses_every_shift_of_the_day_and_no_other() -> None:
    worked = roster(days(2), ("a00", shift(at(1), 3)), ("a00", shift(at(22), 4)), ("a00", shift(at(30), 3)))
    plan = rostered(worked, ["a00"])
    missed = [absences(plan, 0.5, seed, 0).tolist() for seed in range(40)]
    assert all(row[0] == row[1] for row in missed)
    assert {(row[0], row[2]) for row in missed} == {(False, False), (False, True), (True, False), (True, True)}
    present = duty(plan, np.array([True, True, False]))
    assert (present.at / 3_600).tolist() == [30, 33]


def test_the_absent_share_is_the_one_asked_for() -> None:
    grid = days(60)
    rows = [(f"a{k:02d}", shift(at(8) + timedelta(days=day), 8)) for k in range(50) for day in range(60)]
    plan = rostered(roster(grid, *rows), [f"a{k:02d}" for k in range(50)])
    share = absences(plan, 0.1, 1, 0).mean()
    assert abs(share - 0.1) < 4 * np.sqrt(0.09 / len(rows))
    assert not absences(plan, 0, 1, 0).any()
    assert absences(plan, 1, 1, 0).all()


def test_one_more_agent_makes_nobody_else_absent() -> None:
    grid, few, many = days(2), people(["phone"]), people(["phone"], ["phone"])
    before, after = (
        absences(rostered(round_the_clock(grid, staff), [agent.id for agent in staff.agents]), 0.5, 1, 0)
        for staff in (few, many)
    )
    assert before.tolist() == after[: len(before)].tolist()


def test_who_is_late_begins_later_and_ends_as_rostered() -> None:
    worked = roster(days(1), ("a00", shift(at(8), 8, (3, 3.5))), ("a01", shift(at(9), 1)))
    plan = rostered(worked, ["a00", "a01"])
    present = duty(plan, late=3_600 * np.array([0.25, 2.0]))
    assert (present.at / 3_600).tolist() == [8.25, 11, 11.5, 16], "who comes after the end of the shift does not come"
    assert (duty(plan, late=3_600 * np.array([3.25, 0])).at / 3_600).tolist() == [9, 10, 11.5, 16]


def test_lateness_has_the_mean_that_was_asked_for() -> None:
    rows = [(f"a{k:02d}", shift(at(8) + timedelta(days=day), 8)) for k in range(50) for day in range(40)]
    late = lateness(rostered(roster(days(40), *rows), [f"a{k:02d}" for k in range(50)]), 120.0, 1, 0)
    assert abs(late.mean() - 120) < 4 * 120 / np.sqrt(len(late))
    assert late.min() >= 0


def test_whoever_is_on_call_never_turns_to_the_queue() -> None:
    grid = days(1)
    standby = ShiftTemplate(name="standby", starts=(480,), minutes=480, on_call=True)
    called = standby.placed(grid.dates[0], 480, (), grid.zone)
    assert turns(Roster.of(grid, [Assignment(agent="a00", shift=called)])) == []
