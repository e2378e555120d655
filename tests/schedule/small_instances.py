"""Random instances like the published ones, so small that their optimum is found by trying every tour of everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

import numpy as np
from numpy.typing import NDArray

from tests.schedule.tiny import Tour, roster_of, tours_of
from wfm.domain import Agent, Assignment, Contract, ShiftTemplate, TimeGrid, TimeOff, Wish, Workforce
from wfm.schedule import rules as kinds
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules.shift_cover import CoverRow, ShiftCover

ZONE = "UTC"
THURSDAY = date(2024, 1, 4)
SHIFTS = (
    ShiftTemplate(name="day", starts=(480,), minutes=480),
    ShiftTemplate(name="night", starts=(1200,), minutes=600),
)
TIER = 100_000
"""One unit of the first tier on the scale of :func:`optimum`: more than any cost of the second."""
Costs = NDArray[np.float64]
Heads = NDArray[np.int64]
BARS: dict[str, Callable[[Random, int], Rule]] = {
    "max_consecutive_days": lambda chance, _: kinds.MaxConsecutiveDays(days=chance.randint(2, 3)),
    "max_consecutive_nights": lambda chance, _: kinds.MaxConsecutiveDays(days=chance.randint(1, 2), shifts=("night",)),
    "max_consecutive_days_off": lambda chance, _: kinds.MaxConsecutiveDaysOff(days=chance.randint(1, 3)),
    "min_consecutive_days": lambda chance, _: kinds.MinConsecutiveDays(open_start=chance.random() < 0.5),
    "min_consecutive_nights": lambda *_: kinds.MinConsecutiveDays(days=2, shifts=("night",)),
    "min_consecutive_days_off": lambda chance, _: kinds.MinConsecutiveDaysOff(open_start=chance.random() < 0.5),
    "forbidden_successions": lambda *_: kinds.ForbiddenSuccessions(pairs=(("night", "day"),)),
    "min_rest": lambda *_: kinds.MinRest(rest_minutes=660),
    "max_weekends": lambda chance, _: kinds.MaxWeekends(at_most=chance.randint(0, 1)),
    "whole_weekends": lambda *_: kinds.WholeWeekends(),
    "period_shifts": lambda chance, days: kinds.PeriodShifts(
        at_least=chance.randint(0, days // 2), at_most=chance.randint(days // 2, days)
    ),
    "period_nights": lambda chance, _: kinds.PeriodShifts(at_most=chance.randint(0, 2), shifts=("night",)),
    "period_minutes": lambda chance, days: kinds.PeriodMinutes(
        at_least_minutes=960, at_most_minutes=480 * chance.randint(3, days)
    ),
}
"""Rules about one agent over so many days, which an instance forbids or prices."""
OF_NIGHTS = {"max_consecutive_nights", "min_consecutive_nights", "forbidden_successions", "period_nights"}


def instance(seed: int, days: int = 5, shifts: int = 2) -> tuple[RosterProblem, tuple[Rule, ...]]:
    """Draw two or three agents from a Thursday on, their past, what is forbidden, and what costs something."""
    chance = Random(seed)
    names = ("ann", "ben", "cas")[: chance.randint(2, 3)]
    grid = TimeGrid.of_days(THURSDAY, days, 60, ZONE)
    problem = RosterProblem(
        grid=grid,
        channels=(),
        requirements=(),
        workforce=Workforce(
            contracts=(Contract(name="any", week_minutes=2400),),
            agents=tuple(Agent(id=name, contract="any") for name in names),
            time_off=tuple(_days_off(chance, names)),
            wishes=tuple(_wishes(chance, names, grid.dates)),
        ),
        templates=SHIFTS[:shifts],
        before=tuple(_past(chance, names)),
    )
    return problem, tuple(_rules(chance, problem))


def _days_off(chance: Random, names: Sequence[str]) -> Iterator[TimeOff]:
    for name in names:
        if chance.random() < 0.4:
            day = THURSDAY + timedelta(days=chance.randrange(5))
            yield TimeOff(agent=name, first=day, last=day)


def _wishes(chance: Random, names: Sequence[str], days: Sequence[date]) -> Iterator[Wish]:
    for _ in range(chance.randint(0, 4)):
        wish = Wish(agent=chance.choice(names), date=chance.choice(days), want="off", points=chance.randint(1, 3))
        want = chance.choice(["off", "work", "day", "night"])
        yield wish.varied(want=want, avoid=want in {"day", "night"} and chance.random() < 0.5)


def _past(chance: Random, names: Sequence[str]) -> Iterator[Assignment]:
    for name in names:
        for ago in range(1, chance.randint(1, 4)):
            shift = chance.choice([None, *SHIFTS])
            if shift is not None:
                placed = shift.placed(THURSDAY - timedelta(days=ago), shift.starts[0], (), ZONE)
                yield Assignment(agent=name, shift=placed)


def _rules(chance: Random, problem: RosterProblem) -> Iterator[Rule]:
    days, shifts, people = problem.days, problem.templates, len(problem.workforce.agents)
    yield kinds.TimeOff()
    yield kinds.Wishes(price=chance.randint(1, 3), tier=chance.choice([1, 1, 2]))
    drawn = chance.sample([name for name in BARS if len(shifts) > 1 or name not in OF_NIGHTS], chance.randint(3, 6))
    for name in drawn:
        price = chance.choice([None, None, 2, 5])
        tier = 1 if price is None else chance.choice([1, 1, 2])
        yield BARS[name](chance, len(days)).varied(price=price, tier=tier)
    cells = [(day, shift.name) for day in days for shift in shifts]
    if chance.random() < 0.4:
        asked = [CoverRow(date=day, shift=shift, heads=1) for day, shift in chance.sample(cells, chance.randint(1, 4))]
        yield ShiftCover(named="least", rows=tuple(asked))
    rows = (
        CoverRow(
            date=day,
            shift=shift,
            heads=chance.randint(0, people),
            under=chance.choice([3, 10]),
            over=chance.choice([0, 1]),
        )
        for day, shift in cells
    )
    yield ShiftCover(named="best", rows=tuple(rows), price=1)


def optimum(problem: RosterProblem, rules: Sequence[Rule]) -> float | None:
    """Return the least cost of a roster (first tier times TIER plus the second) over all tours of all; None where none is legal.

    What a tour costs its agent is asked of the rules' witnesses; heads are counted here.
    """
    covers = [rule for rule in rules if isinstance(rule, ShiftCover)]
    heads, cost = np.zeros((1, len(problem.days), len(SHIFTS)), dtype=np.int64), np.zeros(1)
    for agent in problem.workforce.agents:
        tours, charge = legal_tours(problem, rules, agent)
        more = np.stack([tours == 1 + slot for slot in range(len(SHIFTS))], axis=2).astype(np.int64)
        heads, cost = _cheapest(
            (heads[:, None] + more[None]).reshape(-1, *heads.shape[1:]), (cost[:, None] + charge[None]).ravel()
        )
    if not len(cost):
        return None
    least = float((cost + sum(_uncovered(problem, rule, heads) for rule in covers)).min())
    return None if np.isinf(least) else least


def _cheapest(heads: Heads, cost: Costs) -> tuple[Heads, Costs]:
    """Of all that work the same heads the cheapest."""
    if not len(cost):
        return heads, cost
    unlike, place = np.unique(heads.reshape(len(heads), -1), axis=0, return_inverse=True)
    least = np.full(len(unlike), np.inf)
    np.minimum.at(least, place.ravel(), cost)
    return unlike.reshape(-1, *heads.shape[1:]), least


def legal_tours(problem: RosterProblem, rules: Sequence[Rule], agent: Agent) -> tuple[Heads, Costs]:
    """Return all legal tours of an agent, shape (tours, days) with 0 a day off and 1 + slot a duty, and what each costs."""
    alone = [rule for rule in rules if not isinstance(rule, ShiftCover)]
    tours = [(tour, _charge(problem, alone, agent, tour)) for tour in tours_of(problem)]
    legal = [(tour, charge) for tour, charge in tours if np.isfinite(charge)]
    choices = [[0 if duty is None else 1 + duty.slot for duty in tour] for tour, _ in legal]
    shape = (len(legal), len(problem.days))
    return np.array(choices, dtype=np.int64).reshape(shape), np.array([charge for _, charge in legal])


def _charge(problem: RosterProblem, rules: Sequence[Rule], agent: Agent, tour: Tour) -> float:
    roster, charge = roster_of(problem, {agent.id: tour}), 0.0
    for breach in (breach for rule in rules for breach in rule.breaches(problem, roster)):
        if breach.agent == agent.id:
            charge += np.inf if breach.forbidden else breach.cost * (TIER if breach.tier == 1 else 1)
    return charge


def _uncovered(problem: RosterProblem, rule: ShiftCover, heads: Heads) -> Costs:
    cost = np.zeros(len(heads))
    for row in rule.rows:
        slot = [shift.name for shift in SHIFTS].index(row.shift)
        people = heads[:, problem.days.index(row.date), slot]
        amount = row.under * np.maximum(row.heads - people, 0) + row.over * np.maximum(people - row.heads, 0)
        cost += np.where(amount > 0, np.inf, 0) if rule.price is None else amount * rule.price * TIER
    return cost
