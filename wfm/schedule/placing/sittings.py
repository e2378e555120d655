"""Sessions that are settled while tours are still open: which duties leave room for them, and what they take off the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Session
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.placing.attendance import covers
from wfm.schedule.placing.blocks import Blocks
from wfm.schedule.placing.gather import gathered
from wfm.schedule.problem import Duty, RosterProblem, Task


@dataclass(frozen=True)
class Sittings:
    """The sessions of each agent and day, with offsets from the horizon's begin.

    ``room[agent]`` is 0 for choices that leave room for all of them and -inf for others, shape (days, 1 + slots).
    """

    of: Mapping[str, Mapping[int, tuple[Task, ...]]]
    room: Mapping[str, NDArray[np.float64]]

    @classmethod
    def best(cls, problem: RosterProblem, blocks: Blocks, draft: Draft) -> Self:
        """As they are best held in the duties of a draft (``gather``); days of pins keep theirs by themselves."""
        bare = draft.without_tasks
        pinned = {
            (agent, day): blocks.pins[agent].tasks[day]
            for agent, tour in bare.tours.items()
            for day in blocks.pinned(agent, tour)
        }
        found: dict[str, dict[int, tuple[Task, ...]]] = {}
        for (agent, day), tasks in gathered(problem, blocks.hours, bare, pinned).items():
            duty = draft.tours[agent].duties[day]
            if duty is not None and (agent, day) not in pinned:
                moved = (replace(task, offset=duty.start + task.offset) for task in tasks)
                found.setdefault(agent, {})[day] = tuple(moved)
        return cls(found, {agent: _room(problem, blocks, rows) for agent, rows in found.items()})

    def complete(self, sessions: Sequence[Session]) -> bool:
        """Whether everybody sits in every session that they are to attend."""
        held = {(agent, task.what) for agent, rows in self.of.items() for tasks in rows.values() for task in tasks}
        return all((agent, session.name) in held for session in sessions for agent in session.attendees)

    def missed(self, tours: Mapping[str, Tour]) -> int:
        """Days of agents that leave no room for their sessions."""
        rows = ((room, tours[agent].choices) for agent, room in self.room.items())
        return sum(int((room[np.arange(len(choices)), choices] < 0).sum()) for room, choices in rows)

    def kept(self, agent: str, tour: Tour) -> Tour:
        """A tour with the agent's sessions, wherever its duties leave room for them, and nothing else off the queue."""
        tasks = list(tour.without_tasks.tasks)
        for day, rows in self.of.get(agent, {}).items():
            duty = tour.duties[day]
            if duty is not None and self.room[agent][day, 1 + duty.slot] == 0.0:
                tasks[day] = _inside(duty, rows)
        return Tour(tour.duties, tour.pauses, tuple(tasks))


def _room(problem: RosterProblem, blocks: Blocks, sessions: Mapping[int, Sequence[Task]]) -> NDArray[np.float64]:
    room = np.zeros((len(problem.days), 1 + len(problem.slots)))
    for day, rows in sessions.items():
        room[day] = -np.inf
        for duty in problem.duties[day]:
            whole = all(covers(duty, row.offset, row.offset + row.minutes) for row in rows)
            if whole and blocks.fits(duty, _inside(duty, rows)):
                room[day, 1 + duty.slot] = 0.0
    return room


def _inside(duty: Duty, rows: Sequence[Task]) -> tuple[Task, ...]:
    """Sessions with offsets in a duty."""
    return tuple(replace(row, offset=row.offset - duty.start) for row in rows)
