"""Seats of a site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Agent, Name, Shift, ShiftTemplate, Workforce
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._at_most import AtMostRule


class Seats(AtMostRule):
    """The people of the site ``site`` on shift at once are at most ``at_most``, throughout ``hours``; a breach is minutes without a seat.

    Who works from home on the weekday on which the shift starts, or is on call, needs no seat. With 0 seats on some days only those
    work who work from home then.
    """

    kind: Literal["seats"] = "seats"
    site: Name
    unit: ClassVar[str] = "minutes without a seat"
    source: ClassVar[str] = "the room that there is"

    @property
    def name(self) -> str:
        """Named by its site and number, as ``seats:madrid:40``."""
        return f"{self.kind}:{self.site}:{self.at_most}"

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Somebody must belong to the site."""
        super().check(workforce, templates)
        Only(site=(self.site,)).check(workforce)

    def counts(self, agent: Agent) -> bool:
        """Whoever belongs to the site."""
        return agent.site == self.site

    def takes(self, problem: RosterProblem, agent: Agent) -> NDArray[np.bool_]:
        """Duties at work on days that are not worked from home."""
        on_site = np.array([day.weekday() not in agent.home_weekdays for day in problem.days])
        return np.asarray(super().takes(problem, agent) & on_site[:, None])

    def takes_shift(self, agent: Agent, shift: Shift) -> bool:
        """Shifts at work on days that are not worked from home."""
        return super().takes_shift(agent, shift) and shift.day.weekday() not in agent.home_weekdays

    def whom(self, heads: float) -> str:
        """People with a seat of the site."""
        return f"{'person' if heads == 1 else 'people'} at {self.site}"
