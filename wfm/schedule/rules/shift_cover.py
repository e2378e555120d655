"""People on each shift, date by date, with weights for too few and too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.domain import Agent, Breach, Name, Noun, Roster, ShiftTemplate, Workforce
from wfm.domain.quantity import count_text
from wfm.schedule.linear import Linear
from wfm.schedule.look import Look
from wfm.schedule.others import Others
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Pull, Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class CoverRow(Noun):
    """How many people work a shift on one local date, and the weight of each one ``under`` and ``over``."""

    date: date
    shift: Name
    heads: Annotated[int, Field(ge=0)]
    under: Annotated[int, Field(ge=0)] = 1
    over: Annotated[int, Field(ge=0)] = 0

    def weighted(self, people: int) -> int:
        """How far a number of people is from the one asked for, by its weight."""
        return max(self.under * (self.heads - people), self.over * (people - self.heads), 0)


@dataclass(frozen=True)
class Table:
    """The rows inside the horizon as arrays of shape (R,): day, number of the shift, heads and weights.

    The slots of shift t begin with ``first[t]``; slot s is of shift ``of_slot[s]``.
    """

    day: NDArray[np.int64]
    shift: NDArray[np.int64]
    heads: NDArray[np.int64]
    under: NDArray[np.int64]
    over: NDArray[np.int64]
    first: NDArray[np.int64]
    of_slot: NDArray[np.int64]
    counted: frozenset[str]

    def people(self, others: Others) -> NDArray[np.int64]:
        """People of each row, shape (R,)."""
        by_shift = np.add.reduceat(others.heads(self.counted), self.first, axis=1)
        return np.asarray(by_shift[self.day, self.shift])


class ShiftCover(Rule):
    """On each date of its rows as many people work a shift as the row asks for; a breach is people missing or too many, by their weights.

    All starts of the shift on one day count together. ``named`` tells several such rules apart.
    """

    kind: Literal["shift_cover"] = "shift_cover"
    rows: tuple[CoverRow, ...]
    named: Name | None = None
    unit: ClassVar[str] = "weighted people missing or too many"
    source: ClassVar[str] = "the requirement of each shift"

    @model_validator(mode="after")
    def _once(self) -> Self:
        known: set[tuple[date, str]] = set()
        for row in self.rows:
            if (row.date, row.shift) in known:
                raise ValueError(
                    f"expected every date and shift once in {self.kind}, came {row.date} {row.shift} again"
                )
            known.add((row.date, row.shift))
        return self

    @property
    def name(self) -> str:
        """Named where it has a name, as ``shift_cover:optimum``."""
        return self.kind if self.named is None else f"{self.kind}:{self.named}"

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Every shift exists."""
        super().check(workforce, templates)
        known = {template.name for template in templates}
        for row in self.rows:
            if row.shift not in known:
                raise ValueError(f"expected shifts among {', '.join(sorted(known))} in {self.kind}; came {row.shift}")

    @property
    def places(self) -> str:
        """Shifts of a day."""
        return "shifts of days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The people of every row, against each side that weighs anything."""
        for row, people in self._counts(problem, roster):
            if row.under:
                yield Look(people, row.heads, True, row.date, row.date)
            if row.over:
                yield Look(people, row.heads, False, row.date, row.date)

    def amount_text(self, amount: float) -> str:
        """People."""
        return count_text(int(amount), "person", "people")

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each row with too few or too many."""
        found = []
        for row, people in self._counts(problem, roster):
            if amount := row.weighted(people):
                words = f"{self.amount_text(people)} on the shift {row.shift} on {row.date}; {row.heads} asked for"
                found.append(self.breach(amount, words, first=row.date))
        return found

    def _counts(self, problem: RosterProblem, roster: Roster) -> Iterator[tuple[CoverRow, int]]:
        """The rows of the horizon with their people, each once."""
        agents, dates = {agent.id for agent in self.agents(problem)}, set(problem.days)
        cells = {(row.shift.day, row.shift.template, row.agent) for row in roster.assignments if row.agent in agents}
        people = Counter((day, shift) for day, shift, _ in cells)
        return ((row, people[row.date, row.shift]) for row in self.rows if row.date in dates)

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each row: weighted people missing, and too many, are within one slack."""
        agents, table = self.agents(problem), self._table(problem)
        working: dict[tuple[int, str], list[LinearExprT]] = {}
        for day in sorted(set(table.day.tolist())):
            for duty, literal in (row for agent in agents for row in x.duties(agent.id, day)):
                working.setdefault((day, duty.template.name), []).append(literal)
        for row in self.rows:
            day = (row.date - problem.days[0]).days
            if 0 <= day < len(problem.days):
                people = working.get((day, row.shift), [])
                upper = max(row.weighted(0), row.weighted(len(people)))
                slack = ledger.slack(self, upper, first=row.date)
                if row.under:
                    x.model.add(row.under * (row.heads - sum(people)) <= slack)
                if row.over and len(people) > row.heads:
                    x.model.add(row.over * (sum(people) - row.heads) <= slack)

    def pull(self, problem: RosterProblem, others: Others, agent: Agent, price: float) -> Pull | None:
        """One more head saves its weight where somebody is missing, and costs it where nobody is."""
        if not self.about(agent):
            return None
        table = self._table(problem)
        missing = table.people(others) < table.heads
        worth = np.zeros((len(problem.days), len(table.first)))
        worth[table.day, table.shift] = price * np.where(missing, table.under, -table.over)
        return Pull(duty=worth[:, table.of_slot])

    def standing(self, problem: RosterProblem, others: Others, price: float) -> float:
        """People missing and too many in all rows."""
        table = self._table(problem)
        beyond = table.people(others) - table.heads
        return price * float(np.maximum(table.over * beyond, -table.under * beyond).sum())

    def linear(self, problem: RosterProblem) -> Linear:
        """Exact: a row for each of the rule's, with one price on either side."""
        from scipy.sparse import csr_array

        table = self._table(problem)
        row, slot = np.nonzero(table.shift[:, None] == table.of_slot)
        at = table.day[row] * len(problem.slots) + slot
        matrix = csr_array((np.ones(len(row)), (at, row)), shape=(problem.on_call.size, len(table.day)))
        return Linear.around(
            table.heads.astype(np.float64),
            dict.fromkeys(sorted(table.counted), matrix),
            table.under.astype(np.float64),
            table.over.astype(np.float64),
        )

    def _table(self, problem: RosterProblem) -> Table:
        """The rows as arrays, made once: comparing thousands of rows at every move would take longer than the move."""
        key = self.kind, id(self)
        if key not in problem.kept:
            problem.kept[key] = self, self._made(problem)
        made: Table = problem.kept[key][1]
        return made

    def _made(self, problem: RosterProblem) -> Table:
        number = {template.name: place for place, template in enumerate(problem.templates)}
        days = [(row.date - problem.days[0]).days for row in self.rows]
        inside = [
            (day, number[row.shift], row.heads, row.under, row.over)
            for day, row in zip(days, self.rows, strict=True)
            if 0 <= day < len(problem.days)
        ]
        day, shift, heads, under, over = np.array(inside, dtype=np.int64).reshape(-1, 5).T
        of_slot = np.array([number[template.name] for template, _ in problem.slots])
        first = np.searchsorted(of_slot, np.arange(len(number)))
        return Table(
            day, shift, heads, under, over, first, of_slot, frozenset(agent.id for agent in self.agents(problem))
        )
