"""Rosters that cannot be: twelve kinds of conflict planted in centres whose rest is loosely feasible, each known exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.schedule.tiny import MADRID, requirement
from wfm.domain import (
    Agent,
    BreakTemplate,
    Channel,
    Contract,
    Opening,
    Pin,
    Role,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Workforce,
)
from wfm.schedule import Solution, rules
from wfm.schedule.conflicts.reason import Part
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule

FIRST = date(2026, 11, 30)
"""A Monday."""
MEAL = BreakTemplate(minutes=30, earliest=180, latest=300)
TEMPLATES = {
    name: ShiftTemplate(name=name, starts=tuple(60 * hour for hour in hours), minutes=510, breaks=(MEAL,))
    for name, hours in {"early": (6, 7), "day": (8, 9, 10), "late": (14,), "night": (22,)}.items()
}
MORNING = "10:00-14:00"
"""Hours that an early and a day shift cover whole, a late and a night shift not at all."""

MOST_HOLDERS = 12
Cell = tuple[str, str, date, date]
"""A rule's id, an agent (empty: it couples several) and the first and last date of a line."""


@dataclass
class Draft:
    """A centre in the making: everything that a kind of conflict may change."""

    weeks: int
    chance: Random
    agents: list[Agent]
    contracts: list[Contract]
    rules: list[Rule]
    time_off: list[TimeOff]
    pins: list[Pin]
    roles: list[str]

    @property
    def last(self) -> date:
        """The last day of the horizon."""
        return self.day(7 * self.weeks - 1)

    def day(self, number: int) -> date:
        """A day by its number from the first."""
        return FIRST + timedelta(days=number)

    def some_day(self, *, within: int = 5, room: int = 1) -> int:
        """The number of a day among the first of a random week, with room for some days after it."""
        return min(7 * self.chance.randrange(self.weeks) + self.chance.randrange(within), 7 * self.weeks - room)

    def take(self, number: int, **changes: object) -> list[str]:
        """Change some agents of whom nothing else is known, and tell their ids."""
        plain = [k for k, agent in enumerate(self.agents) if not agent.roles and "chat" not in agent.skills]
        chosen = sorted(self.chance.sample(plain, number))
        for k in chosen:
            agent = self.agents[k]
            more = {"roles": (*agent.roles, "planted"), **changes}
            self.agents[k] = agent.varied(**more)
            self.time_off = [row for row in self.time_off if row.agent != agent.id]
        return [self.agents[k].id for k in chosen]

    def leave(self, agents: Iterable[str], day: int) -> None:
        """Send agents on leave for a day."""
        self.time_off += [TimeOff(agent=agent, first=self.day(day), last=self.day(day)) for agent in agents]

    def pin(self, agent: str, day: int, name: str | None, hour: int = 0) -> None:
        """Pin a cell of an agent."""
        shift = TEMPLATES[name].placed(self.day(day), 60 * hour, (180,), MADRID) if name else None
        self.pins.append(Pin(agent=agent, day=self.day(day), shift=shift))

    def cover(self, hours: str, at_least: int = 1) -> Rule:
        """Ask for holders of the planted role."""
        rule = rules.RoleCover(role="planted", at_least=at_least, hours=Opening.from_text(hours))
        self.rules.append(rule)
        return rule


@dataclass(frozen=True)
class Planted:
    """A problem with its conflict: the lines that cannot be met together, none of which can be spared."""

    kind: str
    problem: RosterProblem
    rules: tuple[Rule, ...]
    truth: frozenset[Cell]

    def named_by(self, solution: Solution) -> bool:
        """Whether a solution tells this conflict and no other."""
        return [frozenset(_cells(conflict.parts)) for conflict in solution.conflicts] == [self.truth]


