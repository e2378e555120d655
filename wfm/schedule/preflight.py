"""What can be seen to be missing before any solve: hours, skills, roles, hours of the day, agents that cannot work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wfm.domain import Agent, Requirement
from wfm.domain.quantity import count_text, share_text
from wfm.domain.time import local
from wfm.schedule.placing.off_queue_asked import too_much_asked
from wfm.schedule.problem import RosterProblem
from wfm.schedule.rule import Rule, runs
from wfm.schedule.rules._charges import ChargeRule
from wfm.schedule.rules._people import PeopleRule
from wfm.schedule.rules._presence import PresenceRule
from wfm.schedule.rules.on_call_cover import OnCallCover
from wfm.schedule.shortfall import shortfalls


def preflight(problem: RosterProblem, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Findings in the planner's words, empty where nothing stands out; each says what is asked for and what there is.

    Findings about totals do not forbid a solve; those about forbidden rules (see shortfall) prove that no roster is legal. A problem
    without findings may still have a conflict.
    """
    return (
        *_seats(problem),
        *_skills(problem),
        *_alone(problem),
        *_gaps(problem),
        *(line for rule in rules if isinstance(rule, PresenceRule) for line in _presence(problem, rule)),
        *(line for rule in rules if isinstance(rule, PeopleRule) for line in _people(problem, rule)),
        *too_much_asked(problem, rules),
        *shortfalls(problem, rules),
        *_idle(problem, [rule for rule in rules if isinstance(rule, ChargeRule) and rule.price is None]),
    )


def _seats(problem: RosterProblem) -> Iterator[str]:
    """Seats = paid time x (1 - shrinkage) / open time, against the average net requirement while open."""
    net = np.sum([requirement.nets() for requirement in problem.requirements], axis=0)
    gross = float(np.sum([requirement.gross for requirement in problem.requirements]))
    agents = [agent for ids, _ in problem.groups for agent in ids]
    if not net.any() or not agents:
        return
    present = float(net.sum()) / gross
    open_minutes = int((net > 0).sum()) * problem.grid.step_minutes
    paid = sum(_paid_minutes(problem, problem.workforce.by_id[agent]) for agent in agents)
    seats, asked, peak = paid * present / open_minutes, float(net[net > 0].mean()), int(net.argmax())
    if asked > seats:
        shrinkage = share_text(round(1 - present, 3))
        given = count_text(len(agents), "agent gives", "agents give")
        yield (
            f"{given} {seats:.1f} seats on average after {shrinkage} shrinkage; you ask for {asked:.1f} "
            f"on average and {net[peak]} on {_when(problem, peak)}"
        )


def _paid_minutes(problem: RosterProblem, agent: Agent) -> float:
    """Minutes of the contract over the days of the horizon on which the agent is employed."""
    employed = sum(agent.employed_on(day) for day in problem.days)
    return problem.workforce.contract_of(agent.id).week_minutes * employed / 7


def _skills(problem: RosterProblem) -> Iterator[str]:
    for channel, requirement in zip(problem.channels, problem.requirements, strict=True):
        skilled = sum(channel.skill in agent.skills for agent in problem.workforce.agents)
        yield from _too_few(problem, requirement, skilled, channel.skill)
    serving = {agent for ids, _ in problem.groups for agent in ids}
    others = [agent.id for agent in problem.workforce.agents if agent.id not in serving]
    if others and problem.channels:
        yield f"no channel asks for a skill of {', '.join(others)}"


def _alone(problem: RosterProblem) -> Iterator[str]:
    """Skills in demand that one agent alone has."""
    asked = {
        channel.skill
        for channel, requirement in zip(problem.channels, problem.requirements, strict=True)
        if requirement.nets().any()
    }
    for skill in sorted(asked):
        skilled = [agent.id for agent in problem.workforce.agents if skill in agent.skills]
        if len(skilled) == 1 < len(problem.workforce.agents):
            yield f"only {skilled[0]} has the skill {skill}; nobody can stand in"


def _people(problem: RosterProblem, rule: PeopleRule) -> Iterator[str]:
    counted, (least, _) = rule.counted(problem), rule.bounds
    if len(counted) < least:
        yield f"{rule.id} asks for {least} different people; there are {len(counted)}"


def _too_few(problem: RosterProblem, requirement: Requirement, skilled: int, skill: str) -> Iterator[str]:
    net = requirement.nets()
    peak = int(net.argmax())
    if net[peak] > skilled:
        have = "nobody has" if skilled == 0 else f"{skilled} have"
        yield (
            f"{requirement.channel} asks for {net[peak]} agents at once on {_when(problem, peak)}; {have} the skill {skill}"
        )


def _gaps(problem: RosterProblem) -> Iterator[str]:
    """Stretches where agents are asked for and no shift can be worked; what lies before the first start is not this roster's."""
    reached = np.zeros(problem.grid.count, dtype=np.bool_)
    size = problem.grid.step_minutes
    for duty in (duty for duties in problem.duties for duty in duties if not duty.template.on_call):
        reached[max(0, duty.start // size) : -(-duty.end // size)] = True
    first = int(reached.argmax())
    asked = np.sum([requirement.nets() for requirement in problem.requirements], axis=0) > 0
    for low, high in runs((asked & ~reached)[first:].tolist()):
        yield (
            f"no shift reaches {_when(problem, first + low)} to {_when(problem, first + high + 1)}, where agents are asked for"
        )


def _presence(problem: RosterProblem, rule: PresenceRule) -> Iterator[str]:
    counted = rule.counted(problem)
    asked = rule.at_least * int(rule.asked(problem).sum()) * problem.grid.step_minutes / 60
    longest = max((row.minutes / max(1, row.paid_minutes) for row in problem.templates if not row.on_call), default=0.0)
    hours = sum(_paid_minutes(problem, agent) for agent in counted) * longest / 60
    if len(counted) < rule.at_least:
        yield f"{rule.id} asks for {rule.at_least} {rule.whom(rule.at_least)} at once; there are {len(counted)}"
    elif hours < asked and not isinstance(rule, OnCallCover):
        yield f"{rule.id} asks for {asked:.0f} hours on shift {rule.whom(len(counted))}; {len(counted)} have {hours:.0f} with breaks"


def _idle(problem: RosterProblem, forbidden: Sequence[ChargeRule]) -> Iterator[str]:
    duties = {(duty.day, duty.slot) for row in problem.duties for duty in row}
    for agent in problem.workforce.agents:
        held = [rule for rule in forbidden if rule.about(agent)]
        refused = [(rule, duties & rule.charges(problem, agent).keys()) for rule in held]
        if duties and set().union(*(slots for _, slots in refused)) == duties:
            yield f"{agent.id} cannot work any shift of the horizon: {', '.join(rule.id for rule, slots in refused if slots)}"


def _when(problem: RosterProblem, step: int) -> str:
    return f"{local(problem.grid.instant(step), problem.grid.zone):%a %Y-%m-%d %H:%M}"
