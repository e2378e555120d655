"""Time that the holders of a role give it off the queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from wfm.domain import Activity, Agent, Breach, Name, Role, Roster
from wfm.domain.quantity import hours_text
from wfm.schedule.owed import Owed
from wfm.schedule.placing.open_minutes import open_minutes, steps_inside
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._contract_minutes import absent_days
from wfm.schedule.rules._placed import PlacedRule, outside_minutes, role_time
from wfm.schedule.rules._spans import calendar_weeks

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class RoleHours(PlacedRule):
    """Each holder gives a role its hours a week, in blocks inside its hours; a breach is minutes too few, too many or misplaced.

    ``role`` None: every role that takes time. Time belongs to the calendar week on whose day its shift starts. A week at an edge of the
    horizon has its share by days; each day of time off or without employment takes a fifth off the least time. A part of
    a week that owes less than half a block owes nothing. Sessions that a holder leads count as time of the role.
    """

    kind: Literal["role_hours"] = "role_hours"
    role: Name | None = None
    unit: ClassVar[str] = "minutes of a role amiss"

    @property
    def name(self) -> str:
        """Named by its role, as ``role_hours:sme``."""
        return self.kind if self.role is None else f"{self.kind}:{self.role}"

    def roles(self, problem: RosterProblem) -> list[Role]:
        """The roles that the rule is about."""
        named = {self.role} if self.role else {role.name for role in problem.workforce.roles}
        return [role for role in problem.workforce.roles if role.name in named and role.most_minutes > 0]

    def holders(self, problem: RosterProblem, role: Role) -> list[Agent]:
        """Who holds a role and is held to the rule."""
        return [agent for agent in self.agents(problem) if role.name in agent.roles]

    def due(self, problem: RosterProblem, role: Role, agent: Agent, week: Sequence[date]) -> tuple[int, int]:
        """Least and most minutes of a role in the days of one calendar week."""
        share = Fraction(len(week), 7)
        present = share * max(Fraction(0), 1 - Fraction(absent_days(problem, agent, week), 5))
        least = floor(role.least_minutes * present)
        if present < 1 and 2 * least < role.block_minutes:
            least = 0
        return least, max(ceil(role.most_minutes * share), role.block_minutes if least else 0)

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """For each role, holder and week a breach of the amount, then one for each block that is too short or outside the hours."""
        return [
            breach
            for role in self.roles(problem)
            for agent in self.agents(problem)
            for breach in self._of(problem, roster, role, agent)
        ]

    def _of(self, problem: RosterProblem, roster: Roster, role: Role, agent: Agent) -> Iterator[Breach]:
        rows = list(role_time(problem, roster, role, agent))
        holds = role.name in agent.roles
        for week in calendar_weeks(problem.days) if holds else ():
            given = round(sum(row.interval.minutes for shift, row in rows if shift.day in week))
            least, most = self.due(problem, role, agent, week)
            if not least <= given <= most:
                words = (
                    f"{agent.id} gives the role {role.name} {hours_text(given)} from {week[0]} to {week[-1]}; "
                    f"{hours_text(least)} to {hours_text(most)} asked for"
                )
                yield self.breach(max(least - given, given - most), words, agent=agent.id, first=week[0], last=week[-1])
        for shift, row in rows:
            if row.kind == "role" and (fault := _fault(role, row, problem.grid.zone, holds=holds)):
                words = f"{agent.id}, {role.name} on {shift.day}: {fault[1]}"
                yield self.breach(fault[0], words, agent=agent.id, first=shift.day)

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each holder and week: the room that the duties have for the role is at least what is due, with slack."""
        for role in self.roles(problem):
            rooms = Rooms(problem, role)
            for agent in self.holders(problem, role):
                for week in problem.weeks:
                    dates = [problem.date(day) for day in week]
                    least, _ = self.due(problem, role, agent, dates)
                    if least:
                        duties = (row for day in week for row in x.duties(agent.id, day))
                        total = sum(min(rooms(duty), least) * literal for duty, literal in duties)
                        slack = ledger.slack(self, least, agent=agent.id, first=dates[0], last=dates[-1])
                        x.model.add(least - total <= slack)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton | None:
        """Remembers the room of the week so far, no further than what is due."""
        roles = [role for role in self.roles(problem) if role.name in agent.roles]
        due = [
            [self.due(problem, role, agent, [problem.date(day) for day in week])[0] for role in roles]
            for week in problem.weeks
        ]
        if not any(map(any, due)):
            return None
        week_of = {day: number for number, week in enumerate(problem.weeks) for day in week}
        last = {week[-1] for week in problem.weeks}

        rooms = [Rooms(problem, role) for role in roles]

        def sees(duty: Duty) -> tuple[int, ...]:
            return tuple(room(duty) for room in rooms)

        def step(before: tuple[int, ...], day: int, duty: Duty | None) -> tuple[tuple[int, ...], int]:
            asked = due[week_of[day]]
            more = sees(duty) if duty else (0,) * len(roles)
            now = tuple(min(most, had + space) for most, had, space in zip(asked, before, more, strict=True))
            if day not in last:
                return now, 0
            return (0,) * len(roles), sum(asked) - sum(now)

        return Automaton(start=(0,) * len(roles), step=step, sees=sees)

    def owes(self, problem: RosterProblem, agent: Agent) -> tuple[Owed, ...]:
        """The least minutes of each role in each week; where a session may be led, its hours count too."""
        return tuple(
            Owed(f"role {role.name} from day {week[0]}", least, self._may_pay(problem, role, week))
            for role in self.roles(problem)
            if role.name in agent.roles
            for week in problem.weeks
            if (least := self.due(problem, role, agent, [problem.date(day) for day in week])[0])
        )

    def _may_pay(self, problem: RosterProblem, role: Role, week: range) -> NDArray[np.bool_]:
        """Steps of the shifts of a week with a minute inside the hours of a role, or of a session that its holders lead."""
        led = [row.hours for row in problem.workforce.sessions if row.trainer == role.name]
        inside = np.any([steps_inside(problem, hours) for hours in (role.hours, *led)], axis=0)
        begins = np.arange(problem.grid.count) * problem.grid.step_minutes
        duties = [duty for day in week for duty in problem.duties[day]]
        first, last = (min(duty.start for duty in duties), max(duty.end for duty in duties)) if duties else (0, 0)
        return np.asarray(inside & (begins + problem.grid.step_minutes > first) & (begins < last))


