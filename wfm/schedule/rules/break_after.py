"""A break in long shifts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from wfm.domain import Agent, Roster
from wfm.domain.quantity import Minutes, hours_text
from wfm.schedule.look import Look
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules._charges import ChargeRule, Charges
from wfm.schedule.rules._looks import LookRule


class BreakAfter(LookRule, ChargeRule):
    """A shift of more than ``over_minutes`` has a break of at least ``break_minutes``; a breach is minutes of break missing.

    A shift is measured from start to end, and its longest break counts, paid or not. A time on call needs none.
    """

    kind: Literal["break_after"] = "break_after"
    over_minutes: Minutes = 360
    break_minutes: Annotated[Minutes, Field(gt=0, le=240)] = 15
    unit: ClassVar[str] = "minutes of break missing"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"over_minutes": "less", "break_minutes": "more"}
    source: ClassVar[str] = "Directive 2003/88/EC art. 4 (over 6 h); Estatuto de los Trabajadores art. 34.4 (15 min)"

    @property
    def name(self) -> str:
        """Named by the break and the shift that needs it, as ``break_after:15m-over-6h``."""
        return f"{self.kind}:{hours_text(self.break_minutes)}-over-{hours_text(self.over_minutes)}"

    @property
    def places(self) -> str:
        """Long shifts."""
        return f"shifts over {hours_text(self.over_minutes)}"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The longest break of every long shift."""
        for agent in self.agents(problem):
            for shift in roster.shifts_of(agent.id):
                if shift.interval.minutes > self.over_minutes and not shift.on_call:
                    breaks = (pause.interval.minutes for pause in shift.activities if pause.kind == "break")
                    yield Look(max(breaks, default=0), self.break_minutes, True, shift.day, shift.day, agent.id)

    def amount_text(self, amount: float) -> str:
        """Minutes."""
        return hours_text(amount)

    def said(self, look: Look) -> str:
        """The longest break and the one that is asked for."""
        longest = f"no break longer than {hours_text(look.found)}" if look.found else "no break"
        return f"{look.agent} has {longest} in the shift of {look.first}; {hours_text(look.asked)} are needed"

    def like(self, problem: RosterProblem, agent: Agent) -> bool:  # noqa: ARG002 - the same for everybody
        """Everybody is alike."""
        return True

    def charges(self, problem: RosterProblem, agent: Agent) -> Charges:  # noqa: ARG002 - the same for everybody
        """What is missing from the longest break of each long template."""
        return {
            (duty.day, duty.slot): missing
            for duties in problem.duties
            for duty in duties
            if duty.template.minutes > self.over_minutes and not duty.template.on_call
            if (missing := self.break_minutes - max((pause.minutes for pause in duty.template.breaks), default=0)) > 0
        }
