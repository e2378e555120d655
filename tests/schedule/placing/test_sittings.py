"""Settled sessions: tours keep them where their duties leave room, and a duty that does not is seen."""

from datetime import date

import numpy as np

from tests.schedule.centre import RULES, centre
from wfm.domain import Opening, Session
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.placing.blocks import Blocks
from wfm.schedule.placing.sittings import Sittings
from wfm.schedule.problem import RosterProblem
from wfm.schedule.worth import DutyWorth

DRILL = Session(name="drill", minutes=60, attendees=("a0", "a1"), hours=Opening.from_text("mon-fri 09:00-12:00"))


def settled(slots: tuple[int, int]) -> tuple[RosterProblem, DutyWorth, Sittings]:
    """Settle a drill on Monday, on which two agents work the duties of some slots."""
    problem = centre(agents=2, days=1, first=date(2026, 11, 2))
    problem = problem.varied(workforce=problem.workforce.varied(sessions=(DRILL,)))
    worth = DutyWorth(problem)
    draft = Draft(problem, {agent: worth.plain((1 + slot,)) for agent, slot in zip(("a0", "a1"), slots, strict=True)})
    return problem, worth, Sittings.best(problem, Blocks(problem, RULES), draft)


def test_duties_around_a_session_have_room_and_nights_and_days_off_have_none() -> None:
    problem, worth, sittings = settled((0, 0))
    assert sittings.complete((DRILL,))
    starts = [None, *(start for _, start in problem.slots)]
    room = dict(zip(starts, sittings.room["a0"][0].tolist(), strict=True))
    assert room[None] == room[22 * 60] == room[13 * 60] == -np.inf
    assert room[6 * 60 + 15] == 0.0
    tours = {agent: worth.plain((1,)) for agent in ("a0", "a1")}
    assert sittings.missed(tours) == 0
    assert sittings.missed({**tours, "a1": Tour.idle(problem)}) == 1


def test_a_session_begins_at_the_same_moment_in_another_duty() -> None:
    _, worth, sittings = settled((0, 1))
    begins = set()
    for slot in (0, 1):
        tour = sittings.kept("a0", worth.plain((1 + slot,)))
        duty, (task,) = tour.duties[0], tour.tasks[0]
        assert duty is not None
        begins.add(duty.start + task.offset)
    assert len(begins) == 1
    assert sittings.kept("a0", worth.plain((3,))).tasks == ((),)


def test_who_cannot_come_leaves_all_incomplete() -> None:
    assert not settled((0, 3))[2].complete((DRILL,))
