"""Shifts that may not follow each other from one day to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, model_validator

from wfm.domain import Agent, Breach, Name, Roster, Shift, ShiftTemplate, Workforce
from wfm.domain.quantity import Minutes
from wfm.domain.time import local
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExprT

    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Kind = tuple[str, int]
"""The name of a shift and the minute of the day at which it starts."""


def _pair(text: object) -> object:
    return tuple(part.strip() for part in text.split("->")) if isinstance(text, str) else text


Pair = Annotated[tuple[Name, Name], BeforeValidator(_pair, json_schema_input_type=tuple[Name, Name] | str)]
"""Names of two shifts, the second on the day after the first; text such as ``night -> early`` is accepted."""


class ForbiddenSuccessions(Rule):
    """From one day to the next no shift follows that may not; a breach is a shift that does.

    ``pairs`` name shifts of which the second may not follow the first. With ``rotation: forward`` no shift starts more than
    ``back_minutes`` earlier by the clock than the one of the day before. A day off between two shifts frees both.
    """

    kind: Literal["forbidden_successions"] = "forbidden_successions"
    pairs: tuple[Pair, ...] = ()
    rotation: Literal["forward"] | None = None
    back_minutes: Minutes = 0
    unit: ClassVar[str] = "forbidden successions"
    source: ClassVar[str] = "common practice; forward rotation as recommended for shift work (Knauth 1996)"

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not self.pairs and self.rotation is None:
            raise ValueError(
                f"expected pairs or rotation: forward in {self.kind}, came neither: it would ask for nothing"
            )
        return self

    @property
    def name(self) -> str:
        """Named by what it forbids, as ``forbidden_successions:night-early`` or ``forbidden_successions:backward``."""
        parts = ["-".join(pair) for pair in self.pairs] + ["backward"] * (self.rotation is not None)
        return ":".join([self.kind, *parts])

    def check(self, workforce: Workforce, templates: Sequence[ShiftTemplate]) -> None:
        """Every shift of the pairs exists."""
        super().check(workforce, templates)
        known = [template.name for template in templates]
        for name in (name for pair in self.pairs for name in pair):
            if name not in known:
                raise ValueError(f"expected pairs of the shifts {', '.join(known)} in {self.kind}; came {name}")

    def _may_not(self, before: Kind, after: Kind) -> bool:
        back = self.rotation is not None and before[1] - after[1] > self.back_minutes
        return back or (before[0], after[0]) in self.pairs

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each shift that may not follow the one of the day before."""
        found = []
        for agent in self.agents(problem):
            for before, after in pairwise([*problem.history_of(agent.id)[-1:], *roster.shifts_of(agent.id)]):
                if after.day - before.day == timedelta(days=1) and self._clash(before, after, problem.grid.zone):
                    words = f"{agent.id} works {after.template} on {after.day}, after {before.template} the day before"
                    found.append(self.breach(1, words, agent=agent.id, first=before.day, last=after.day))
        return found

    def _clash(self, before: Shift, after: Shift, zone: str) -> bool:
        named = any(pair == (before.template, after.template) for pair in self.pairs)
        moved = _clock(after, zone) - _clock(before, zone)
        return named or (self.rotation == "forward" and moved < timedelta(minutes=-self.back_minutes))

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each day: a duty of the day before together with one that may not follow it takes the slack."""
        for agent in self.agents(problem):
            for day in range(len(problem.days)):
                barred = self._barred(problem, x, agent, day)
                if barred:
                    slack = ledger.slack(self, 1, agent=agent.id, first=problem.date(day - 1), last=problem.date(day))
                    for slots, before in barred.items():
                        after = [literal for duty, literal in x.duties(agent.id, day) if duty.slot in slots]
                        x.model.add(sum([*before, *after]) <= 1 + slack)

    def _barred(
        self, problem: RosterProblem, x: Variables, agent: Agent, day: int
    ) -> dict[frozenset[int], list[LinearExprT]]:
        """Slots that may not be worked on a day, with what of the day before bars them."""
        found: dict[frozenset[int], list[LinearExprT]] = {}
        if day == 0:
            found[self._barred_at_first(problem, agent)] = [1]
        for duty, literal in x.duties(agent.id, day - 1) if day else ():
            found.setdefault(self._barred_by(problem, _kind(duty)), []).append(literal)
        today = {duty.slot for duty in problem.duties[day]}
        return {slots: before for slots, before in found.items() if slots & today}

    def _barred_by(self, problem: RosterProblem, before: Kind) -> frozenset[int]:
        """The slots that may not follow a shift."""
        kinds = ((slot, (template.name, start)) for slot, (template, start) in enumerate(problem.slots))
        return frozenset(slot for slot, after in kinds if self._may_not(before, after))

    def _barred_at_first(self, problem: RosterProblem, agent: Agent) -> frozenset[int]:
        """The slots that the shift of the day before the horizon bars."""
        last = [shift for shift in problem.history_of(agent.id) if shift.day == problem.date(-1)]
        if not last:
            return frozenset()
        start = local(last[-1].start, problem.grid.zone)
        return self._barred_by(problem, (last[-1].template, 60 * start.hour + start.minute))

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers what the last day bars: at most one state for each start of each shift."""
        if self not in problem.kept:
            kinds = ((template.name, start) for template, start in problem.slots)
            problem.kept[self] = [self._barred_by(problem, kind) for kind in kinds]
        bars: list[frozenset[int]] = problem.kept[self]

        def step(barred: frozenset[int], _: int, duty: Duty | None) -> tuple[frozenset[int], int]:
            return (bars[duty.slot], int(duty.slot in barred)) if duty else (frozenset(), 0)

        return Automaton(start=self._barred_at_first(problem, agent), step=step, alike=True)


def _kind(duty: Duty) -> Kind:
    return duty.template.name, duty.start_minute


def _clock(shift: Shift, zone: str) -> timedelta:
    """Time of the day by the clock."""
    start = local(shift.start, zone)
    return timedelta(hours=start.hour, minutes=start.minute)
