"""Replanning: who is absent is replaced where it pays, cells that stay keep their breaks, and few changes are proved to be the fewest."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product

import numpy as np
import pytest

from tests.schedule.centre import BREAKS, centre, requirement
from wfm.domain import Agent, Assignment, Channel, Contract, Pin, Roster, ShiftTemplate, TimeGrid, TimeOff, Workforce
from wfm.schedule import Limits, RosterProblem, Rule, audit, solve
from wfm.schedule.draft import Draft, Tour
from wfm.schedule.replanning.replan import Replanned, replan
from wfm.schedule.rules import (
    ChangeCost,
    Coverage,
    MinimumHeads,
    MinRest,
    Pinned,
    Spread,
    WeeklyDaysOff,
    WeekMinutes,
)
from wfm.schedule.rules import TimeOff as KeepTimeOff

FIRST = date(2026, 11, 30)
LIMITS = Limits(steps=200, seed=1)
KEPT: tuple[Rule, ...] = (
    KeepTimeOff(),
    MinRest(),
    WeeklyDaysOff(days=3),
    WeekMinutes(over_minutes=480, under_minutes=None),
    MinimumHeads(at_least=1, price=0.002),
    Coverage(),
    Spread(of="nights", price=0.1, tier=2),
)


def small(seed: int, agents: int = 3, days: int = 4) -> RosterProblem:
    """Build a week's beginning with two kinds of shifts, movable breaks and more contacts than three people like."""
    random = np.random.default_rng(seed)
    grid = TimeGrid.of_days(FIRST, days, 60, "Europe/Madrid")
    hours = grid.minute_of_day / 60
    heads = 2.0 * np.exp(-(((hours - 14) / 5) ** 2)) * random.uniform(0.3, 1.2, grid.count)
    templates = (
        ShiftTemplate(name="early", starts=(360,), minutes=510, breaks=BREAKS[1:]),
        ShiftTemplate(name="late", starts=(840,), minutes=510, breaks=BREAKS[:1]),
    )
    people = tuple(Agent(id=f"a{k}", contract="full", skills=("phone",)) for k in range(agents))
    problem = RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(requirement("phone", grid, heads),),
        workforce=Workforce(contracts=(Contract(name="full", week_minutes=1200),), agents=people),
        templates=templates,
    )
    return problem.varied(published=solve(problem, KEPT, LIMITS).roster)


def absent(problem: RosterProblem, number: int) -> RosterProblem:
    """Let the agent of one published shift be away on its day."""
    assert problem.published is not None
    row = problem.published.assignments[number % len(problem.published.assignments)]
    away = TimeOff(agent=row.agent, first=row.shift.day, last=row.shift.day, kind="sick")
    return problem.varied(workforce=problem.workforce.varied(time_off=(away,)))


def otherwise(problem: RosterProblem, rules: Sequence[Rule], roster: Roster) -> float | None:
    """Return the first tier's cost without changes; None where the roster is not legal."""
    found = audit(problem, [rule for rule in rules if not isinstance(rule, ChangeCost)], roster)
    return None if any(row.forbidden for row in found) else sum(row.cost for row in found if row.tier == 1)


def with_changes(problem: RosterProblem, number: int) -> Iterator[Draft]:
    """Yield every draft that differs in so many cells from the published roster, new shifts with each place of their breaks."""
    assert problem.published is not None
    told = Draft.of(problem, problem.published)
    cells = [(agent.id, day) for agent in problem.workforce.agents for day in range(len(problem.days))]
    for some in combinations(cells, number):
        options = [
            [
                (duty, pauses)
                for duty in (None, *problem.duties[day])
                if duty != told.tours[agent].duties[day]
                for pauses in product(*(map(problem.offsets, duty.template.breaks) if duty else ()))
            ]
            for agent, day in some
        ]
        for made in product(*options):
            tours = dict(told.tours)
            for (agent, day), (duty, pauses) in zip(some, made, strict=True):
                duties, breaks = [*tours[agent].duties], [*tours[agent].pauses]
                duties[day], breaks[day] = duty, pauses
                tours[agent] = Tour(tuple(duties), tuple(breaks))
            yield Draft(problem, tours)


