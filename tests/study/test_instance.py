"""Published instances: the audit agrees with a judge that reads their text alone, on all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.study.curtois_by_hand import OFF, Shifts, judged
from wfm.domain import Assignment, InputError, NotFound, Roster
from wfm.importers.instances.curtois import Curtois
from wfm.schedule import Limits, RosterProblem, Rule, audit, preflight, solve
from wfm.study import read_instance

CURTOIS = Path(__file__).parents[3] / "shared" / "data" / "rosters" / "curtois"
FILES = sorted(CURTOIS.glob("Instance*.txt"))
BEST_KNOWN = {1: 607, 2: 828, 3: 1001, 4: 1716}
SORTS = {
    "period_shifts": "shifts",
    "period_minutes": "minutes",
    "forbidden_successions": "succession",
    "max_consecutive_days": "long run",
    "min_consecutive_days": "short run",
    "min_consecutive_days_off": "short rest",
    "max_weekends": "weekends",
    "time_off": "day off",
}
TINY = """SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=7|L=1,2400,480,2,2,2,1
B,E=0|L=7,2400,480,7,1,1,1
SECTION_DAYS_OFF
A,0,6
SECTION_SHIFT_ON_REQUESTS
A,2,E,3
SECTION_SHIFT_OFF_REQUESTS
B,1,L,2
SECTION_COVER
1,E,1,100,5
1,L,0,100,7
"""
published = pytest.mark.skipif(not FILES, reason="the published instances are not beside this repository")
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.txt"
    path.write_text(TINY)
    return path


def random_roster(problem: RosterProblem, chance: Random) -> Roster:
    """Draw runs of work and rest, which break every limit now and then."""
    rows = []
    for agent in problem.workforce.agents:
        works = chance.random() < 0.5
        for duties in problem.duties:
            works ^= chance.random() < 0.3
            if works:
                rows.append(Assignment(agent=agent.id, shift=problem.shift(chance.choice(duties), ())))
    return Roster.of(problem.grid, rows)


def shifts(problem: RosterProblem, roster: Roster) -> Shifts:
    found = {agent.id: [OFF] * len(problem.days) for agent in problem.workforce.agents}
    for row in roster.assignments:
        found[row.agent][(row.shift.day - problem.days[0]).days] = row.shift.template
    return found


def audited(problem: RosterProblem, rules: tuple[Rule, ...], roster: Roster) -> tuple[Counter[str], float]:
    """Count the breaches that are forbidden by the sort of limit, and sum what the others cost."""
    found = audit(problem, rules, roster)
    return Counter(SORTS[row.kind] for row in found if row.forbidden), sum(row.cost for row in found)


@published
@each_file
def test_the_audit_of_a_random_roster_agrees_with_the_text(file: Path) -> None:
    problem, rules = read_instance(file, "curtois")
    roster = random_roster(problem, Random(5))
    broken, objective = audited(problem, rules, roster)
    assert (broken, objective) == judged(file, shifts(problem, roster))
    assert len(broken) >= len(SORTS) - 2  # a single shift has no succession, and no limit of its own


@published
@pytest.mark.parametrize("number", [1, 2, *(pytest.param(number, marks=pytest.mark.slow) for number in (3, 4))])
def test_a_solved_roster_is_legal_and_costs_what_the_text_says(number: int) -> None:
    file = CURTOIS / f"Instance{number}.txt"
    problem, rules = read_instance(file, "curtois")
    solution = solve(problem, rules, Limits(steps=60))
    (tier,) = solution.tiers
    assert not solution.forbidden_breaches
    assert judged(file, shifts(problem, solution.roster)) == (Counter(), tier.cost)
    assert tier.bound is not None
    assert tier.bound <= BEST_KNOWN[number] <= tier.cost


@pytest.mark.parametrize(
    ("rows", "sort", "cost"),
    [
        ({"A": ["", "E", "E", "", "", "", ""], "B": ["L", "L", "", "", "", "", ""]}, {}, 2 + 7),
        ({"A": ["E", "E", "E", "", "", "", ""], "B": ["", "", "L", "", "", "", ""]}, {"day off": 1, "long run": 1}, 0),
        ({"A": ["", "", "", "E", "", "", ""], "B": ["L", "", "", "", "", "", ""]}, {"short run": 1}, 103),
        (
            {"A": ["", "", "L", "E", "", "", ""], "B": ["E", "", "", "", "", "", ""]},
            {"succession": 1, "shifts": 1},
            103,
        ),
        ({"A": ["", "", "E", "E", "", "E", "E"], "B": ["", "", "", "", "", "", ""]}, None, 100),
    ],
)
def test_limits_and_costs_worked_out_by_hand(tiny: Path, rows: Shifts, sort: dict[str, int] | None, cost: int) -> None:
    problem, rules = read_instance(tiny, "curtois")
    duty = {(duty.day, duty.template.name): duty for duties in problem.duties for duty in duties}
    roster = Roster.of(
        problem.grid,
        [
            Assignment(agent=agent, shift=problem.shift(duty[day, shift], ()))
            for agent, days in rows.items()
            for day, shift in enumerate(days)
            if shift
        ],
    )
    found = {"day off": 1, "short rest": 1, "minutes": 1} if sort is None else sort
    assert audited(problem, rules, roster) == (Counter(found), cost) == judged(tiny, rows)


def test_nobody_lacks_a_channel_where_there_are_none(tiny: Path) -> None:
    assert preflight(*read_instance(tiny, "curtois")) == ()


def test_an_unknown_format_is_told_with_those_that_are_there(tiny: Path) -> None:
    with pytest.raises(NotFound, match="No format of roster instances is called bcv; there are curtois"):
        read_instance(tiny, "bcv")


def test_a_rule_that_cannot_be_is_a_fault_of_the_file(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = Curtois().read(tiny)
    wrong = instance.varied(rules=({"kind": "period_minutes", "at_least": "40h", "at_most": "8h"},))
    monkeypatch.setattr(Curtois, "read", lambda *_: wrong)
    with pytest.raises(InputError, match=r"tiny\.txt: period_minutes: expected at_most of at least 40h, came 8h"):
        read_instance(tiny, "curtois")