def _cells(parts: Iterable[Part]) -> Iterator[Cell]:
    """The lines of the parts of a conflict; a stretch of a rule of single days stands for each of its days."""
    for part in parts:
        assert part.first
        assert part.last
        days = [part.first + timedelta(days=k) for k in range((part.last - part.first).days + 1)]
        dates = [(day, day) for day in days] if part.kind in OF_DAYS else [(part.first, part.last)]
        yield from ((part.rule, agent, *both) for agent in part.agents or ("",) for both in dates)


OF_DAYS = {"role_cover", "minimum_heads", "time_off", "pinned", "availability", "apart"}
"""Kinds of rules that look at each day by itself."""


def line(rule: Rule, agent: str, first: date, last: date | None = None) -> Cell:
    """A line of the truth."""
    return rule.id, agent, first, last or first


def role_off(draft: Draft) -> list[Cell]:
    """All holders of a role are on leave on one day."""
    holders, day = draft.take(draft.chance.randint(2, 5)), draft.some_day()
    draft.leave(holders, day)
    cover = draft.cover(f"mon-fri {MORNING}")
    return [line(cover, "", draft.day(day)), *(line(rules.TimeOff(), agent, draft.day(day)) for agent in holders)]


def left_and_off(draft: Draft) -> list[Cell]:
    """Of two holders of a role one leaves, and the other is on leave on one of the days after."""
    (stays, leaves), day = draft.take(2), draft.some_day()
    draft.leave([stays], day)
    place = next(k for k, agent in enumerate(draft.agents) if agent.id == leaves)
    draft.agents[place] = draft.agents[place].varied(employed_until=draft.day(day - 1))
    cover = draft.cover(f"mon-fri {MORNING}")
    off, available = line(rules.TimeOff(), stays, draft.day(day)), line(rules.Availability(), leaves, draft.day(day))
    return [line(cover, "", draft.day(day)), off, available]


def heads_above(draft: Draft) -> list[Cell]:
    """More holders are asked for than leave leaves on one day."""
    asked, spare = draft.chance.randint(2, 5), draft.chance.randint(1, 3)
    holders, day = draft.take(asked + spare), draft.some_day()
    away = draft.chance.sample(holders, spare + 1)
    draft.leave(away, day)
    cover = draft.cover(f"mon-fri {MORNING}", asked)
    return [line(cover, "", draft.day(day)), *(line(rules.TimeOff(), agent, draft.day(day)) for agent in away)]


