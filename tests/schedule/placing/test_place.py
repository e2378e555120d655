"""Placement in a small centre: roles, sessions and breaks lie legally, cost no more than they must, and pins stay."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from tests.schedule.centre import RULES, centre
from wfm.domain import Opening, Pin, Role, Session
from wfm.schedule import Limits, audit, solve
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.placing.gather import gathered
from wfm.schedule.placing.place import place
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import RoleHours, RoleRotation, Sessions
from wfm.schedule.rules._placed import role_time
from wfm.schedule.search import Search

OFFICE = Opening.from_text("mon-fri 06:00-20:00")
MINE: tuple[Rule, ...] = (RoleHours(), RoleRotation(role="sme", price=0.01, tier=2), Sessions())
RULED = (*RULES, *MINE)


@cache
def problem() -> RosterProblem:
    """Make a week of eight agents: three experts, two trainers, a course in two groups, a drill after it, and a meeting of all."""
    bare = centre(agents=8, days=7, first=date(2026, 11, 2))
    roles = {0: ("sme",), 1: ("sme", "trainer"), 2: ("sme",), 3: ("trainer",)}
    people = tuple(agent.varied(roles=roles.get(number, ())) for number, agent in enumerate(bare.workforce.agents))
    sessions = (
        Session(name="drill", minutes=30, attendees=("a4", "a5"), after=("course",), hours=OFFICE),
        Session(name="course", minutes=90, attendees=("a4", "a5", "a6"), group_size=2, trainer="trainer", hours=OFFICE),
        Session(name="forum", kind="meeting", minutes=30, attendees=("a0", "a3", "a7"), hours=OFFICE),
    )
    workforce = bare.workforce.varied(
        agents=people,
        sessions=sessions,
        roles=(
            Role(name="sme", least_minutes=120, most_minutes=240, block_minutes=60, hours=OFFICE, rotate=True),
            Role(name="trainer", least_minutes=90, most_minutes=300, block_minutes=30, hours=OFFICE),
        ),
    )
    return bare.varied(workforce=workforce)


@cache
def placed() -> Draft:
    return place(problem(), RULED, Search(problem(), RULED, seed=1).greedy())


def lost(draft: Draft) -> float:
    market = draft.problem.market
    return float((market.full - market.worth(draft.serving())).sum()) / 1e6


def test_everything_lies_as_the_rules_ask() -> None:
    assert [breach.words for breach in audit(problem(), MINE, placed().roster())] == []


def test_who_leads_a_session_long_enough_gives_the_role_no_block_besides() -> None:
    trainer = problem().workforce.roles[1]
    for agent in (problem().workforce.by_id[name] for name in ("a1", "a3")):
        rows = [row for _, row in role_time(problem(), placed().roster(), trainer, agent)]
        led = sum(row.interval.minutes for row in rows if row.what == "course")
        assert sum(row.interval.minutes for row in rows) == max(90, led)
    assert any(task.what == "course" for name in ("a1", "a3") for row in placed().tours[name].tasks for task in row)


def test_a_session_that_leaves_a_break_no_place_is_not_held() -> None:
    hours = Opening.from_text("mon 09:00-12:00")
    talk = Session(name="talk", minutes=180, attendees=("a0",), hours=hours)
    bare = problem().varied(workforce=problem().workforce.varied(sessions=(talk,)))
    duty = next(row for row in bare.duties[0] if row.start == 8 * 60)
    idle = Draft(bare, dict.fromkeys(bare.workforce.by_id, Tour.idle(bare)))
    tour = Tour((duty, *(None,) * 6), ((90, 210), *((),) * 6))
    assert (
        gathered(bare, [], Draft(bare, {**idle.tours, "a0": tour}), {}) == {}
    )  # from 9 to 12 lies the first break's window
    short = bare.varied(workforce=bare.workforce.varied(sessions=(talk.varied(minutes=60),)))
    held = gathered(short, [], Draft(short, {**idle.tours, "a0": tour}), {})
    assert [task.what for task in held["a0", 0]] == ["talk"]


def test_a_placed_draft_counts_the_minutes_that_its_roster_counts() -> None:
    roster = placed().roster()
    heads = [roster.serving(agents) * problem().grid.step_minutes for agents, _ in problem().groups]
    assert np.array_equal(placed().serving(), np.array(heads))
    assert Draft.of(problem(), roster) == placed()


def test_placing_again_from_the_same_duties_gives_the_same() -> None:
    assert place(problem(), RULED, placed()).without_tasks.tours.keys() == placed().tours.keys()
    again = place(problem(), RULED, Search(problem(), RULED, seed=1).greedy())
    assert again == placed()


def test_rules_that_ask_for_nothing_leave_a_draft_alone() -> None:
    draft = placed().without_tasks
    assert place(problem(), RULES, draft) is draft
    without = problem().workforce.varied(sessions=(), roles=(Role(name="sme"), Role(name="trainer")))
    bare = problem().varied(workforce=without)
    assert place(bare, RULED, Draft(bare, draft.tours)).tours == draft.tours


def test_no_block_gains_by_moving_to_another_free_place() -> None:
    draft, grid = placed(), problem().grid
    best = lost(draft)
    for agent in ("a0", "a1", "a2"):
        tour = draft.tours[agent]
        for day, tasks in enumerate(tour.tasks):
            for number, task in enumerate(tasks):
                if task.kind != "role":
                    continue
                duty, pauses = tour.duties[day], tour.pauses[day]
                assert duty is not None
                taken = [(t.offset, t.offset + t.minutes) for t in tasks if t is not task]
                taken += [(low, low + row.minutes) for low, row in zip(pauses, duty.template.breaks, strict=True)]
                for offset in range(0, duty.template.minutes - task.minutes + 1, grid.step_minutes):
                    end = offset + task.minutes
                    if all(end <= low or high <= offset for low, high in taken):
                        row = tuple(
                            sorted(
                                (
                                    *tasks[:number],
                                    type(task)(offset, task.minutes, "role", task.what),
                                    *tasks[number + 1 :],
                                )
                            )
                        )
                        moved = type(tour)(tour.duties, tour.pauses, (*tour.tasks[:day], row, *tour.tasks[day + 1 :]))
                        if inside(draft, agent, day, offset, end):
                            assert lost(Draft(draft.problem, {**draft.tours, agent: moved})) >= best - 1e-6


def inside(draft: Draft, agent: str, day: int, begin: int, end: int) -> bool:
    """Whether a stretch of a duty lies inside the office's hours."""
    duty = draft.tours[agent].duties[day]
    assert duty is not None
    low, high = duty.start_minute + begin, duty.start_minute + end
    return problem().days[day].weekday() < 5 and low >= 6 * 60 and high <= 20 * 60


