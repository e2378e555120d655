"""Fairness of a roster: what every agent bears and has borne beside a fair share, and the wishes with their reasons."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.domain import Agent, Burden, Name, Noun, Roster, Workforce
from wfm.domain.quantity import count_text
from wfm.schedule import RosterProblem, audit
from wfm.schedule.burden import able, burdens_of, carried, granted, share_of
from wfm.schedule.refusal import Refusal, refusals
from wfm.schedule.rules import Fairness, RoleCover, Spread
from wfm.schedule.rules.fairness import HERE
from wfm.study.scenario import Scenario

FAR = 1.0
"""Who is less than one of a kind from the fair share has it: nights are whole."""


class Borne(Noun):
    """One kind of burden of one agent: in this roster, in earlier periods, and what all of it would be at equal levels.

    ``fair`` is what the peers who can bear the kind bear together, times the agent's share among theirs; None for whoever cannot.
    """

    kind: Name
    now: float
    before: float
    fair: float | None = None

    @property
    def total(self) -> float:
        """This roster and what came before."""
        return self.now + self.before

    @property
    def above(self) -> float:
        """How far above the fair share, negative below it; 0 for whoever cannot bear the kind."""
        return 0.0 if self.fair is None else self.total - self.fair


class AgentLedger(Noun):
    """One agent's ledger. ``share`` is in full-time periods (contract, periods and days there); ``words`` are for the agent."""

    agent: Name
    name: str
    contract: Name
    share: float
    borne: tuple[Borne, ...]
    words: tuple[str, ...]

    def of(self, kind: str) -> Borne:
        """One kind."""
        return next(row for row in self.borne if row.kind == kind)


class FairnessReport(Noun):
    """The ledger of all agents, points of wishes asked for and granted in the horizon, and the reason for each one refused.

    ``burdens`` are the roster's own rows of the ledger, which the next plan carries.
    """

    agents: tuple[AgentLedger, ...]
    burdens: tuple[Burden, ...]
    points: int
    points_granted: int
    refused: tuple[Refusal, ...] = ()

    @property
    def granted_share(self) -> float:
        """Share of the points granted; 1 without wishes."""
        return self.points_granted / self.points if self.points else 1.0


def fairness_of(scenario: Scenario, problem: RosterProblem, roster: Roster, *, reasons: bool = True) -> FairnessReport:
    """The fairness of a roster for a scenario's problem; without ``reasons`` no refused wish is tried, which takes seconds."""
    priced = [rule for rule in scenario.rules if rule.kind in {"min_rest", "late_change"} and rule.price is not None]
    burdens = burdens_of(problem, roster, audit(problem, priced, roster))
    wishes = [wish for wish in scenario.workforce.wishes if wish.date in problem.days]
    return FairnessReport(
        agents=tuple(_ledgers(scenario, problem, burdens)),
        burdens=burdens,
        points=sum(wish.points for wish in wishes),
        points_granted=sum(wish.points for wish in wishes if granted(wish, roster)),
        refused=refusals(problem, scenario.rules, roster) if reasons else (),
    )


def _ledgers(scenario: Scenario, problem: RosterProblem, burdens: tuple[Burden, ...]) -> Iterator[AgentLedger]:
    workforce = scenario.workforce
    shares = {agent.id: share_of(problem, agent) for agent in workforce.agents}
    totals = {
        row.agent: {kind: getattr(row, kind) + carried(workforce, row.agent, kind) for kind in Burden.KINDS}
        for row in burdens
    }
    peers = _peers(scenario, problem)
    for agent, row in zip(workforce.agents, burdens, strict=True):
        borne = []
        for kind in Burden.KINDS:
            group = peers[kind].get(agent.id, ())
            together = sum(shares[other] for other in group)
            fair = sum(totals[other][kind] for other in group) * shares[agent.id] / together if together else None
            borne.append(Borne(kind=kind, now=getattr(row, kind), before=carried(workforce, agent.id, kind), fair=fair))
        yield AgentLedger(
            agent=agent.id,
            name=agent.name,
            contract=agent.contract,
            share=shares[agent.id],
            borne=tuple(borne),
            words=tuple(_words(scenario, workforce, agent, shares[agent.id], borne)),
        )


def _peers(scenario: Scenario, problem: RosterProblem) -> dict[str, dict[str, tuple[str, ...]]]:
    """By kind, for everybody who can bear it, with whom it is shared: those who hold the same of the roles that rules part."""
    apart = {name for rule in scenario.rules if isinstance(rule, Fairness | Spread) for name in rule.apart}
    agents = scenario.workforce.agents
    found = {}
    for kind in Burden.KINDS:
        can = [agent for agent in agents if kind not in HERE or able(problem, agent, kind)]
        alike = {
            agent.id: tuple(other.id for other in can if not (apart & {*agent.roles} ^ apart & {*other.roles}))
            for agent in can
        }
        found[kind] = alike
    return found


def _words(scenario: Scenario, workforce: Workforce, agent: Agent, share: float, borne: list[Borne]) -> Iterator[str]:
    """What is far from the fair share, and why, for the agent."""
    far = [row for row in borne if row.kind in HERE and abs(row.above) >= FAR]
    for row in far:
        side = "above" if row.above > 0 else "below"
        yield (
            f"{row.kind}: {row.now:g} in this roster and {row.before:g} before; the fair share of {share:.2f} full-time periods on "
            f"contract {agent.contract} is {row.fair:.1f}, so {abs(row.above):.1f} {side}"
        )
    if any(row.above > 0 for row in far):
        for rule in scenario.rules:
            if isinstance(rule, RoleCover) and rule.role in agent.roles:
                holders = sum(rule.role in other.roles for other in workforce.agents)
                yield f"{rule.id} must be kept by the {count_text(holders, 'agent')} with the role {rule.role}"
