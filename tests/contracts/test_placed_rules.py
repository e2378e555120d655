"""Every rule about tasks keeps its one-sided promise: what its model or tour forbids, no placement of a tiny problem can mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations, product

import pytest

from tests.schedule.tiny import MADRID, Tour, Tours, cheapest, decisions_of, every_tours, feasible, requirement
from wfm.domain import (
    Agent,
    Assignment,
    BreakTemplate,
    Channel,
    Contract,
    Opening,
    Role,
    Roster,
    Session,
    ShiftTemplate,
    TimeGrid,
    TimeOff,
    Workforce,
)
from wfm.schedule.draft import Draft
from wfm.schedule.draft import Tour as Planned
from wfm.schedule.placing.place import place
from wfm.schedule.problem import Duty, RosterProblem, Task
from wfm.schedule.rule import Rule
from wfm.schedule.rules import RULES, RoleHours, RoleRotation, Sessions
from wfm.schedule.rules._placed import PlacedRule

RULES_HERE: list[PlacedRule] = [RoleHours(), RoleRotation(role="sme", allowed_minutes=0), Sessions()]


def desk(coach_minutes: int = 0) -> RosterProblem:
    """Two agents, two days of three-hour shifts on an hourly grid, one role and one meeting: every placement can be listed."""
    grid = TimeGrid.of_days(date(2026, 11, 2), 2, 60, MADRID)
    pause = BreakTemplate(minutes=60, earliest=60, latest=60)
    early = ShiftTemplate(name="early", starts=(8 * 60,), minutes=180, breaks=(pause,))
    late = ShiftTemplate(name="late", starts=(10 * 60,), minutes=180)
    sme = Role(
        name="sme",
        least_minutes=420,
        most_minutes=840,
        block_minutes=60,
        hours=Opening.from_text("mon-tue 09:00-14:00"),
    )
    hours = Opening.from_text("wed 08:00-09:00")  # so that only the talk that a coach leads can be time of the role
    coach = Role(name="coach", least_minutes=coach_minutes, most_minutes=2 * coach_minutes, hours=hours)
    return RosterProblem(
        grid=grid,
        channels=(Channel(name="phone"),),
        requirements=(
            requirement("phone", grid, {8: (0.0, 3.0), 11: (0.0, 2.0, 3.0), 12: (0.0, 1.0), 35: (0.0, 4.0)}),
        ),
        workforce=Workforce(
            contracts=(Contract(name="any", week_minutes=600),),
            roles=(sme, coach),
            agents=(
                Agent(id="ann", contract="any", skills=("phone",), roles=("sme",)),
                Agent(id="ben", contract="any", skills=("phone",), roles=("coach",)),
            ),
            time_off=(TimeOff(agent="ben", first=date(2026, 11, 4), last=date(2026, 11, 4)),),
            sessions=(
                Session(
                    name="talk",
                    kind="coaching",
                    minutes=60,
                    attendees=("ann",),
                    group_size=1,
                    trainer="coach",
                    hours=Opening.from_text("mon 08:00-13:00"),
                ),
            ),
        ),
        templates=(early, late),
    )


PROBLEM = desk(coach_minutes=210)
ROSTERS = [tours for tours in every_tours(PROBLEM) if tours["ben"][1] is None]
"""Ben has nothing to do on Tuesday."""


@cache
def placements(number: int) -> list[Roster]:
    """List every roster of some duties with blocks of the role on whole hours and at most one talk on Monday."""
    return list(_placements(PROBLEM, ROSTERS[number]))


def _placements(problem: RosterProblem, tours: Tours) -> Iterator[Roster]:
    days = [(agent, duty) for agent, tour in tours.items() for duty in tour if duty]
    for choice in product(*(list(tasks(agent, duty)) for agent, duty in days)):
        rows = [
            Assignment(
                agent=agent, shift=problem.shift(duty, [pause.earliest for pause in duty.template.breaks], chosen)
            )
            for (agent, duty), chosen in zip(days, choice, strict=True)
        ]
        talks = {row.agent: part.start for row in rows for part in row.shift.activities if part.what == "talk"}
        if talks.get("ben", talks.get("ann")) == talks.get("ann"):  # nobody leads a talk without listeners
            yield Roster.of(problem.grid, rows)


def tasks(agent: str, duty: Duty) -> Iterator[list[Task]]:
    """Yield what an agent can do beside the queue in one duty, hour by hour."""
    taken = {pause.earliest for pause in duty.template.breaks}
    free = [offset for offset in range(0, duty.template.minutes, 60) if offset not in taken]
    for talk in (None, *free) if duty.day == 0 else (None,):
        rest = [offset for offset in free if offset != talk] if agent == "ann" else []
        for some in (rows for count in range(len(rest) + 1) for rows in combinations(rest, count)):
            blocks = [Task(offset, 60, "role", "sme") for offset in some]
            yield [*blocks, *([Task(talk, 60, "coaching", "talk")] if talk is not None else [])]


@cache
def least(rule: PlacedRule) -> list[float]:
    """Return the amount of breach of the best placement of each roster."""
    return [min(amount([rule], roster) for roster in placements(number)) for number in range(len(ROSTERS))]


def amount(rules: list[PlacedRule], roster: Roster) -> float:
    return sum(breach.amount for rule in rules for breach in rule.breaches(PROBLEM, roster))


def drafted(tours: Tours) -> Draft:
    none = Planned.idle(PROBLEM)
    rows = {
        agent: Planned(
            tour, tuple(tuple(row.earliest for row in duty.template.breaks) if duty else () for duty in tour)
        )
        for agent, tour in tours.items()
    }
    return Draft(PROBLEM, {agent: rows.get(agent, none) for agent in PROBLEM.workforce.by_id})


def test_every_rule_about_tasks_is_here() -> None:
    assert {type(rule) for rule in RULES_HERE} == {rule for rule in RULES if issubclass(rule, PlacedRule)}


@pytest.mark.parametrize("rule", RULES_HERE, ids=lambda rule: rule.kind)
def test_what_the_model_forbids_no_placement_can_mend(rule: PlacedRule) -> None:
    allowed = feasible(PROBLEM, rule)
    for decisions, short in zip(decisions_of(PROBLEM, ROSTERS), least(rule), strict=True):
        assert decisions in allowed or short > 0


@pytest.mark.parametrize("rule", [RoleHours(), Sessions()], ids=lambda rule: rule.kind)
def test_the_model_forbids_what_it_should_and_no_more(rule: PlacedRule) -> None:
    allowed = feasible(PROBLEM, rule)
    kept = [decisions in allowed for decisions in decisions_of(PROBLEM, ROSTERS)]
    assert 0 < sum(kept) < len(kept)


@pytest.mark.parametrize("rule", RULES_HERE, ids=lambda rule: rule.kind)
def test_a_model_and_a_tour_charge_no_more_than_the_best_placement(rule: PlacedRule) -> None:
    charged = cheapest(PROBLEM, rule, ROSTERS, lambda ledger: sum(row.amount for row in ledger.entries))
    toured = [sum(settled(rule, agent, tour) for agent, tour in tours.items()) for tours in ROSTERS]
    assert all(charge <= short for charge, short in zip(charged, least(rule), strict=True))
    assert all(charge <= short for charge, short in zip(toured, least(rule), strict=True))
    assert isinstance(rule, RoleRotation) or any(charged)


def settled(rule: Rule, agent: str, tour: Tour) -> int:
    """Return what the rule's tour charges an agent."""
    automaton = rule.tour(PROBLEM, PROBLEM.workforce.by_id[agent])
    if automaton is None:
        return 0
    state, total = automaton.start, 0
    for day, duty in enumerate(tour):
        state, charge = automaton.step(state, day, duty)
        total += charge
    return total + automaton.end(state)


def test_a_placement_is_as_legal_and_as_cheap_as_the_best_of_all() -> None:
    for number, tours in enumerate(ROSTERS):
        best = min(map(badness, placements(number)))
        placed = badness(place(PROBLEM, [RoleHours(), Sessions()], drafted(tours)).roster())
        assert placed[:2] == best[:2]
        assert placed[2] == pytest.approx(best[2])


def badness(roster: Roster) -> tuple[float, float, float]:
    """Return sessions missed, minutes of roles amiss, and worth of the queue, negative: what a placement looks at, in this order."""
    market = PROBLEM.market
    heads = roster.serving(["ann", "ben"]) * PROBLEM.grid.step_minutes
    worth = float(market.worth(heads.round().astype("int64")[None, :]).sum())
    return amount([Sessions()], roster), amount([RoleHours()], roster), -worth


@pytest.mark.parametrize("rule", RULES_HERE, ids=lambda rule: rule.kind)
def test_a_rule_can_be_written_down_and_says_itself_in_words(rule: PlacedRule) -> None:
    assert type(rule).model_validate_json(rule.model_dump_json()) == rule
    assert rule.id.startswith(rule.kind)
    assert rule.words.endswith(".")
    assert "`" not in rule.words
    assert rule.source
