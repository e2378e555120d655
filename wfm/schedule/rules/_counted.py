"""Rules about days of one kind in a row: which days count, and the runs of them in a roster."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar

from wfm.domain import Agent, Roster, Shift
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Rule, runs


class CountedDaysRule(Rule):
    """A rule about how many days that count come in a row; a subclass says which days count, another what is asked of a run."""

    days: int
    counted: ClassVar[str]
    """The days that count, in words."""

    @property
    def name(self) -> str:
        """Named by its days, as ``max_consecutive_days:6``."""
        return f"{self.kind}:{self.days}"

    @property
    def places(self) -> str:
        """Runs."""
        return f"runs of {self.counted}"

    @abstractmethod
    def counts(self, duty: Duty | None) -> bool:
        """Whether a duty makes its day count, or, and then only, a day off: for model and tour."""

    @abstractmethod
    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:
        """Whether the shifts worked on a day make it count: for the witness and for the days before the horizon."""

    def amount_text(self, amount: float) -> str:
        """Days, as ``5 nights in a row``."""
        counted = self.counted.replace("s", "", 1) if amount == 1 else self.counted  # days off: day off
        return f"{amount:g} {counted} in a row"

    def _runs(self, problem: RosterProblem, roster: Roster, agent: Agent, sooner: int = 0) -> Iterator[list[date]]:
        """The dates of every run of counted days since ``sooner`` days before the first shift that is known, or the horizon."""
        shifts = (*problem.history_of(agent.id), *roster.shifts_of(agent.id))
        first = min([problem.days[0], *(shift.day for shift in shifts)]) - timedelta(days=sooner)
        span = [first + timedelta(days=k) for k in range((problem.days[-1] - first).days + 1)]
        worked = by_day(shifts)
        for low, high in runs([self.counts_shifts(worked.get(day, ()), problem.grid.zone) for day in span]):
            yield span[low : high + 1]


class NightsRule(CountedDaysRule):
    """Nights count."""

    counted: ClassVar[str] = "nights"

    def counts(self, duty: Duty | None) -> bool:
        """Night duties."""
        return duty is not None and duty.night

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:
        """Night shifts."""
        return any(shift.is_night(zone) for shift in shifts)


class DaysOffRule(CountedDaysRule):
    """Days on which no shift starts count."""

    counted: ClassVar[str] = "days off"

    def counts(self, duty: Duty | None) -> bool:
        """Days without a duty."""
        return duty is None

    def counts_shifts(self, shifts: Iterable[Shift], zone: str) -> bool:  # noqa: ARG002 - any shift
        """Days without a shift."""
        return not any(True for _ in shifts)


def by_day(shifts: Iterable[Shift]) -> dict[date, list[Shift]]:
    """The shifts by the local day on which they start."""
    worked: dict[date, list[Shift]] = {}
    for shift in shifts:
        worked.setdefault(shift.day, []).append(shift)
    return worked
