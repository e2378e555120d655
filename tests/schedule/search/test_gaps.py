"""The last gaps: what takes two moves at once is found, and nobody has moved where nothing is gained."""

from datetime import date

import numpy as np

from tests.schedule.tiny import MADRID, requirement, worked
from wfm.domain import Agent, Channel, Contract, Opening, ShiftTemplate, TimeGrid, Workforce
from wfm.schedule.draft import Draft
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import Availability, Coverage
from wfm.schedule.search import Search, closed, gaps
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Cooling, Watch

RULES: tuple[Rule, ...] = (Availability(), Coverage())


def pair(mornings: str) -> RosterProblem:
    """Ann, who is always there, and Ben, on a day that asks for an early shift and, less, for a late one."""
    grid = TimeGrid.of_days(date(2026, 11, 2), 1, 60, MADRID)
    hours = {"ann": Opening.from_text("mon-sun 00:00-24:00"), "ben": Opening.from_text(mornings)}
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, {9: (0.0, 6.0), 14: (0.0, 3.0)}),),
        workforce=Workforce(
            contracts=(Contract(name="full", week_minutes=2400),),
            agents=tuple(
                Agent(id=name, contract="full", skills=("phone",), availability=when) for name, when in hours.items()
            ),
        ),
        templates=tuple(
            ShiftTemplate(name=name, starts=(60 * start,), minutes=240) for name, start in (("early", 8), ("late", 13))
        ),
    )


def search_of(problem: RosterProblem) -> Search:
    """Ann works the early shift, Ben none."""
    return Search(problem, RULES, 1, Draft.of(problem, worked(problem, ann="e", ben="-")))


def cooling(steps: int) -> Cooling:
    return Cooling(Watch(Limits(steps=steps)), 0.0)


def test_a_gap_that_one_agent_can_fill_only_if_another_follows_is_closed() -> None:
    search = search_of(pair("mon 06:00-12:30"))
    assert np.flatnonzero(gaps(search)).tolist() == [14]
    for agent in search.problem.workforce.agents:
        search.respond(agent, 0.0, search.hand)
    assert search.standing() == (0.0, 3.0)  # nobody gains by moving alone
    heard: list[float] = []
    draft = closed(search, cooling(100), lambda cost, _: heard.append(cost))
    assert search.standing() == (0.0, 0.0)
    assert heard == [0.0]
    assert draft.tours["ben"].duties[0] is not None


def test_nobody_has_moved_where_no_chain_gains_anything() -> None:
    search = search_of(pair("tue 06:00-12:30"))
    before = search.draft
    assert closed(search, cooling(30)) == before
    assert search.standing() == (0.0, 3.0)
