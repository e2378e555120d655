"""Every roster rule keeps the promise of its family: over every roster of a tiny problem all its faces agree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from ortools.sat.python.cp_model import LinearExprT
from pydantic import ValidationError

from tests.schedule.tiny import (
    Tour,
    Tours,
    cheapest,
    decisions_of,
    desk,
    every_tours,
    feasible,
    others_of,
    roster_of,
    tours_of,
    week,
    weekend,
)
from wfm.domain import Agent, Breach
from wfm.schedule.ledger import COST_UNIT, Ledger
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.rule import Automaton, Pull, Rule
from wfm.schedule.rules import RULES, ShiftForm
from wfm.schedule.rules._placed import PlacedRule

PROBLEMS = {"weekend": weekend(), "week": week(), "desk": desk()}
ROSTERS = {name: every_tours(problem) for name, problem in PROBLEMS.items()}
WORKED = {name: [roster_of(problem, tours) for tours in ROSTERS[name]] for name, problem in PROBLEMS.items()}
DECISIONS = {name: decisions_of(problem, ROSTERS[name]) for name, problem in PROBLEMS.items()}
PRICE = 0.75

EXAMPLES: dict[str, list[dict[str, object]]] = {
    "shift_form": [{}],
    "availability": [{}],
    "break_after": [{"over_minutes": "8h30m"}, {"over_minutes": "8h", "break_minutes": "2h"}],
    "time_off": [{}, {"grace_minutes": "9h"}],
    "pinned": [{}],
    "late_change": [{"notice_days": 2}, {"notice_days": 9, "told_on": "2026-10-17"}],
    "min_rest": [{"rest_minutes": "12h"}, {"rest_minutes": "30h"}, {"rest_minutes": "12h", "on_call": True}],
    "week_minutes": [{"under_minutes": 121}, {"over_minutes": None}, {"over_minutes": "3h", "under_minutes": None}],
    "period_minutes": [
        {"over_minutes": 240, "under_minutes": 240},
        {"under_minutes": 1},
        {"at_least": "9h", "at_most": "17h"},
        {"at_most": "20h"},
    ],
    "period_shifts": [{"at_most": 1}, {"at_least": 1, "at_most": 1, "shifts": ["night"]}, {"at_least": 2}],
    "day_minutes": [{"at_most": "500m", "of": "present"}],
    "rolling_minutes": [{"at_most": "17h", "days": 3}],
    "rolling_shifts": [{"at_most": 1, "days": 2, "of": "nights"}],
    "night_minutes": [{"at_most": "8h"}],
    "no_nights": [{"ends": "06:30"}],
    "reference_minutes": [{"week": "20h", "weeks": 1, "under": "5h"}],
    "overtime": [{}],
    "split_shifts": [{"gap": "15m", "at_most": 1}],
    "shifts_week": [{}],
    "weekly_days_off": [{"days": 4}, {"days": 2}, {"days": 4, "on_call": True}],
    "max_consecutive_days": [
        {"days": 1},
        {"days": 3},
        {"days": 1, "on_call": True},
        {"days": 1, "shifts": "early"},
        {"days": 2, "shifts": ["night", "day"]},
    ],
    "max_consecutive_days_off": [{"days": 1}, {"days": 3}],
    "min_consecutive_days": [{"days": 3}, {"days": 2, "shifts": "night"}, {"days": 3, "open_start": True}],
    "min_consecutive_days_off": [{"days": 3}, {"days": 2, "open_start": True}],
    "min_consecutive_nights": [{}],
    "max_consecutive_nights": [{"days": 1}, {"days": 2}],
    "max_nights": [{"at_most": 1}, {"at_most": 1, "per": "period"}],
    "weekly_rest": [{"rest": "100h"}],
    "days_off_together": [{"days": 4}],
    "whole_weekends": [{}],
    "weekends_in": [{"at_most": 0}],
    "max_weekends": [{"at_most": 0}, {"at_most": 1}],
    "forbidden_successions": [{"pairs": ["night -> early"], "rotation": "forward", "back": "13h"}],
    "start_stability": [{"within": "2h"}],
    "shift_variety": [{}],
    "role_cover": [{"role": "sme", "hours": "sat-sun 10:00-12:00"}, {"role": "sme", "hours": "fri-sat 04:00-08:00"}],
    "minimum_heads": [
        {"hours": "mon 05:00-11:00, sun 05:00-11:00", "at_least": 2},
        {"hours": "tue 08:00-18:00", "skill": "phone"},
    ],
    "minimum_on_shift": [{"shift": "early"}, {"shift": "standby", "days": "sun", "at_least": 1, "at_most": 1}],
    "shift_cover": [
        {"rows": [{"date": "2026-10-25", "shift": "night", "heads": 1, "under": 5, "over": 2}]},
        {
            "rows": [
                {"date": "2026-10-24", "shift": "early", "heads": 2},
                {"date": "2026-11-06", "shift": "night", "heads": 0, "over": 1},
            ]
        },
    ],
    "no_single_dependency": [
        {"skill": "chat", "days": "sat"},
        {"role": "buddy", "per": "week"},
        {"skill": "phone", "per": "period", "at_least": 3},
    ],
    "on_call_cover": [{"hours": "sun 10:00-22:00", "skill": "chat"}, {"at_least": 2, "role": "buddy"}],
    "seats": [{"site": "hq", "at_most": 1}, {"site": "hq", "at_most": 0, "hours": "sat 06:00-10:00"}],
    "apart": [{"people": ["ann", "cas"]}, {"people": ["ann", "ben", "cas"], "at_most": 2, "hours": "sat 00:00-20:00"}],
    "together": [
        {"people": ["ann", "cas"], "at_least": "50%"},
        {"people": ["ann", "ben", "cas"], "same_days": True},
    ],
    "overlap": [
        {"role": "buddy", "at_least": "60%"},
        {"buddies": ["ann", "ben"], "at_least": 1.0, "only": {"agents": "cas"}},
    ],
    "handover": [
        {"at": "13:00", "overlap_minutes": 60, "days": "sat"},
        {"at": ["06:00", "13:30"], "team": "north", "overlap_minutes": 30},
    ],
    "cost": [{}, {"night": "25%", "weekend": 0.5, "holiday": 1.0, "on_call": "12.5%"}],
    "spread": [{"of": "nights", "allowed": 0}, {"of": "weekends", "allowed": 0}, {"of": "nights"}],
    "fairness": [{}, {"of": ["weekends", "unmet_wishes"], "weights": {"weekends": 0.5}}],
    "wishes": [{}],
    "change_cost": [{}],
    "coverage": [{}],
}
"""Parameters that bring every rule both to be kept and to be breached; a new kind adds its own."""
AT_THE_DESK = {
    "minimum_on_shift",
    "on_call_cover",
    "no_single_dependency",
    "seats",
    "apart",
    "together",
    "overlap",
    "handover",
    "cost",
}
EVERYWHERE = {
    "shift_form",
    "min_rest",
    "shifts_week",
    "weekly_days_off",
    "max_consecutive_days",
    "role_cover",
    "minimum_heads",
    "coverage",
}
"""Kinds that only the desk brings to be kept and breached, and kinds for which being on call matters; all others do without the desk."""


AGREEING = [kind for kind in RULES if not issubclass(kind, PlacedRule)]
"""Rules that duties settle; test_placed_rules.py has the promise of the others."""


def made(kind: type[Rule], parameters: dict[str, object], price: float | None = None) -> Rule:
    return kind.model_validate({**parameters, "price": price, "tier": 2})


def can_be(rule: Rule, **changes: object) -> bool:
    try:
        rule.varied(**changes)
    except ValidationError:
        return False
    return True


def kind_of(rule: type[Rule]) -> str:
    return str(rule.model_fields["kind"].default)


def problems_of(kind: str) -> list[str]:
    desk = kind in AT_THE_DESK | EVERYWHERE
    return [name for name in PROBLEMS if (desk if name == "desk" else kind not in AT_THE_DESK)]


CASES = [
    (name, made(kind, parameters))
    for kind in AGREEING
    for parameters in EXAMPLES[kind_of(kind)]
    for name in problems_of(kind_of(kind))
]
"""Each example in each problem, forbidden."""
PRICED = [(name, rule) for name, rule in CASES if can_be(rule, price=PRICE)]


def with_face(face: str) -> list[tuple[str, Rule]]:
    """Return the cases whose rule writes a third face of its own."""
    return [(name, rule) for name, rule in CASES if getattr(type(rule), face) is not getattr(Rule, face)]


def cases(chosen: list[tuple[str, Rule]]) -> pytest.MarkDecorator:
    ids = [f"{name}-{rule.id}-{number}" for number, (name, rule) in enumerate(chosen)]
    return pytest.mark.parametrize(("name", "rule"), chosen, ids=ids)


SOME_AND_ALL = pytest.mark.parametrize(
    "some", [pytest.param(slice(0, None, 7), id="some"), pytest.param(slice(None), id="all", marks=pytest.mark.slow)]
)
"""Rosters that are looked at where that takes long: no problem has a multiple of seven, so that some are of every kind."""


@cache
def witnessed(name: str, rule: Rule) -> list[list[Breach]]:
    """Return the breaches of each roster."""
    return [rule.breaches(PROBLEMS[name], roster) for roster in WORKED[name]]


def automata(problem: RosterProblem, rule: Rule) -> Iterator[tuple[Agent, Automaton]]:
    """Yield each agent with what its tour remembers for a rule."""
    for agent in problem.workforce.agents:
        automaton = rule.tour(problem, agent)
        assert automaton is not None
        yield agent, automaton


def measured(ledger: Ledger) -> LinearExprT:
    """Return what a model charges for everything, whatever its price."""
    return sum(row.unit * row.amount for row in ledger.entries)


def amount(breaches: list[Breach]) -> int:
    """Return the sum of the amounts in millionths of the rule's unit."""
    return sum(round(MICRO * breach.amount) for breach in breaches)


