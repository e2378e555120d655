"""Tours: machines charge what their automata charge, and the best tour is the best of all tours."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.schedule.tiny import Tour, every_tours, others_of, tours_of, week, weekend
from wfm.domain import Agent
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.rules import (
    Fairness,
    MaxConsecutiveDays,
    MaxConsecutiveNights,
    MaxWeekends,
    MinRest,
    ReferenceMinutes,
    RollingShifts,
    ShiftForm,
    ShiftsWeek,
    Spread,
    WeeklyDaysOff,
    WeekMinutes,
    Wishes,
)
from wfm.schedule.tours import both, chained, kinds_of, smallest, written_out

RULES: tuple[Rule, ...] = (
    MinRest(rest_minutes=12 * 60, price=0.01),
    WeekMinutes(price=0.005),
    MaxConsecutiveDays(days=2),
    ShiftsWeek(price=1.5),
    Wishes(price=0.7),
)
PROBLEMS = {"weekend": weekend(), "week": week()}


def charged(problem: RosterProblem, rules: Sequence[Rule], agent: Agent, tour: Tour) -> float:
    """Return what the automata charge for a tour, inf where it is forbidden."""
    total = 0.0
    for rule in rules:
        automaton = rule.tour(problem, agent)
        assert automaton is not None
        state, amount = automaton.start, 0
        for day, duty in enumerate(tour):
            state, more = automaton.step(state, day, duty)
            amount += more
        amount += automaton.end(state)
        total += amount * rule.price if rule.price is not None else np.inf if amount else 0.0
    return total


def choices_of(tour: Tour) -> tuple[int, ...]:
    return tuple(1 + duty.slot if duty else 0 for duty in tour)


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_choice_charges_every_tour_as_its_rules_do(name: str) -> None:
    problem = PROBLEMS[name]
    workshop = Workshop(problem, RULES, Scale.of(RULES))
    for agent in problem.workforce.agents:
        choice = workshop.choice(agent)
        for tour in tours_of(problem):
            assert choice.cost(choices_of(tour)) == pytest.approx(charged(problem, RULES, agent, tour), abs=1e-9)


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("seed", range(10))
def test_the_best_tour_is_the_best_of_all_tours(name: str, seed: int) -> None:
    problem = PROBLEMS[name]
    worth = np.random.default_rng(seed).normal(1.0, 2.0, (len(problem.days), 1 + len(problem.slots)))
    worth[:, 0] = 0.0
    for agent in problem.workforce.agents:
        choice = Workshop(problem, RULES, Scale.of(RULES)).choice(agent)
        value, choices = choice.best(worth)
        values = [
            sum(worth[day, chosen] for day, chosen in enumerate(choices_of(tour)))
            - charged(problem, RULES, agent, tour)
            for tour in tours_of(problem)
        ]
        assert value == pytest.approx(max(values), abs=1e-9)
        assert sum(worth[day, c] for day, c in enumerate(choices)) - choice.cost(choices) == pytest.approx(
            value, abs=1e-9
        )


def test_a_machine_that_would_be_too_large_is_not_made() -> None:
    problem = PROBLEMS["week"]
    agent = problem.workforce.agents[0]
    one = smallest(written_out(problem, MinRest().tour(problem, agent), 1.0))
    other = smallest(written_out(problem, WeekMinutes().tour(problem, agent), 1.0))
    kinds = kinds_of(problem, [one, other])
    whole = both(chained(one, kinds), chained(other, kinds), 1000)
    assert whole is not None
    steps = int(-np.diff(whole.first).min())
    assert both(chained(one, kinds), chained(other, kinds), steps - 1) is None


def test_a_rule_that_is_too_large_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.schedule.tours.joint.STEPS", 3)
    monkeypatch.setattr("wfm.schedule.agents.SUMMED", 3)
    workshop = Workshop(PROBLEMS["week"], RULES, Scale.of(RULES))
    workshop.choice(PROBLEMS["week"].workforce.agents[0])
    assert workshop.left_out
    assert "max_consecutive_days:2" not in workshop.left_out


def test_a_machine_is_larger_rather_than_without_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.schedule.agents.SUMMED", 3)
    workshop = Workshop(PROBLEMS["week"], RULES, Scale.of(RULES))
    workshop.choice(PROBLEMS["week"].workforce.agents[0])
    assert not workshop.left_out


def test_a_rule_of_too_many_states_is_not_written_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wfm.schedule.tours.tables.WRITTEN", 2)
    rules = (RollingShifts(at_most=3, days=5), MaxConsecutiveDays(days=1))
    workshop = Workshop(PROBLEMS["week"], rules, Scale.of(rules))
    choice = workshop.choice(PROBLEMS["week"].workforce.agents[0])
    assert workshop.left_out == {"rolling_shifts:3-shifts-in-5-days"}
    assert choice.machine.states == 2


@pytest.mark.parametrize(("week", "room"), [("28h", True), ("27h", False)])
def test_a_sum_that_other_rules_keep_needs_no_memory(week: str, room: bool) -> None:
    problem = PROBLEMS["week"]
    agent = problem.workforce.agents[0]
    mean = ReferenceMinutes.model_validate({"week_minutes": week, "under_minutes": None, "weeks": 1})
    rules = (RollingShifts(at_most=2, days=7), mean)
    choice = Workshop(problem, rules, Scale.of(rules)).choice(agent)
    for tour in tours_of(problem):
        assert choice.cost(choices_of(tour)) == charged(problem, rules, agent, tour)
    alone = Workshop(problem, rules[:1], Scale.of(rules)).choice(agent)
    assert (len(choice.machine.kind) == len(alone.machine.kind)) is room


@pytest.mark.parametrize("seed", range(5))
def test_the_best_tour_with_counts_is_the_best_of_all_tours(seed: int) -> None:
    problem, random = PROBLEMS["weekend"], np.random.default_rng(seed)
    rules = (MinRest(rest_minutes=12 * 60), Spread(of="nights", allowed=0, price=1.0), Fairness(price=0.4))
    worth = random.normal(1.0, 2.0, (len(problem.days), 1 + len(problem.slots)))
    worth[:, 0] = 0.0
    others = others_of(problem, (drawn := every_tours(problem))[random.integers(len(drawn))], "ann")
    ann = problem.workforce.agents[0]
    pulls = {place: rules[place].pull(problem, others, ann, 1.0) for place in (1, 2)}
    of_counts = {place: pull.count for place, pull in pulls.items() if pull and pull.count}
    choice = Workshop(problem, rules, Scale.of(rules)).choice(ann)
    values = {}
    for tour in tours_of(problem):
        counts = sum(count(counted(problem, rules[place], ann, tour)) for place, count in of_counts.items())
        gain = sum(worth[day, chosen] for day, chosen in enumerate(choices_of(tour)))
        values[choices_of(tour)] = gain - charged(problem, rules[:1], ann, tour) + counts
    value, choices = choice.best(worth, of_counts)
    assert len(of_counts) == 2
    assert value == pytest.approx(max(values.values()), abs=1e-9)
    for chosen, known in values.items():
        assert choice.value(chosen, worth, of_counts) == pytest.approx(known, abs=1e-9)
    assert values[choices] == pytest.approx(value, abs=1e-9)


def counted(problem: RosterProblem, rule: Rule, agent: Agent, tour: Tour) -> object:
    """Return what a rule counts in a tour."""
    tally = rule.tally(problem, agent)
    assert tally is not None
    state = tally.start
    for day, duty in enumerate(tour):
        state, _ = tally.step(state, day, duty)
    return state


def test_an_agent_without_a_legal_tour_still_gets_the_least_bad_one() -> None:
    problem = PROBLEMS["week"]
    rules = (WeekMinutes(over_minutes=None, under_minutes=0), WeeklyDaysOff(days=6))
    agent = problem.workforce.agents[0]
    assert not any(np.isfinite(charged(problem, rules, agent, tour)) for tour in tours_of(problem))
    value, _ = Workshop(problem, rules, Scale.of(rules)).choice(agent).best(np.zeros((7, 1 + len(problem.slots))))
    assert np.isfinite(value)


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_a_rule_sees_of_a_duty_is_all_that_its_steps_look_at(name: str) -> None:
    problem = PROBLEMS[name]
    for rule in (*RULES, MaxWeekends(at_most=1), MaxConsecutiveNights(days=1), ShiftForm()):
        automaton = rule.tour(problem, problem.workforce.agents[0])
        assert automaton is not None
        seen = written_out(problem, automaton, 1.0)
        each = written_out(problem, replace(automaton, sees=lambda duty: duty.slot), 1.0)
        assert all(map(np.array_equal, seen.follow, each.follow))
        assert all(map(np.array_equal, seen.cost, each.cost))


@pytest.mark.parametrize("name", PROBLEMS)
def test_automata_that_are_alike_have_the_same_table(name: str) -> None:
    problem = PROBLEMS[name]
    alike: dict[object, bytes] = {}
    for rule in (*RULES, ShiftForm(), MaxWeekends(at_most=1), MaxConsecutiveNights(days=2), WeeklyDaysOff(days=2)):
        for agent in problem.workforce.agents:
            automaton = rule.tour(problem, agent)
            assert automaton is not None
            if automaton.alike is not None:
                machine = smallest(written_out(problem, automaton, 1.0))
                table = np.concatenate([*machine.cost, *machine.follow]).tobytes()
                assert alike.setdefault((rule.id, automaton.start, automaton.alike), table) == table
    assert len(alike) > 7
