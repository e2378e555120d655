"""Conflicts: every line of one is needed, agents who are alike are told apart from those who are not, small models agree with the whole."""

from datetime import date

import pytest

from tests.schedule.centre import centre
from wfm.domain import Breach, Opening, Role, TimeOff, Wish
from wfm.schedule import rules
from wfm.schedule.conflicts.conflict import conflict_around, needed, suspects_of
from wfm.schedule.conflicts.likeness import alike
from wfm.schedule.conflicts.lines import Line, Lines
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule
from wfm.schedule.solution import Limits
from wfm.schedule.watch import Watch

WATCH = Watch(Limits(steps=1000))
SUNDAY = date(2026, 10, 25)
NOON = rules.RoleCover(role="sme", hours=Opening.from_text("sun 12:00-12:30"))


def with_experts_away(*away: str) -> RosterProblem:
    """Build five agents of whom three are experts, some of them on leave on Sunday."""
    problem = centre(agents=5, days=3)
    agents = tuple(
        row.varied(roles=("sme",)) if row.id in {"a0", "a1", "a2"} else row for row in problem.workforce.agents
    )
    leave = tuple(TimeOff(agent=agent, first=SUNDAY, last=SUNDAY) for agent in away)
    return problem.varied(workforce=problem.workforce.varied(agents=agents, roles=(Role(name="sme"),), time_off=leave))


def breach_of(rule: Rule, day: date, agent: str | None = None) -> Breach:
    return rule.breach(1, "", agent=agent, first=day)


def found(problem: RosterProblem, some: tuple[Rule, ...], breach: Breach) -> set[Line]:
    lines = Lines(problem, some, WATCH)
    conflict = conflict_around(lines, suspects_of(lines, breach))
    for number in conflict:
        assert not lines.impossible(conflict - {number})
    return {lines.all[number] for number in conflict}


def test_a_conflict_names_the_rule_the_agents_and_the_date() -> None:
    off = rules.TimeOff()
    problem = with_experts_away("a0", "a1", "a2")
    others = (rules.MinRest(), rules.WeekMinutes(under_minutes=None), rules.MinimumHeads(), rules.Coverage())
    expected = {Line(off, agent, SUNDAY, SUNDAY) for agent in ("a0", "a1", "a2")} | {Line(NOON, None, SUNDAY, SUNDAY)}
    assert found(problem, (*others, off, NOON), breach_of(NOON, SUNDAY)) == expected


def test_where_somebody_is_left_there_is_no_conflict() -> None:
    assert found(with_experts_away("a0", "a1"), (rules.TimeOff(), NOON), breach_of(NOON, SUNDAY)) == set()


def test_an_agent_between_two_fixed_shifts_is_in_conflict_with_rest() -> None:
    problem = centre(agents=4, days=3)
    fixed = tuple(Wish(agent="a1", date=date(2026, 10, day), want=want) for day, want in ((24, "night"), (25, "day")))
    keep, rest = rules.Wishes(), rules.MinRest(rest_minutes=24 * 60)
    problem = problem.varied(workforce=problem.workforce.varied(wishes=fixed))
    conflict = found(problem, (keep, rest, rules.MinimumHeads()), breach_of(rest, SUNDAY, "a1"))
    assert {(line.rule.kind, line.agent) for line in conflict} == {("wishes", "a1"), ("min_rest", "a1")}
    assert len(conflict) == 3


def test_everybody_is_in_conflict_where_there_are_not_enough_nights() -> None:
    # Five agents with a night each are five nights, two at once over three nights are six.
    few, two = (
        rules.MaxNights(at_most=1, per="period"),
        rules.MinimumHeads(at_least=2, hours=Opening.from_text("mon-sun 23:00-24:00")),
    )
    conflict = found(
        centre(agents=5, days=3), (rules.MinRest(), few, two, rules.WeeklyDaysOff(days=1)), breach_of(two, SUNDAY)
    )
    assert sum(line.rule is few for line in conflict) == 5
    assert {line.first for line in conflict if line.rule is two} == {date(2026, 10, day) for day in (24, 25, 26)}


def test_who_may_change_places_is_alike() -> None:
    lines = Lines(with_experts_away("a0"), (rules.MinRest(), rules.TimeOff(), NOON), WATCH)
    every = range(len(lines.all))
    assert set(map(frozenset, alike(lines, every))) == {
        frozenset({"a0"}),
        frozenset({"a1", "a2"}),
        frozenset({"a3", "a4"}),
    }
    rests = [number for number in every if lines.all[number].rule.kind == "min_rest"]
    assert set(map(frozenset, alike(lines, rests))) == {frozenset({"a0", "a1", "a2", "a3", "a4"})}


@pytest.mark.parametrize("wanted", [{0}, {3}, {1, 4, 6}, set(range(8))])
def test_the_fewest_parts_are_those_that_are_needed(wanted: set[int]) -> None:
    parts = [frozenset([number]) for number in range(8)]
    assert frozenset().union(*needed(lambda some: some >= wanted, frozenset(), parts)) == wanted


def test_of_two_explanations_the_earlier_is_told() -> None:
    parts = [frozenset([number]) for number in range(6)]
    assert needed(lambda some: {0, 5} <= some or {1, 2} <= some, frozenset(), parts) == [frozenset({1}), frozenset({2})]


def test_everything_together_is_possible_exactly_where_the_whole_model_is() -> None:
    some = (rules.MinRest(), rules.TimeOff(), NOON)
    for away, impossible in ((("a0", "a1"), False), (("a0", "a1", "a2"), True)):
        lines = Lines(with_experts_away(*away), some, WATCH)
        assert lines.impossible(range(len(lines.all))) == impossible
        assert lines.impossible(range(len(lines.all)), again=True) == impossible