def test_every_kind_has_an_example() -> None:
    assert {kind_of(rule) for rule in AGREEING} <= set(EXAMPLES)


@pytest.mark.parametrize("kind", AGREEING, ids=kind_of)
def test_the_examples_are_sometimes_kept_and_sometimes_breached(kind: type[Rule]) -> None:
    rules = [made(kind, parameters) for parameters in EXAMPLES[kind_of(kind)]]
    outcomes = {
        bool(breaches) for rule in rules for name in problems_of(rule.kind) for breaches in witnessed(name, rule)
    }
    assert outcomes == {True, False}


@cases(CASES)
def test_a_breach_says_which_rule_and_how_far(name: str, rule: Rule) -> None:
    for breach in (breach for breaches in witnessed(name, rule) for breach in breaches):
        assert (breach.rule, breach.kind, breach.unit, breach.tier) == (rule.id, rule.kind, rule.unit, rule.tier)
        assert breach.forbidden
        assert breach.words


@cases(CASES)
def test_a_forbidden_rule_allows_exactly_the_rosters_without_breach(name: str, rule: Rule) -> None:
    outcomes = zip(DECISIONS[name], witnessed(name, rule), strict=True)
    assert feasible(PROBLEMS[name], rule) == {decisions for decisions, breaches in outcomes if not breaches}


