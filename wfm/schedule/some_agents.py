"""A part of a problem: some of its agents, for rules about one agent at a time."""

from __future__ import annotations

from collections.abc import Collection

from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule

PROMISED = ("time_off", "wishes", "burdens", "balances")


def about_one(problem: RosterProblem, rule: Rule) -> bool:
    """Whether a rule has a face for the tour of each of its agents, so that others do not matter to it."""
    return all(rule.tour(problem, agent) is not None for agent in rule.agents(problem))


def narrowed(problem: RosterProblem, agents: Collection[str]) -> RosterProblem:
    """The problem of some agents, with what is promised to them; sessions, which join people, are left out."""
    people = problem.workforce
    kept: dict[str, object] = {
        name: tuple(row for row in getattr(people, name) if row.agent in agents) for name in PROMISED
    }
    kept["agents"] = tuple(agent for agent in people.agents if agent.id in agents)
    before = tuple(row for row in problem.before if row.agent in agents)
    part = people.model_copy(update={**kept, "sessions": ()})
    return problem.model_copy(update={"workforce": part, "before": before})
