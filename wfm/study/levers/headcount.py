"""More or fewer agents."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from wfm.domain import Agent, Refused
from wfm.domain.quantity import count_text
from wfm.study.lever import Lever
from wfm.study.scenario import Scenario


class Headcount(Lever):
    """``by`` agents more (copies of the first ones: contract, skills, roles, availability), or fewer (the last ones leave)."""

    kind: Literal["headcount"] = "headcount"
    by: Annotated[int, Field(ge=-10_000, le=10_000)]

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with agents added, or taken out with their time off, wishes, ledgers and earlier shifts."""
        if self.by == 0:
            return scenario
        return _hired(scenario, self.by) if self.by > 0 else _left(scenario, -self.by)

    @classmethod
    def neutral(cls, scenario: Scenario) -> Self:  # noqa: ARG003 - neutral everywhere
        """No change."""
        return cls(by=0)

    @property
    def words(self) -> str:
        """As ``agents +2``."""
        return f"agents {self.by:+d}"


def _hired(scenario: Scenario, count: int) -> Scenario:
    agents = scenario.workforce.agents
    models = (agents[k % len(agents)] for k in range(count))
    taken = set(scenario.workforce.by_id)
    hired = tuple(_copy(agent, number, taken) for number, agent in enumerate(models, start=1))
    return scenario.varied(workforce=scenario.workforce.varied(agents=agents + hired))


def _copy(agent: Agent, number: int, taken: set[str]) -> Agent:
    """A new colleague with the same contract and skills and a free id."""
    name = f"new{number}"
    while name in taken:
        name += "x"
    taken.add(name)
    return agent.varied(id=name, name=f"New agent {number}", employed_from=None, employed_until=None)


def _left(scenario: Scenario, count: int) -> Scenario:
    workforce = scenario.workforce
    if count >= len(workforce.agents):
        raise Refused(
            f"{count_text(count, 'agent')} cannot leave: the scenario has {len(workforce.agents)}, and one must stay."
        )
    staying = workforce.agents[:-count]
    ids = {agent.id for agent in staying}
    smaller = workforce.varied(
        agents=staying,
        time_off=tuple(row for row in workforce.time_off if row.agent in ids),
        wishes=tuple(row for row in workforce.wishes if row.agent in ids),
        burdens=tuple(row for row in workforce.burdens if row.agent in ids),
        balances=tuple(row for row in workforce.balances if row.agent in ids),
    )
    return scenario.varied(workforce=smaller, before=tuple(row for row in scenario.before if row.agent in ids))