@SOME_AND_ALL
@cases(PRICED)
def test_a_priced_rule_costs_exactly_price_times_amount(name: str, rule: Rule, some: slice) -> None:
    priced = rule.model_copy(update={"price": PRICE})
    costs = cheapest(PROBLEMS[name], priced, ROSTERS[name][some], lambda ledger: ledger.cost(priced.tier))
    finer = COST_UNIT // MICRO
    assert costs == [finer * PRICE * amount(breaches) for breaches in witnessed(name, rule)[some]]


@SOME_AND_ALL
@cases([case for case in PRICED if case[0] == "week"])
def test_an_elastic_model_measures_what_a_forbidden_rule_would_refuse(name: str, rule: Rule, some: slice) -> None:
    charge = cheapest(PROBLEMS[name], rule, ROSTERS[name][some], measured)
    assert charge == [amount(breaches) for breaches in witnessed(name, rule)[some]]


ANN = {"agents": ["ann"]}
NARROWED = [(name, rule.varied(only=ANN)) for name, rule in CASES if name != "week" and can_be(rule, only=ANN)]


@cases(NARROWED)
def test_a_rule_for_some_agents_measures_what_they_do_in_all_faces(name: str, rule: Rule) -> None:
    problem, some = PROBLEMS[name], slice(0, None, 11)
    found = [rule.breaches(problem, roster) for roster in WORKED[name][some]]
    charge = cheapest(problem, rule, ROSTERS[name][some], measured)
    assert charge == [amount(breaches) for breaches in found]
    if type(rule).tour is not Rule.tour:
        wide = [rule.varied(only=None).breaches(problem, roster) for roster in WORKED[name][some]]
        assert [amount(breaches) for breaches in found] == [
            amount([row for row in breaches if row.agent == "ann"]) for breaches in wide
        ]


