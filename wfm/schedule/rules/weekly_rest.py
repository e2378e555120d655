"""Uninterrupted rest in each week or fortnight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from wfm.domain import Agent, Roster, Shift
from wfm.domain.quantity import DAY_MINUTES, Minutes, hours_text
from wfm.domain.time import instant
from wfm.schedule.look import Look
from wfm.schedule.problem import Duty, RosterProblem
from wfm.schedule.rule import Automaton
from wfm.schedule.rules._looks import LookRule
from wfm.schedule.rules._rests import RestModel
from wfm.schedule.rules._weeks import whole_windows

if TYPE_CHECKING:
    from wfm.schedule.ledger import Ledger
    from wfm.schedule.variables import Variables

Rested = tuple[int | None, tuple[int, ...]]
"""When the last shift ended (None: long ago), and what the best rests so far give, in the window in which it did (or of today)."""


class WeeklyRest(LookRule):
    """In every ``per_days`` days there begins an uninterrupted rest of at least ``rest_minutes``; a breach is minutes missing.

    Windows are calendar weeks, fortnights and so on from a Monday, the same in every horizon; the rest may lie anywhere in them (Court
    of Justice of the EU, C-306/16). With ``times`` 2 there are two such rests or one of twice the length, and so on: {rest: 35h,
    per_days: 14, times: 2} is the Directive's fortnight. A rest counts in the window in which it begins, with its whole length, and in
    a later one from that window's start. The last window before the horizon is judged too, as far as its last rest reaches into it;
    after the horizon, and before the first shift that is known, nobody works. Shifts on call are rest unless ``on_call`` is true.
    """

    kind: Literal["weekly_rest"] = "weekly_rest"
    rest_minutes: Annotated[Minutes, Field(gt=0)] = 2160
    per_days: Literal[7, 14, 21, 28] = 7
    times: Literal[1, 2] = 1
    on_call: bool = False
    unit: ClassVar[str] = "minutes of rest missing"
    stricter: ClassVar[dict[str, Literal["more", "less"]]] = {"rest_minutes": "more"}
    source: ClassVar[str] = (
        "Directive 2003/88/EC art. 5 and 16 (35 h in 7 days, or on average in 14); Estatuto de los Trabajadores art. 37.1 (36 h)"
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.times * self.rest_minutes > (self.per_days - 1) * DAY_MINUTES:
            raise ValueError(
                f"expected {self.times} x {hours_text(self.rest_minutes)} of rest to fit into {self.per_days - 1} days, came more"
            )
        return self

    @property
    def name(self) -> str:
        """Named by its length and window, as ``weekly_rest:36h-in-7-days`` or ``weekly_rest:2x35h-in-14-days``."""
        times = f"{self.times}x" if self.times > 1 else ""
        return f"{self.kind}:{times}{hours_text(self.rest_minutes)}-in-{self.per_days}-days"

    @property
    def places(self) -> str:
        """Windows."""
        return "weeks" if self.per_days == 7 else f"windows of {self.per_days} days"

    def looks(self, problem: RosterProblem, roster: Roster) -> Iterator[Look]:
        """The rest of every window: the longest, or with ``times`` all together as far as they count."""
        zone, horizon = problem.grid.zone, problem.grid.start
        for agent in self.agents(problem):
            history = self._work(problem.history_of(agent.id))
            rests = list(_rests([*history, *self._work(roster.shifts_of(agent.id))]))
            for first, last in whole_windows(problem, self.per_days):
                begins, ends = instant(first, 0, zone), instant(last + timedelta(days=1), 0, zone)
                if ends <= horizon and any(shift.end >= ends for shift in history):
                    continue  # all its rests ended before the horizon
                yield Look(
                    self._found([_length(rest, begins, ends) for rest in rests]),
                    self.times * self.rest_minutes,
                    True,
                    first,
                    last,
                    agent.id,
                )

    def _found(self, lengths: Sequence[float]) -> float:
        """The longest rest; where several are asked for, what the best give together, a long one piece by piece."""
        if self.times == 1:
            return max(lengths)
        return sum(sorted(piece for length in lengths for piece in self.pieces(length))[-self.times :])

    def pieces(self, length: float) -> Iterator[float]:
        """What a rest of some length gives, cut into as many pieces as are asked for."""
        for n in range(self.times):
            yield min(self.rest_minutes, max(0, length - n * self.rest_minutes))

    def _work(self, shifts: Iterable[Shift]) -> list[Shift]:
        return [shift for shift in shifts if self.on_call or not shift.on_call]

    def amount_text(self, amount: float) -> str:
        """Hours and minutes."""
        return hours_text(amount)

    def said(self, look: Look) -> str:
        """The rest that there is, and the rest that is asked."""
        found, asked = hours_text(look.found), hours_text(look.asked)
        return f"{look.agent} rests {found} at most in one piece from {look.first} to {look.last}; {asked} are needed"

    def post(self, problem: RosterProblem, x: Variables, ledger: Ledger) -> None:
        """For each window: rests that begin in it are picked, which are long enough but for the slack."""
        for agent in self.agents(problem):
            model = RestModel(x, agent.id, self.rest_minutes, self.times, on_call=self.on_call)
            for first, last in whole_windows(problem, self.per_days):
                model.post(self, ledger, first, last)

    def tour(self, problem: RosterProblem, agent: Agent) -> Automaton:
        """Remembers when the last shift ended, until nothing can be too close any more, and what the best rests give."""
        if self not in problem.kept:
            problem.kept[self] = self._memory(problem)
        memory: _Memory = problem.kept[self]
        return memory.automaton(agent)

    def _memory(self, problem: RosterProblem) -> _Memory:
        zone, windows = problem.grid.zone, whole_windows(problem, self.per_days)
        first = windows[0][0] if windows else problem.days[0]
        dates = (first + timedelta(days=k * self.per_days) for k in range(len(windows) + 3))
        edges = [problem.elapsed(instant(day, 0, zone)) for day in dates]
        return _Memory(self, problem, edges, len(windows))


class _Memory:
    """The third face: windows begin at ``edges``, in elapsed minutes; the first so many of them are judged."""

    def __init__(self, rule: WeeklyRest, problem: RosterProblem, edges: list[int], judged: int) -> None:
        self.rule, self.problem, self.edges, self.judged = rule, problem, edges, judged
        self.none, self.full = (0,) * rule.times, (rule.rest_minutes,) * rule.times
        days = range(len(problem.days) + 1)
        self.midnights = [problem.elapsed(instant(problem.date(day), 0, problem.grid.zone)) for day in days]
        starts = [[duty.start for duty in duties if self.sees(duty)] for duties in problem.duties]
        self.next_start = [min((start for row in starts[day:] for start in row), default=None) for day in days]
        self.window, self.better = cache(self._window), cache(self._better)  # asked a hundred times each

    def automaton(self, agent: Agent) -> Automaton:
        state: Rested = (None, self.none)
        for shift in self.problem.history_of(agent.id):
            end = self.problem.elapsed(shift.end)
            if (self.rule.on_call or not shift.on_call) and end >= self.edges[0]:
                state, _ = self.worked(state, self.problem.elapsed(shift.start), end)
        return Automaton(start=self.by(state, 0), step=self.step, sees=self.sees, alike=True, coarse=self.coarse)

    def coarse(self, state: Rested) -> Rested:
        """Where nothing may be missing, a rest that is too short is none."""
        ended, found = state
        return ended, tuple(piece if piece == self.rule.rest_minutes else 0 for piece in found)

    def sees(self, duty: Duty) -> tuple[int, int] | None:
        return (duty.start, duty.end) if self.rule.on_call or not duty.template.on_call else None

    def step(self, state: Rested, day: int, duty: Duty | None) -> tuple[Rested, int]:
        missing = 0
        if duty is not None and self.sees(duty):
            state, missing = self.worked(state, duty.start, duty.end)
        return self.by(state, day + 1), missing

    def worked(self, state: Rested, start: int, end: int) -> tuple[Rested, int]:
        """After a shift: the rest before it is over, and with it the windows of which it was the last."""
        (ended, found), own, missing = state, self.window(start), 0
        if ended is not None and self.window(ended) == own:
            found = self.better(found, start - ended)
        else:
            if ended is not None:
                missing += self.short(self.window(ended), self.better(found, start - ended))
                found = self.none
            if own >= 0:
                found = self.better(found, start - self.edges[own])
        if self.window(end) != own:
            return (end, self.none), missing + self.short(own, found)
        return (end, found), missing

    def by(self, state: Rested, day: int) -> Rested:
        """What is remembered at a day's midnight: no rest that cannot be among the best, nor of a window that is over.

        A rest that is long enough already is full, and the one that goes on lasts until the next shift can begin.
        """
        (ended, found), midnight, next_start = state, self.midnights[day], self.next_start[day]
        if ended is None:
            return None, self.none if midnight in self.edges else found
        if next_start is None or next_start - ended >= self.rule.times * self.rule.rest_minutes:
            return None, self.full if self.window(ended) == self.window(midnight) else self.none
        return ended, self.none if found[-1] <= next_start - ended and self.rule.times == 1 else found

    def _window(self, minute: int) -> int:
        """The window that a minute lies in; -1 before the first."""
        return bisect_right(self.edges, minute) - 1

    def _better(self, found: tuple[int, ...], length: int) -> tuple[int, ...]:
        """The best pieces of rest, with those of one more."""
        if length <= found[0]:
            return found
        pieces = (int(piece) for piece in self.rule.pieces(length))
        return tuple(sorted([*found, *pieces])[-self.rule.times :])

    def short(self, window: int, found: tuple[int, ...]) -> int:
        """What is missing in a window that is over, where it is judged."""
        return self.rule.times * self.rule.rest_minutes - sum(found) if 0 <= window < self.judged else 0


def _rests(shifts: Sequence[Shift]) -> Iterator[tuple[datetime | None, datetime | None]]:
    """From the end of each shift to the start of the next: None before the first and after the last."""
    ordered = sorted(shifts, key=lambda shift: shift.start)
    ends = (None, *(shift.end for shift in ordered))
    starts = (*(shift.start for shift in ordered), None)
    yield from zip(ends, starts, strict=True)


def _length(rest: tuple[datetime | None, datetime | None], begins: datetime, ends: datetime) -> float:
    """Minutes of a rest as far as it counts in a window; one that has no end counts as long as the window."""
    since, until = max(rest[0] or begins, begins), rest[1]
    if since >= ends:
        return 0.0
    return max(0.0, ((until or since + (ends - begins)) - since).total_seconds() / 60)
