"""Drafts: the way to a roster and back, and the same minutes as the roster counts."""

import numpy as np

from tests.schedule.centre import RULES, centre
from wfm.domain import Roster
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.problem import Task
from wfm.schedule.search import Search


def drafted() -> Draft:
    return Search(centre(), RULES, seed=1).greedy()


def test_a_draft_survives_the_way_to_a_roster_and_back() -> None:
    draft = drafted()
    assert Draft.of(draft.problem, draft.roster()) == draft


def test_a_draft_counts_the_minutes_that_its_roster_counts() -> None:
    draft = drafted()
    roster = draft.roster()
    heads = [roster.serving(agents) * draft.problem.grid.step_minutes for agents, _ in draft.problem.groups]
    assert np.array_equal(draft.serving(), np.array(heads))


def test_shifts_that_the_problem_does_not_know_are_left_out() -> None:
    draft = drafted()
    roster = draft.roster()
    moved = roster.assignments[0].shift.varied(template="unheard-of")
    strange = Roster.of(roster.grid, [roster.assignments[0].varied(shift=moved), *roster.assignments[1:]])
    kept = Draft.of(draft.problem, strange)
    assert len(kept.roster().assignments) == len(roster.assignments) - 1


def test_a_draft_like_another_keeps_its_tasks_where_duties_are_the_same() -> None:
    draft = drafted()
    agent, tour = next((agent, tour) for agent, tour in draft.tours.items() if any(tour.duties))
    day = next(day for day, duty in enumerate(tour.duties) if duty)
    tasks = tuple((Task(0, 30, "meeting", "forum"),) if number == day else () for number in range(len(tour.duties)))
    told = Draft(draft.problem, {**draft.tours, agent: Tour(tour.duties, tour.pauses, tasks)})
    assert draft.like(told) == told
    assert told.without_tasks == draft
    assert Draft.of(draft.problem, told.roster()) == told
    away = {**draft.tours, agent: Tour.idle(draft.problem)}
    assert Draft(draft.problem, away).like(told).tours[agent] == Tour.idle(draft.problem)