@cases([case for case in CASES if case[1].stricter])
def test_a_rule_is_kept_wherever_one_that_implies_it_is_kept(name: str, rule: Rule) -> None:
    for field, way in rule.stricter.items():
        step = (60 if field.endswith("_minutes") else 1) * (1 if way == "more" else -1)
        for value in (getattr(rule, field) + step * times for times in (-8, -1, 1, 8)):
            if not can_be(rule, **{field: value}):
                continue
            other = rule.varied(**{field: value})
            looser, strict = sorted((rule, other), key=lambda row: step * getattr(row, field))
            assert looser.varied(only=ANN).implied_by(strict)
            assert not strict.implied_by(looser)
            assert not looser.implied_by(strict.varied(only=ANN))
            found = zip(WORKED[name], witnessed(name, rule), strict=True)
            for roster, breaches in list(found)[::5]:
                kept = {True: not breaches, False: not other.breaches(PROBLEMS[name], roster)}
                assert kept[looser is rule] or not kept[strict is rule]


@SOME_AND_ALL
@cases(with_face("looks"))
def test_a_rule_is_breached_exactly_where_a_look_has_no_room(name: str, rule: Rule, some: slice) -> None:
    for roster, breaches in zip(WORKED[name][some], witnessed(name, rule)[some], strict=True):
        beyond = [look for look in rule.looks(PROBLEMS[name], roster) or () if look.room < 0]
        assert bool(beyond) == bool(breaches)
        assert {look.agent for look in beyond} == {breach.agent for breach in breaches}


@cases(with_face("tour"))
def test_a_tour_settles_exactly_its_agents_breaches(name: str, rule: Rule) -> None:
    problem = PROBLEMS[name]
    for agent, automaton in automata(problem, rule):
        for tour in tours_of(problem):
            settled, state = 0, automaton.start
            for day, duty in enumerate(tour):
                state, charge = automaton.step(state, day, duty)
                settled += charge
                hash(state)
            breaches = rule.breaches(problem, roster_of(problem, {agent.id: tour}))
            own = [breach for breach in breaches if breach.agent == agent.id]
            assert MICRO * (settled + automaton.end(state)) == amount(own)


