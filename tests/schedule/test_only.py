"""A rule may be about some agents only: every face leaves the others alone."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.schedule.tiny import worked
from wfm.domain import Agent, Workforce
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.only import Only
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rules import MaxConsecutiveDays, MaxWeekends, MinimumHeads, MinRest

TEEN = Agent(id="tea", contract="part", skills=("chat",), team="red", site="north", minor=True)


@pytest.mark.parametrize(
    ("keys", "fits"),
    [
        ({"agents": "tea"}, True),
        ({"agents": ["ann", "tea"]}, True),
        ({"agents": "ann"}, False),
        ({"contract": "part"}, True),
        ({"skill": ["phone"]}, False),
        ({"skill": ["phone", "chat"]}, True),
        ({"role": "sme"}, False),
        ({"team": "red", "site": "north"}, True),
        ({"team": "red", "site": "south"}, False),
        ({"minors": True}, True),
        ({"minors": False}, False),
        ({"minors": True, "contract": "full"}, False),
    ],
)
def test_an_agent_fits_who_has_one_name_of_every_key(keys: dict[str, Any], fits: bool) -> None:
    assert Only.model_validate(keys).fits(TEEN) is fits


def test_a_filter_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="expected one of the keys agents, contract, skill"):
        Only()
    with pytest.raises(ValidationError):
        Only(agents=())


def test_a_name_that_nobody_has_is_refused(weekend: RosterProblem) -> None:
    for keys in ({"agents": "zoe"}, {"contract": "ful"}, {"team": "red"}, {"role": "lead"}):
        with pytest.raises(ValueError, match=f"expected {next(iter(keys))} of a rule's only to be one of .*; came"):
            Only.model_validate(keys).check(weekend.workforce)
    Only.model_validate({"agents": "ann", "contract": "part", "skill": "chat", "role": "sme"}).check(weekend.workforce)


def test_a_rule_says_whom_it_is_about() -> None:
    rule = MinRest.model_validate({"rest": "12h", "only": {"minors": True, "contract": ["part", "full"]}})
    assert rule.id == "min_rest:12h:part+full:minors"
    assert rule.words.endswith("a breach is minutes missing. About minors with contract part or full only.")
    assert MaxWeekends(at_most=1, only=Only(agents=("a", "b", "c", "d"))).id == "max_weekends:1:4-agents"
    assert MinRest.model_validate_json(rule.model_dump_json()) == rule


def test_nobody_else_is_held_to_it(weekend: RosterProblem) -> None:
    rule = MaxConsecutiveDays(days=1, only=Only(agents=("ben",)))
    assert {row.agent for row in rule.breaches(weekend, worked(weekend, ann="eee", ben="eee"))} == {"ben"}
    ann, ben = weekend.workforce.agents
    workshop = Workshop(weekend, [rule], Scale.of([rule]))
    assert [workshop.choice(agent).machine.states for agent in (ann, ben)] == [1, 2]


def test_minors_are_told_from_adults(weekend: RosterProblem) -> None:
    ann, ben = weekend.workforce.agents
    workforce: Workforce = weekend.workforce.varied(agents=(ann, ben.varied(minor=True)))
    problem: RosterProblem = weekend.varied(workforce=workforce)
    for minors, agent in ((True, "ben"), (False, "ann")):
        rule = MaxWeekends(at_most=0, only=Only(minors=minors))
        assert [row.agent for row in rule.breaches(problem, worked(problem, ann="e--", ben="e--"))] == [agent]


def test_presence_counts_only_them(weekend: RosterProblem) -> None:
    rule = MinimumHeads.model_validate({"hours": "sat 10:00-12:00", "only": {"agents": "ben"}})
    assert [row.amount for row in rule.breaches(weekend, worked(weekend, ann="e--"))] == [120]
    assert not rule.breaches(weekend, worked(weekend, ben="e--"))