def test_a_pinned_day_keeps_its_breaks_and_tasks() -> None:
    row = next(row for row in placed().roster().assignments if any(part.what == "sme" for part in row.shift.activities))
    pinned = problem().varied(pins=(Pin(agent=row.agent, day=row.shift.day, shift=row.shift),))
    again = place(pinned, RULED, Draft(pinned, placed().without_tasks.tours))
    assert row.shift in again.roster().shifts_of(row.agent)
    assert not audit(pinned, MINE, again.roster())


@pytest.mark.slow
def test_a_solve_gives_roles_and_sessions_their_time_and_tells_no_bound_too_high() -> None:
    solution = solve(problem(), RULED, Limits(steps=60))
    assert solution.status in {"feasible", "optimal"}
    assert not solution.forbidden_breaches
    assert all(result.bound is None or result.bound <= result.cost + 1e-6 for result in solution.tiers)
    assert solve(problem(), RULED, Limits(steps=60)) == solution


def test_who_cannot_be_seated_is_told_and_the_others_are() -> None:
    nobody = tuple(
        agent.varied(availability=Opening.from_text("mon-sun 20:00-24:00, mon-sun 00:00-07:00"))
        if agent.id == "a5"
        else agent
        for agent in problem().workforce.agents
    )
    night = problem().varied(workforce=problem().workforce.varied(agents=nobody))
    draft = placed().without_tasks
    tours = {**draft.tours, "a5": type(draft.tours["a5"]).idle(night)}
    roster = place(night, RULED, Draft(night, tours)).roster()
    found = [breach.words for breach in Sessions().breaches(night, roster)]
    assert found == ["a5, drill: does not take part", "a5, course: does not take part"]
