"""Rules that bound the length of a shift: everything but which shifts they are about."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Literal

from wfm.domain import Agent, Roster, Shift
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges
from wfm.schedule.rules._looks import LookRule


class ShiftLimitRule(LookRule, ChargeRule):
    """A rule against shifts of more than ``at_most_minutes``, paid or from start to end; a subclass says which. On call is no work."""

    at_most_minutes: Minutes
    of: Literal["paid", "present"] = "paid"
    unit: ClassVar[str] = "minutes beyond the limit"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"at_most_minutes": "less"}

    @property
    def name(self) -> str:
        """Named by its limit, as ``day_minutes:9h``."""
        return f"{self.kind}:{hours_text(self.at_most_minutes)}"

    @abstractmethod
    def limits(self, duty: Duty) -> bool:
        """Whether a duty is held to the limit, for model and tour."""

    @abstractmethod
    def limits_shift(self, shift: Shift, zone: str) -> bool:
        """Whether a worked shift is held to the limit, for the witness."""

    @property
    def places(self) -> str:
        """Shifts."""
        return "shifts"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """Every such shift of everybody."""
        for agent in self.agents(problem):
            for shift in roster.shifts_of(agent.id):
                if not shift.on_call and self.limits_shift(shift, problem.grid.zone):
                    minutes = shift.paid_minutes if self.of == "paid" else shift.interval.minutes
                    yield Look(minutes, self.at_most_minutes, False, shift.day, shift.day, agent.id)

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return hours_text(amount)

    def said(self, look: Look) -> str:
        """The length and the limit."""
        counted = "is paid for" if self.of == "paid" else "is there for"
        return f"{look.agent} {counted} {hours_text(look.found)} on {look.first}; at most {hours_text(look.asked)} are allowed"

    def like(self, problem: RosterProblem, agent: Agent) -> bool:  # noqa: ARG002 - the same for everybody
        """Everybody is alike."""
        return True

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:  # noqa: ARG002 - the same for everybody
        """Minutes of each such duty beyond the limit."""
        return {
            (duty.day, duty.slot): over
            for duties in problem.duties
            for duty in duties
            if not duty.template.on_call
            and self.limits(duty)
            and (over := self._minutes(duty) - self.at_most_minutes) > 0
        }

    def _minutes(self, duty: Duty) -> int:
        return duty.paid_minutes if self.of == "paid" else duty.end - duty.start