class Rooms:
    """Minutes that a duty has at most for a role: those inside its hours where a block fits, all of them where a session may be led."""

    def __init__(self, problem: RosterProblem, role: Role) -> None:
        self._any = any(session.trainer == role.name for session in problem.workforce.sessions)
        self._block = role.block_minutes
        self._open = _sums(open_minutes(role.hours, problem.grid))
        self._fits = _sums(self._open[self._block :] - self._open[: -self._block] == self._block)

    def __call__(self, duty: Duty) -> int:
        """The room of one duty."""
        begin, last = max(duty.start, 0), duty.end - self._block
        if duty.template.on_call or last < begin:
            return 0
        if self._any:
            return duty.template.minutes
        fits = self._fits[last + 1] > self._fits[begin]
        return int(self._open[duty.end] - self._open[begin]) if fits else 0


def _sums(values: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(values)))


def _fault(role: Role, row: Activity, zone: str, *, holds: bool) -> tuple[int, str] | None:
    """Minutes and words of what is wrong with one block by itself."""
    minutes = round(row.interval.minutes)
    if not holds:
        return minutes, "does not hold the role"
    outside = outside_minutes(role.hours, row.interval, zone)
    if outside:
        return outside, f"{outside} min outside {role.hours}"
    if minutes < role.block_minutes:
        return role.block_minutes - minutes, f"a block of {minutes} min; at least {role.block_minutes} min asked for"
    return None