def nights(draft: Draft) -> list[Cell]:
    """One night more is asked for over the horizon than the holders' limits allow, or a few."""
    asked, most = _tight(draft, 7 * draft.weeks, range(draft.weeks, 3 * draft.weeks + 1))
    holders = draft.take((7 * draft.weeks * asked - 1) // most)
    limit = rules.MaxNights(at_most=most, per="period", only=Only(role=("planted",)))
    draft.rules.append(limit)
    cover = draft.cover("mon-sun 23:00-24:00", asked)
    days = [line(cover, "", draft.day(day)) for day in range(7 * draft.weeks)]
    return [*days, *(line(limit, agent, FIRST, draft.last) for agent in holders)]


def weekends(draft: Draft) -> list[Cell]:
    """The Saturdays ask for more weekends than the holders' limits allow."""
    asked, most = _tight(draft, draft.weeks, range(1, draft.weeks))
    holders = draft.take((draft.weeks * asked - 1) // most)
    limit = rules.MaxWeekends(at_most=most, only=Only(role=("planted",)))
    draft.rules.append(limit)
    cover = draft.cover(f"sat {MORNING}", asked)
    days = [line(cover, "", draft.day(7 * week + 5)) for week in range(draft.weeks)]
    return [*days, *(line(limit, agent, FIRST, draft.last) for agent in holders)]


def _tight(draft: Draft, days: int, limits: Iterable[int]) -> tuple[int, int]:
    """How many are asked for on each of some days and a limit for each holder, so that no day and no holder's limit can be spared.

    What is asked for beyond the limits is no more than one day asks for, and than one holder without a limit could add.
    """
    found = []
    for asked in (1, 2, 3):
        for most in limits:
            holders, beyond = divmod(days * asked - 1, most)
            if asked <= holders <= MOST_HOLDERS and beyond + 1 <= min(asked, days - most):
                found.append((asked, most))
    return draft.chance.choice(found)


def round_the_clock(draft: Draft) -> list[Cell]:
    """Three hours a day that no two of which one shift covers ask for one shift a week more than the holders' contracts have."""
    asked = draft.chance.randint(1, 2)
    holders = draft.take(4 * asked)
    cover = draft.cover("mon-sun 10:00-11:00, mon-sun 18:00-19:00, mon-sun 23:00-24:00", asked)
    return [
        *(line(cover, "", draft.day(day)) for day in range(7)),
        *(line(rules.ShiftsWeek(), agent, FIRST, draft.last) for agent in holders),
    ]


def contract(draft: Draft) -> list[Cell]:
    """An agent's contract asks for more in a week than pinned days off leave."""
    (agent,), week = draft.take(1), draft.chance.randrange(draft.weeks)
    free = sorted(draft.chance.sample(range(7), 5))
    for day in free:
        draft.pin(agent, 7 * week + day, None)
    minutes = next(rule for rule in draft.rules if rule.kind == "week_minutes")
    monday = 7 * week
    pins = [line(rules.Pinned(), agent, draft.day(monday + day)) for day in free]
    return [*pins, line(minutes, agent, draft.day(monday), draft.day(monday + 6))]


def odd_contract(draft: Draft) -> list[Cell]:
    """No number of shifts gives exactly what a contract asks for over the horizon."""
    draft.contracts.append(
        Contract(name="odd", week_minutes=draft.chance.choice((2110, 2150, 2170, 2230)), shifts_week=6)
    )
    (agent,) = draft.take(1, contract="odd")
    exact = rules.PeriodMinutes(only=Only(contract=("odd",)))
    draft.rules.append(exact)
    return [line(exact, agent, FIRST, draft.last)]


def fixed_against_rest(draft: Draft) -> list[Cell]:
    """Two pinned shifts lie too close."""
    (agent,), day = draft.take(1), draft.some_day(within=7, room=2)
    draft.pin(agent, day, "late", 14)
    draft.pin(agent, day + 1, "early", draft.chance.choice((6, 7)))
    rest = line(rules.MinRest(), agent, draft.day(day), draft.day(day + 1))
    return [*(line(rules.Pinned(), agent, draft.day(k)) for k in (day, day + 1)), rest]


def nights_in_a_row(draft: Draft) -> list[Cell]:
    """Four nights in a row are pinned; three are allowed."""
    (agent,), day = draft.take(1), draft.some_day(within=4, room=4)
    for k in range(day, day + 4):
        draft.pin(agent, k, "night", 22)
    run = line(rules.MaxConsecutiveNights(days=3), agent, draft.day(day), draft.day(day + 3))
    return [*(line(rules.Pinned(), agent, draft.day(k)) for k in range(day, day + 4)), run]


def pair(draft: Draft) -> list[Cell]:
    """Two people who are kept apart are pinned to the same hours."""
    people, day = draft.take(2), draft.some_day(within=7)
    apart = rules.Apart(people=tuple(people))
    draft.rules.append(apart)
    for agent in people:
        draft.pin(agent, day, "day", draft.chance.choice((8, 9, 10)))
    return [line(apart, "", draft.day(day)), *(line(rules.Pinned(), agent, draft.day(day)) for agent in people)]


def late_then_early(draft: Draft) -> list[Cell]:
    """One holder covers a late evening and the next morning."""
    ((agent,), day) = draft.take(1), draft.chance.randrange(6)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    cover = draft.cover(f"{names[day]} 20:00-22:00, {names[day + 1]} 06:30-07:30")
    rest = line(rules.MinRest(), agent, draft.day(day), draft.day(day + 1))
    return [*(line(cover, "", draft.day(k)) for k in (day, day + 1)), rest]


KINDS: dict[str, tuple[Callable[[Draft], list[Cell]], range]] = {
    "role_off": (role_off, range(1, 5)),
    "left_and_off": (left_and_off, range(1, 5)),
    "heads_above": (heads_above, range(1, 5)),
    "nights": (nights, range(1, 5)),
    "weekends": (weekends, range(2, 5)),
    "round_the_clock": (round_the_clock, range(1, 2)),
    "contract": (contract, range(1, 5)),
    "odd_contract": (odd_contract, range(1, 5)),
    "fixed_against_rest": (fixed_against_rest, range(1, 5)),
    "nights_in_a_row": (nights_in_a_row, range(1, 5)),
    "pair": (pair, range(1, 5)),
    "late_then_early": (late_then_early, range(1, 2)),
}
"""What plants each kind, and the weeks of horizon in which it is one conflict and not one a week."""


def planted(kind: str, agents: int, seed: int, weeks: int | None = None) -> Planted:
    """Plant a conflict of a kind among some agents (20 to 100)."""
    chance = Random(f"{kind} {agents} {seed}")
    plant, possible = KINDS[kind]
    draft = _centre(agents, chance.choice(possible) if weeks is None else weeks, chance)
    truth = frozenset(plant(draft))
    return Planted(kind, _problem(draft), tuple(draft.rules), truth)


def unplanted(agents: int, weeks: int, seed: int = 0) -> tuple[RosterProblem, tuple[Rule, ...]]:
    """Build the same without a conflict."""
    draft = _centre(agents, weeks, Random(f"{agents} {weeks} {seed}"))
    return _problem(draft), tuple(draft.rules)


def _centre(number: int, weeks: int, chance: Random) -> Draft:
    """Everybody serves the phone, a third chat, a few are experts; one in ten has some days of leave."""
    agents = [
        Agent(
            id=f"A{k:03d}",
            contract="full",
            skills=("phone", "chat") if k % 3 == 0 else ("phone",),
            roles=("sme",) if k % 3 == 0 and k < 15 else (),
        )
        for k in range(number)
    ]
    plain = [agent.id for agent in agents if not agent.roles]
    leaves = [(agent, chance.randrange(7 * weeks - 2)) for agent in chance.sample(plain, number // 10)]
    draft = Draft(
        weeks=weeks,
        chance=chance,
        agents=agents,
        contracts=[Contract(name="full", week_minutes=2400, shifts_week=5)],
        rules=[
            rules.Availability(),
            rules.TimeOff(),
            rules.Pinned(),
            rules.MinRest(),
            rules.WeekMinutes(over_minutes=480, under_minutes=960, only=Only(contract=("full",))),
            rules.ShiftsWeek(),
            rules.WeeklyDaysOff(days=1),
            rules.MaxConsecutiveDays(days=6),
            rules.MaxConsecutiveNights(days=3),
            rules.MaxNights(at_most=4),
            rules.RoleCover(role="sme", hours=Opening.from_text("mon-fri 10:00-14:00")),
            rules.MinimumHeads(at_least=2),
            rules.Coverage(),
            rules.Wishes(price=1.0, tier=2),
        ],
        time_off=[],
        pins=[],
        roles=["sme", "planted"],
    )
    draft.time_off += [TimeOff(agent=agent, first=draft.day(k), last=draft.day(k + 2)) for agent, k in leaves]
    return draft


def _problem(draft: Draft) -> RosterProblem:
    grid = TimeGrid.of_days(FIRST, 7 * draft.weeks, 30, MADRID)
    heads = max(1, len(draft.agents) // 8)
    served = tuple(float(min(k, heads)) for k in range(heads + 1))
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, dict.fromkeys(range(grid.count), served)),),
        workforce=Workforce(
            contracts=tuple(draft.contracts),
            agents=tuple(draft.agents),
            roles=tuple(Role(name=name) for name in draft.roles),
            time_off=tuple(draft.time_off),
        ),
        templates=tuple(TEMPLATES.values()),
        pins=tuple(draft.pins),
    )