@cases(with_face("counter"))
def test_sums_are_outside_their_bounds_by_what_a_tour_breaches(
    name: str, rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.schedule.rules._spans.LONG_SPAN", 1)
    problem = PROBLEMS[name]
    for agent in problem.workforce.agents:
        counters = rule.counter(problem, agent)
        for tour in tours_of(problem):
            breach = sum(counter.breach(steps(counter.automaton, tour)) for counter in counters)
            breaches = rule.breaches(problem, roster_of(problem, {agent.id: tour}))
            assert MICRO * breach == amount([row for row in breaches if row.agent == agent.id])


def steps(automaton: Automaton, tour: Tour) -> int:
    """Return what the steps of an automaton amount to."""
    state, total = automaton.start, 0
    for day, duty in enumerate(tour):
        state, more = automaton.step(state, day, duty)
        total += more
    return total


@cases(with_face("tour"))
def test_what_days_settle_by_themselves_is_what_the_steps_settle(name: str, rule: Rule) -> None:
    problem = PROBLEMS[name]
    for _, automaton in automata(problem, rule):
        if automaton.daily is not None:
            settled = np.zeros((len(problem.days), 1 + len(problem.slots)))
            np.add.at(settled, automaton.daily[:2], automaton.daily[2])
            for day, duties in enumerate(problem.duties):
                for duty in (None, *duties):
                    _, amount_ = automaton.step(automaton.start, day, duty)
                    assert settled[day, 1 + duty.slot if duty else 0] == amount_


@cases(with_face("tour"))
def test_a_row_says_what_the_steps_of_a_day_say(name: str, rule: Rule) -> None:
    problem = PROBLEMS[name]
    for _, automaton in automata(problem, rule):
        states = {automaton.start}
        for day, duties in enumerate(problem.duties if automaton.row else ()):
            rows = {state: automaton.row(state, day, duties) for state in states} if automaton.row else {}
            for state, row in rows.items():
                assert list(zip(*row, strict=True)) == [automaton.step(state, day, duty) for duty in (None, *duties)]
            states = {after for afters, _ in rows.values() for after in afters}


@cases(with_face("tour"))
def test_coarse_states_tell_whether_a_tour_breaches_a_rule(name: str, rule: Rule) -> None:
    problem = PROBLEMS[name]
    for _, automaton in automata(problem, rule):
        for tour in tours_of(problem) if automaton.coarse is not Automaton.coarse else ():
            fine = coarse = automaton.start
            settled = found = 0
            for day, duty in enumerate(tour):
                fine, charge = automaton.step(fine, day, duty)
                coarse, outcome = automaton.step(coarse, day, duty)
                coarse = automaton.coarse(coarse)
                settled, found = settled + charge, found + outcome
            assert bool(settled + automaton.end(fine)) == bool(found + automaton.end(coarse))


@SOME_AND_ALL
@cases([case for case in with_face("pull") if case[0] != "week"])
def test_a_pull_says_what_one_more_tour_of_whole_steps_saves(name: str, rule: Rule, some: slice) -> None:
    problem, none = PROBLEMS[name], (None,) * len(PROBLEMS[name].days)
    found = dict(zip(map(key, ROSTERS[name]), witnessed(name, rule), strict=True))
    form = dict(zip(map(key, ROSTERS[name]), witnessed(name, ShiftForm()), strict=True))
    for tours in ROSTERS[name][some]:
        for agent in problem.workforce.agents:
            if tours[agent.id] == none or form[key(tours)]:
                continue
            pull = rule.pull(problem, others_of(problem, tours, agent.id), agent, PRICE)
            without = found[key({**tours, agent.id: none})]
            saved = PRICE * (amount(without) - amount(found[key(tours)])) / MICRO
            promised = worth(problem, pull, tours[agent.id]) + worth_of_count(
                problem, rule, pull, agent, tours[agent.id]
            )
            assert saved == pytest.approx(promised, abs=1e-9)


def worth_of_count(problem: RosterProblem, rule: Rule, pull: Pull | None, agent: Agent, tour: Tour) -> float:
    """Return what a pull promises for what the rule counts in a tour."""
    if pull is None or pull.count is None:
        return 0.0
    tally = rule.tally(problem, agent)
    assert tally is not None
    state = tally.start
    for day, duty in enumerate(tour):
        state, charge = tally.step(state, day, duty)
        assert charge == 0
    return pull.count(state)


@cases([case for case in with_face("standing") if case[0] != "week"])
def test_a_standing_is_what_the_breaches_of_whole_steps_cost(name: str, rule: Rule) -> None:
    form = dict(zip(map(key, ROSTERS[name]), witnessed(name, ShiftForm()), strict=True))
    for tours, breaches in list(zip(ROSTERS[name], witnessed(name, rule), strict=True))[::7]:
        if not form[key(tours)]:
            standing = rule.standing(PROBLEMS[name], others_of(PROBLEMS[name], tours, ""), PRICE)
            assert standing == pytest.approx(PRICE * amount(breaches) / MICRO, abs=1e-9)


def key(tours: Tours) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
    return tuple((agent, tuple(duty.slot if duty else None for duty in tour)) for agent, tour in sorted(tours.items()))


def worth(problem: RosterProblem, pull: Pull | None, tour: Tour) -> float:
    """Return what a pull promises for a tour: minutes on the queue and duties, each at their worth."""
    if pull is None:
        return 0.0
    roster, step = roster_of(problem, {"one": tour}), problem.grid.step_minutes
    promised = 0.0
    if pull.serving is not None:
        promised += float(np.dot(pull.serving, roster.serving(["one"]))) * step
    if pull.duty is not None:
        promised += sum(float(pull.duty[duty.day, duty.slot]) for duty in tour if duty)
    return promised


@pytest.mark.parametrize("kind", AGREEING, ids=kind_of)
def test_a_rule_can_be_written_down_and_says_itself_in_words(kind: type[Rule]) -> None:
    for parameters in EXAMPLES[kind_of(kind)]:
        rule = made(kind, parameters)
        assert kind.model_validate_json(rule.model_dump_json()) == rule
        assert rule.id.startswith(rule.kind)
        assert rule.words.endswith(".")
        assert "`" not in rule.words
        assert rule.source
