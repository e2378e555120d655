"""Who is missing: how many more people of one kind the targets of a roster would need, found by rostering and simulating them."""

from __future__ import annotations

from dataclasses import replace

from wfm.domain import Agent
from wfm.study.attempt import Attempt, Desk
from wfm.study.scenario import Scenario
from wfm.study.service_certificate import Missing

MOST = 16
"""More people than this are no correction but another centre; they are found by doubling, then by halving once."""


def shortage(desk: Desk, best: Attempt) -> tuple[Missing, ...]:
    """The smallest number tried of more people of the cheapest kind with which every target is kept; at most :data:`MOST`.

    The kind serves the channel that is farthest from its targets and as many of the others that miss theirs as anybody here.
    """
    like = kind_that_helps(desk.scenario, best)
    if like is None:
        return ()
    agents, enough = 1, False
    while not desk.should_stop():
        enough = _enough(desk, best, like, agents)
        if enough or agents == MOST:
            break
        agents *= 2
    if enough and agents > 2 and _enough(desk, best, like, 3 * agents // 4):
        agents = 3 * agents // 4
    contract = desk.scenario.workforce.contract_of(like.id)
    return (
        Missing(
            like=like.id,
            contract=like.contract,
            skills=like.skills,
            agents=agents,
            enough=enough,
            week_minutes=contract.week_minutes,
        ),
    )


def kind_that_helps(scenario: Scenario, best: Attempt) -> Agent | None:
    """An agent of the kind to look for; None where nobody serves the channel that is farthest from its targets."""
    short = {scenario.channel(name).skill for name, over in best.excesses.items() if over > 0}
    needed = scenario.channel(best.worst).skill

    def merit(agent: Agent) -> tuple[int, int, int, str]:
        contract = scenario.workforce.contract_of(agent.id)
        weekly = contract.week_minutes * contract.cost_hour_cents
        return len(short - {*agent.skills}), weekly, len(agent.skills), agent.id

    return min((agent for agent in scenario.workforce.agents if needed in agent.skills), key=merit, default=None)


def with_more(scenario: Scenario, like: Agent, agents: int) -> Scenario:
    """The scenario with so many more people who have the contract and the skills of an agent, and may work at any time."""
    taken = {agent.id for agent in scenario.workforce.agents}
    free = (name for number in range(1, len(taken) + agents + 1) if (name := f"more-{number}") not in taken)
    extra = tuple(Agent(id=next(free), contract=like.contract, skills=like.skills) for _ in range(agents))
    return scenario.varied(workforce=scenario.workforce.varied(agents=(*scenario.workforce.agents, *extra)))


def _enough(desk: Desk, best: Attempt, like: Agent, agents: int) -> bool:
    larger = replace(desk, scenario=with_more(desk.scenario, like, agents))
    return larger.roster(best.factors, best.solution.roster).excess <= 0
