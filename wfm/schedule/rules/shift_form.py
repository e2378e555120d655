"""The form of shifts: what no roster may get wrong, whatever else its rules are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, ClassVar, Literal

from wfm.domain import Agent, Breach, Roster, Shift, ShiftTemplate
from wfm.domain.time import instant, local
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton, Rule

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables


class ShiftForm(Rule):
    """Every shift is an exact placement of a template, on its own day, and overlaps no other shift of its agent; a breach is a fault.

    Always forbidden and always audited. A placement starts at an allowed clock time of an allowed weekday of the horizon and has the
    length of the template and each break, with its length and pay, inside its window. Other activities are paid, say what they are for
    and lie anywhere in the shift where no break does; no shift on call has any. Nobody works who is not in the workforce.
    """

    kind: Literal["shift_form"] = "shift_form"
    price: None = None
    only: None = None
    unit: ClassVar[str] = "faults of form"
    source: ClassVar[str] = "the shift templates of the scenario"

    def breaches(self, problem: RosterProblem, roster: Roster) -> list[Breach]:
        """One breach for each fault."""
        found = []
        for agent in sorted(roster.shifts_by_agent):
            if agent not in problem.workforce.by_id:
                found.append(self.breach(1, f"{agent} works and is not in the workforce", agent=agent))
            shifts = roster.shifts_of(agent)
            rows = [(shift, fault) for shift in shifts for fault in _faults(problem, shift)]
            rows += [
                (after, fault)
                for before, after in pairwise([*problem.history_of(agent)[-1:], *shifts])
                for fault in _clash(before, after)
            ]
            found += [
                self.breach(1, f"{agent}, shift of {shift.day}: {fault}", agent=agent, first=shift.day)
                for shift, fault in rows
            ]
        return found

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:  # noqa: ARG002 - never breached, even where others are
        """Variables know only placements, one a day; what is left to forbid is that a duty runs into a later one."""
        for agent in problem.workforce.agents:
            for day in range(len(problem.days)):
                for duty, literal in x.duties(agent.id, day):
                    for later in range(day + 1, min(day + 3, len(problem.days))):
                        clash = [other for next_, other in x.duties(agent.id, later) if next_.start < duty.end]
                        x.model.add(sum(clash) == 0).only_enforce_if(literal)
            for shift in problem.history_of(agent.id)[-1:]:
                busy_until = problem.elapsed(shift.end)
                for day in range(min(2, len(problem.days))):
                    x.model.add(
                        sum(literal for duty, literal in x.duties(agent.id, day) if duty.start < busy_until) == 0
                    )

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers when the last shift ended, only while something that starts later could run into it."""
        if self not in problem.kept:
            starts = [min((duty.start for duty in duties), default=inf) for duties in problem.duties]
            problem.kept[self] = [min(starts[day : day + 2], default=inf) for day in range(len(starts) + 1)]
        next_start: list[float] = problem.kept[self]

        def waits(ended: int, day: int) -> int | None:
            return ended if next_start[day + 1] < ended else None

        def step(ended: int | None, day: int, duty: Duty | None) -> tuple[int | None, int]:
            clash = int(duty is not None and ended is not None and duty.start < ended)
            last = duty.end if duty else ended
            return (None if last is None else waits(last, day)), clash

        history = problem.history_of(agent.id)
        start = waits(problem.elapsed(history[-1].end), -1) if history else None
        return Automaton(start=start, step=step, sees=lambda duty: (duty.start, duty.end), alike=True)


def _faults(problem: RosterProblem, shift: Shift) -> Iterator[str]:
    """What is wrong with one shift by itself."""
    template = next((row for row in problem.templates if row.name == shift.template), None)
    if template is None:
        yield f"no shift is called {shift.template}"
        return
    zone = problem.grid.zone
    if shift.day not in problem.days:
        yield f"the day is outside the horizon {problem.days[0]} to {problem.days[-1]}"
    if shift.day.weekday() not in template.weekdays:
        yield f"{template.name} is not worked on that weekday"
    if shift.start not in _begins(template.starts, shift.day, zone):
        yield f"{template.name} does not start at {local(shift.start, zone):%Y-%m-%d %H:%M}"
    if shift.interval.minutes != template.minutes:
        yield f"lasts {shift.interval.minutes:g} min; {template.name} lasts {template.minutes} min"
    yield from _break_faults(template, shift)


@lru_cache(maxsize=4_096)
def _begins(starts: tuple[int, ...], day: date, zone: str) -> frozenset[datetime]:
    """The instants at which a shift may start on a local day."""
    return frozenset(instant(day, minute, zone) for minute in starts)


def _break_faults(template: ShiftTemplate, shift: Shift) -> Iterator[str]:
    """What is wrong with the breaks of one shift and with what else interrupts it."""
    pauses = [row for row in shift.activities if row.kind == "break"]
    calls = [(row.interval, row.paid) for row in shift.activities if row.kind == "on_call"]
    if calls != ([(shift.interval, False)] if template.on_call else []):
        yield f"{template.name} should {'all' if template.on_call else 'not'} be unpaid time on call"
    for row in shift.activities:
        if row.kind not in {"break", "on_call"} and not (row.paid and row.what and not template.on_call):
            yield f"the {row.kind} {row.what or 'without a name'} should be paid, named, and in no shift on call"
    if len(pauses) != len(template.breaks):
        yield f"{template.name} should have {len(template.breaks)} x break, came {len(pauses)}"
        return
    for number, (pause, planned) in enumerate(zip(pauses, template.breaks, strict=True), 1):
        offset = (pause.start - shift.start).total_seconds() / 60
        if pause.interval.minutes != planned.minutes or pause.paid != planned.paid:
            yield f"break {number} is not {planned.minutes} min {'paid' if planned.paid else 'unpaid'}"
        if not planned.earliest <= offset <= planned.latest:
            yield f"break {number} starts {offset:g} min after the start, outside {planned.earliest} to {planned.latest} min"


def _clash(before: Shift, after: Shift) -> Iterator[str]:
    """What is wrong between a shift and the agent's next."""
    if after.day == before.day:
        yield "a second shift on one day"
    if after.start < before.end:
        yield f"begins before the shift of {before.day} ends"
