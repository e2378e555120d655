"""Whatever the problem, a roster that is called legal breaks no forbidden rule, and the same seed gives the same roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from tests.schedule.random_problems import DRAWN, random_problem, random_rules
from wfm.domain import Roster, Shift
from wfm.domain.time import local
from wfm.schedule import Limits, RosterProblem, Solution, audit, solve
from wfm.schedule.rules import RULES

LEGAL = {"optimal", "feasible"}
Plain = Callable[[Any, RosterProblem, str, tuple[Shift, ...]], bool]


def drawn(seed: int) -> tuple[RosterProblem, tuple[Any, ...]]:
    chance = Random(seed)
    return random_problem(chance), random_rules(chance)


def worked_minutes(shift: Shift) -> float:
    unpaid = sum(((row.end - row.start) for row in shift.activities if not row.paid), timedelta())
    return (shift.end - shift.start - unpaid).total_seconds() / 60


def rested(rule: Any, problem: RosterProblem, agent: str, shifts: tuple[Shift, ...]) -> bool:
    work = [shift for shift in [*problem.history_of(agent), *shifts] if not shift.on_call]
    close = [
        after for before, after in pairwise(work) if after.start - before.end < timedelta(minutes=rule.rest_minutes)
    ]
    return not any(shift in shifts for shift in close)


def days_in_a_row(rule: Any, problem: RosterProblem, agent: str, shifts: tuple[Shift, ...]) -> bool:
    worked = [*problem.history_of(agent), *shifts]
    dates = {shift.day for shift in worked if rule.on_call or not shift.on_call}
    return not any(all(day - timedelta(days=k) in dates for k in range(rule.days + 1)) for day in problem.days)


def inside_hours(rule: Any, problem: RosterProblem, agent: str, shifts: tuple[Shift, ...]) -> bool:
    who, zone = problem.workforce.by_id[agent], problem.grid.zone
    for shift in shifts:
        if not who.employed_on(shift.day):
            return False
        minutes = int((shift.end - shift.start).total_seconds()) // 60
        for wall in (local(shift.start + timedelta(minutes=k), zone) for k in range(minutes)):
            windows = who.availability.windows_on(wall.date())
            if not any(window.start <= 60 * wall.hour + wall.minute < window.end for window in windows):
                return False
    return True


PLAIN: dict[str, Plain] = {
    "time_off": lambda _, problem, agent, shifts: (
        not any((agent, shift.day) in problem.workforce.days_off for shift in shifts)
    ),
    "availability": inside_hours,
    "min_rest": rested,
    "max_consecutive_days": days_in_a_row,
    "day_minutes": lambda rule, _, __, shifts: all(
        shift.on_call or worked_minutes(shift) <= rule.at_most_minutes for shift in shifts if rule.of == "paid"
    ),
    "break_after": lambda rule, _, __, shifts: all(
        shift.on_call
        or (shift.end - shift.start) <= timedelta(minutes=rule.over_minutes)
        or any((row.end - row.start) >= timedelta(minutes=rule.break_minutes) for row in shift.activities)
        for shift in shifts
    ),
}
"""Some rules once more, as somebody would check them with a calendar and a ruler."""


def check(seed: int) -> Solution:
    """Solve a problem and hold the answer against what it says of itself."""
    problem, rules = drawn(seed)
    solution = solve(problem, rules, Limits(steps=25, seed=seed, workers=1))
    roster = Roster.model_validate_json(solution.roster.model_dump_json())
    found = audit(problem, rules, roster)
    assert found == solution.breaches
    assert (solution.status in LEGAL) == (not [breach for breach in found if breach.forbidden])
    if solution.status in LEGAL:
        assert solution.conflict == ()
        assert_lawful(problem, rules, roster)
    return solution


def assert_lawful(problem: RosterProblem, rules: tuple[Any, ...], roster: Roster) -> None:
    for agent, shifts in roster.shifts_by_agent.items():
        assert all(before.end <= after.start and before.day < after.day for before, after in pairwise(shifts))
        for rule in rules:
            if rule.price is None and rule.kind in PLAIN and rule.about(problem.workforce.by_id[agent]):
                assert PLAIN[rule.kind](rule, problem, agent, shifts), f"{rule.id} of {agent}"


def test_the_draws_are_of_known_kinds_and_the_plain_checks_of_drawn_ones() -> None:
    assert set(DRAWN) <= {rule.model_fields["kind"].default for rule in RULES}
    assert set(PLAIN) <= set(DRAWN)


@pytest.mark.parametrize("seed", [0, 1, 2, 106])
def test_a_legal_roster_of_a_random_problem_breaks_no_forbidden_rule(seed: int) -> None:
    check(seed)


@pytest.mark.parametrize("seed", [0, 3])
def test_a_seed_gives_the_same_roster_again(seed: int) -> None:
    problem, rules = drawn(seed)
    first, second = (solve(problem, rules, Limits(steps=15, seed=seed, workers=1)) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()


@pytest.mark.slow
def test_no_legal_roster_of_many_random_problems_breaks_a_forbidden_rule() -> None:
    seen = Counter(check(seed).status for seed in range(100, 140))
    assert seen["optimal"] + seen["feasible"] >= 15
    assert seen.total() == 40
