"""A role shared among its holders."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from wfm.domain import Agent, Breach, Name, Role, Roster
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._contract_minutes import absent_days
from wfm.schedule.rules._placed import PlacedRule, role_time

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class RoleRotation(PlacedRule):
    """The holders of ``role`` share its time evenly, by the days that they are there; a breach is minutes apart beyond what is allowed.

    A holder's share of all the time that is given in the horizon goes by the days of employment without time off. Apart are the holder
    furthest above the share and the one furthest below it; ``allowed_minutes`` None allows one block of the role. Duties alone do not
    settle it, so there is no other face than the witness; the placement gives every holder what is due and no more.
    """

    kind: Literal["role_rotation"] = "role_rotation"
    role: Name
    allowed_minutes: Minutes | None = None
    unit: ClassVar[str] = "minutes apart"

    @property
    def name(self) -> str:
        """Named by its role, as ``role_rotation:sme``."""
        return f"{self.kind}:{self.role}"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach where somebody gives too much more than another."""
        role = next((row for row in problem.workforce.roles if row.name == self.role), None)
        holders = [agent for agent in self.agents(problem) if self.role in agent.roles]
        there = {agent.id: len(problem.days) - absent_days(problem, agent, problem.days) for agent in holders}
        if role is None or not any(there.values()):
            return []
        given = {agent.id: _minutes(problem, roster, role, agent) for agent in holders if there[agent.id]}
        each = Fraction(sum(given.values()), sum(there.values()))
        beside = {agent: minutes - each * there[agent] for agent, minutes in given.items()}
        most, least = max(beside, key=beside.__getitem__), min(beside, key=beside.__getitem__)
        allowed = role.block_minutes if self.allowed_minutes is None else self.allowed_minutes
        apart = int(beside[most] - beside[least]) - allowed
        if apart <= 0:
            return []
        words = (
            f"{most} gives the role {self.role} {hours_text(given[most])} and {least} {hours_text(given[least])}, against shares of "
            f"{hours_text(round(each * there[most]))} and {hours_text(round(each * there[least]))}; {hours_text(allowed)} apart is allowed"
        )
        return [self.breach(apart, words, first=problem.days[0], last=problem.days[-1])]

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """Nothing: duties alone do not settle who gives how much."""


def _minutes(problem: RosterProblem, roster: Roster, role: Role, agent: Agent) -> int:
    rows = role_time(problem, roster, role, agent)
    return round(sum(row.interval.minutes for shift, row in rows if shift.day in problem.days))