def replanned(problem: RosterProblem, price: float, *more: Rule) -> Replanned:
    return replan(problem, (*KEPT, ChangeCost(price=price), *more), LIMITS)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
@pytest.mark.parametrize("price", [0.3])
def test_few_changes_are_the_fewest(seed: int, price: float) -> None:
    problem = absent(small(seed), seed)
    made = replanned(problem, price)
    cost = otherwise(problem, KEPT, made.solution.roster)
    assert cost is not None
    assert made.least_changed <= made.changed
    for number in range(min(made.least_changed, 2)):  # with two changes there are thousands
        for draft in with_changes(problem, number):
            other = otherwise(problem, KEPT, draft.roster())
            assert other is None or other > cost - 1e-6


def test_most_proofs_come_to_an_end() -> None:
    made = [replanned(absent(small(seed), seed), 0.5) for seed in range(6)]
    assert sum(row.proved for row in made) >= 5
    assert any(row.changed > 1 for row in made)


@pytest.mark.parametrize("price", [0.2, 50.0])
def test_cells_that_stay_keep_their_breaks(price: float) -> None:
    problem = absent(small(2), 3)
    assert problem.published is not None
    told = {(row.agent, row.shift.day, row.shift.start): row for row in problem.published.assignments}
    for row in replanned(problem, price).solution.roster.assignments:
        assert row == told.get((row.agent, row.shift.day, row.shift.start), row)


def test_a_dear_change_is_made_only_where_it_must_be() -> None:
    problem = absent(small(1), 0)
    made = replanned(problem, 50.0)
    assert (made.changed, made.least_changed, made.proved) == (1, 1, True)


def test_nothing_changes_where_nobody_is_absent_and_changes_are_dear() -> None:
    problem = small(1)
    made = replanned(problem, 50.0)
    assert made.solution.roster.assignments == (problem.published.assignments if problem.published else ())
    assert (made.changed, made.least_changed) == (0, 0)


def test_a_forbidden_rule_is_mended_whatever_changes_cost() -> None:
    problem = small(1)
    assert problem.published is not None
    row = problem.published.assignments[0]
    pin = Pin(agent=row.agent, day=row.shift.day)
    made = replanned(problem.varied(pins=(pin,)), 50.0, Pinned())
    assert not made.solution.forbidden_breaches
    assert all(
        other.shift.day != row.shift.day for other in made.solution.roster.assignments if other.agent == row.agent
    )


def test_what_cannot_be_mended_is_told() -> None:
    problem = small(1, agents=2)
    rules = (KeepTimeOff(), MinimumHeads(at_least=2), Coverage(), ChangeCost(price=1.0))
    made = replan(absent(problem, 0), rules, LIMITS)
    assert made.solution.conflict
    assert made.least_changed == 0
    assert not made.varied(changed=0).proved  # no changes are no proof where forbidden rules are broken


def test_the_same_seed_gives_the_same_bytes() -> None:
    problem = absent(small(4), 4)
    assert replanned(problem, 0.2).model_dump_json() == replanned(problem, 0.2).model_dump_json()


def test_several_channels_and_nights_are_replanned() -> None:
    problem = centre(agents=5, days=3, first=date(2026, 10, 22))
    rules: tuple[Rule, ...] = (KeepTimeOff(), MinRest(), WeekMinutes(over_minutes=0, under_minutes=None), Coverage())
    problem = problem.varied(published=solve(problem, rules, LIMITS).roster)
    made = replan(absent(problem, 5), (*rules, ChangeCost(price=0.5)), LIMITS)
    assert not made.solution.forbidden_breaches
    assert made.changed >= made.least_changed >= 1


def test_a_roster_that_was_never_published_cannot_be_replanned() -> None:
    with pytest.raises(ValueError, match="published"):
        replan(centre(), (Coverage(),), LIMITS)


def test_a_published_shift_that_is_no_longer_possible_is_replaced() -> None:
    problem = small(1)
    assert problem.published is not None
    row, *rest = problem.published.assignments
    late = row.shift.varied(start=row.shift.start + timedelta(minutes=7), activities=())
    told = Roster.of(problem.grid, [Assignment(agent=row.agent, shift=late), *rest])
    made = replanned(problem.varied(published=told), 1.0)
    assert not made.solution.forbidden_breaches
    assert made.changed >= 1
