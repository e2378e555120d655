"""Rules that hold paid time against the contract: tolerances, absence, and the words for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Self

from pydantic import model_validator

from wfm.domain import Agent, Shift
from wfm.domain.quantity import Minutes
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rules._spans import SpanRule


class ContractMinutes(SpanRule):
    """Paid minutes: at most the contract plus ``over_minutes``, at least the contract less absence and ``under_minutes``.

    None frees a side, so that one rule can forbid too much while another prices too little.
    """

    over_minutes: Minutes | None = 0
    under_minutes: Minutes | None = 0
    verb: ClassVar[str] = "is paid"
    unit: ClassVar[str] = "paid minutes outside the contract"

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.over_minutes is None and self.under_minutes is None:
            raise ValueError(
                f"expected a tolerance over or under in {self.kind}, came none for both: it would ask for nothing"
            )
        return self

    @property
    def name(self) -> str:
        """Named by its one side where it has only one, as ``week_minutes:max``."""
        side = ":min" if self.over_minutes is None else ":max" if self.under_minutes is None else ""
        return f"{self.kind}{side}"

    def measure(self, shifts: Sequence[Shift], zone: str) -> int:  # noqa: ARG002 - pay does not depend on the zone
        """Paid minutes as worked, whatever the template says."""
        return sum(shift.paid_minutes for shift in shifts)

    def amount_text(self, amount: float) -> str:
        """Hours, as payrolls have them: 2430 -> ``40h30m``, never ``1d16h30m``."""
        hours, minutes = divmod(int(amount), 60)
        return f"{hours}h{f'{minutes}m' if minutes else ''}"

    def weight(self, duty: Duty) -> int:
        """Paid minutes of the duty."""
        return duty.paid_minutes


def absent_days(problem: RosterProblem, agent: Agent, dates: Iterable[date]) -> int:
    """How many dates are time off or lie outside the agent's employment."""
    off = problem.workforce.days_off
    return sum((agent.id, day) in off or not agent.employed_on(day) for day in dates)
