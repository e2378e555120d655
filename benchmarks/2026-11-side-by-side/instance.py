"""The instances: pyworkforce's class of problem, people on shifts with bans and preferences, drawn in the shape of its example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from random import Random

from wfm.domain import Agent, Assignment, Contract, Roster, ShiftTemplate, TimeGrid, Wish, Workforce
from wfm.schedule import RosterProblem, Rule
from wfm.schedule.rules import Cost, ForbiddenSuccessions, PeriodMinutes, PeriodShifts, ShiftCover, Wishes
from wfm.schedule.rules.shift_cover import CoverRow

SHIFTS = {"Morning": (6, 8), "Afternoon": (14, 8), "Night": (22, 8), "Mixed": (10, 6)}
"""Hour of the start, and hours."""
ASKED = {"Morning": (8, 14), "Afternoon": (7, 13), "Night": (5, 9), "Mixed": (2, 12)}
"""People asked for on a shift of a day at least and at most, of 55. The example's, without its nights of 15 and mixed days of 18: as
pyworkforce lets nobody work on the day after a night, no month of them could be met."""
PEOPLE = 55
BAN_POINTS = 100
"""Points of a banned shift: more than any shift costs, so that no best roster has one."""
Cell = tuple[str, int, str]
"""Agent, day and shift."""


@dataclass(frozen=True)
class Instance:
    """Everybody works ``least_shifts`` and ``least_hours`` at least; the fewest hours are best, each preferred shift worth one."""

    agents: tuple[str, ...]
    days: int
    least_shifts: int
    least_hours: int
    asked: dict[str, tuple[int, ...]]
    banned: tuple[Cell, ...]
    preferred: tuple[tuple[str, str], ...]

    @classmethod
    def drawn(cls, agents: int, weeks: int, seed: int) -> Instance:
        """Two days off and 40 hours a week; bans and preferences as often as in the example."""
        chance, size, days = Random(f"{agents} {weeks} {seed}"), agents / PEOPLE, 7 * weeks
        people = tuple(f"a{number:03d}" for number in range(agents))
        asked = {name: tuple(round(size * chance.randint(*ends)) for _ in range(days)) for name, ends in ASKED.items()}
        bans = {
            (chance.choice(people), chance.randrange(days), chance.choice(tuple(SHIFTS)))
            for _ in range(round(3 * size * weeks))
        }
        likes = {(chance.choice(people), chance.choice(tuple(SHIFTS))) for _ in range(round(3 * size))}
        return cls(people, days, 5 * weeks, 40 * weeks, asked, tuple(sorted(bans)), tuple(sorted(likes)))

    @property
    def sheet(self) -> dict[str, object]:
        """Everything as a peer reads it."""
        return {**asdict(self), "hours": {name: hours for name, (_, hours) in SHIFTS.items()}}

    @property
    def grid(self) -> TimeGrid:
        return TimeGrid.of_days(date(2024, 1, 1), self.days, 60, "UTC")

    def problem(self) -> RosterProblem:
        """The same for wfm; a ban is a wish against a shift."""
        dates = self.grid.dates
        bans = [
            Wish(agent=agent, date=dates[day], want=name, avoid=True, points=BAN_POINTS)
            for agent, day, name in self.banned
        ]
        likes = [Wish(agent=agent, date=day, want=name) for agent, name in self.preferred for day in dates]
        return RosterProblem(
            grid=self.grid,
            channels=(),
            requirements=(),
            workforce=Workforce(
                contracts=(Contract(name="all", week_minutes=2_400, cost_hour_cents=1),),
                agents=tuple(Agent(id=agent, contract="all") for agent in self.agents),
                wishes=(*bans, *likes),
            ),
            templates=tuple(
                ShiftTemplate(name=name, starts=(60 * start,), minutes=60 * hours)
                for name, (start, hours) in SHIFTS.items()
            ),
        )

    def rules(self) -> tuple[Rule, ...]:
        """An hour costs one, as one cent of a price of one."""
        rows = tuple(
            CoverRow(date=day, shift=name, heads=heads)
            for name, row in self.asked.items()
            for day, heads in zip(self.grid.dates, row, strict=True)
        )
        return (
            ShiftCover(rows=rows),
            PeriodShifts(at_least=self.least_shifts),
            PeriodMinutes(at_least_minutes=60 * self.least_hours),
            ForbiddenSuccessions(pairs=(("Night", "Morning"),)),
            Cost(price=1.0),
            Wishes(price=1.0),
        )

    @property
    def wished(self) -> int:
        """What wfm's cost is above the hours less the preferred shifts: it charges each wish that is not granted."""
        return len(self.preferred) * self.days

    def cost(self, roster: Iterable[Cell]) -> int:
        """Hours less preferred shifts."""
        return sum(SHIFTS[name][1] - ((agent, name) in self.preferred) for agent, _, name in roster)

    def faults(self, roster: Iterable[Cell]) -> Iterator[str]:
        """What a roster breaks, judged from the lists alone."""
        cells = set(roster)
        worked = {(agent, day): name for agent, day, name in cells}
        if len(worked) < len(cells):
            yield "two shifts on one day"
        heads = Counter((day, name) for _, day, name in cells)
        for name, row in self.asked.items():
            yield from (f"{name} of day {day}" for day, asked in enumerate(row) if heads[day, name] < asked)
        for agent in self.agents:
            own = [name for (who, _), name in worked.items() if who == agent]
            if len(own) < self.least_shifts:
                yield f"too few shifts of {agent}"
            if sum(SHIFTS[name][1] for name in own) < self.least_hours:
                yield f"too few hours of {agent}"
        yield from (f"ban of {cell}" for cell in self.banned if cell in cells)
        for (agent, day), name in worked.items():
            if name == "Night" and worked.get((agent, day + 1)) == "Morning":
                yield f"morning after night of {agent} on day {day}"


def cells_of(roster: Roster, first: date) -> list[Cell]:
    """The cells of a roster of wfm's."""
    return [_cell(row, first) for row in roster.assignments]


def _cell(row: Assignment, first: date) -> Cell:
    return row.agent, (row.shift.day - first).days, row.shift.template
