"""Ways out of a conflict: each rule in it relaxed by as little as will do, or somebody hired; every one verified before it is told."""

from __future__ import annotations

import numpy as np

from wfm.domain import Agent
from wfm.domain.quantity import hours_text
from wfm.schedule.agents import Scale, Workshop
from wfm.schedule.conflicts.conflict import Numbers, by_rule, stretch, suspects_of, weeks_of
from wfm.schedule.conflicts.lines import Answer, Lines
from wfm.schedule.conflicts.reason import Repair, relaxed_words
from wfm.schedule.draft import Draft
from wfm.schedule.judge import Judged
from wfm.schedule.others import Others
from wfm.schedule.problem import MICRO, RosterProblem
from wfm.schedule.worth import DutyWorth

ONE_BY_ONE = 4
"""A rule with so many agents in a conflict is relaxed for each of them in turn; with more for whoever needs it least."""
FREE = 12
"""So many agents at most get new tours while a repair is verified."""
SHIFT_HOURS = 8
"""What a day, night, shift or weekend counts for when repairs are compared."""
HIRED = (0.5, 1.0)
"""Parts of a full contract that are tried for somebody new."""


def repairs(lines: Lines, conflict: Numbers, loose: Numbers, best: Judged) -> tuple[Repair, ...]:
    """The repairs that can be verified in time, the cheapest first: what no law asks for, then fewest hours.

    ``best`` is the least bad roster and ``loose`` the lines that it breaches. A rule is relaxed where it takes part in the conflict and
    only as far as needed; everybody but the agents concerned keeps the tour of ``best``, and they outside the weeks concerned.
    """
    found = [
        repair for part in by_rule(lines, sorted(conflict)) for repair in _of_rule(lines, part, conflict, loose, best)
    ]
    hired = _hired(lines, conflict & loose, best) if lines.watch.has_time else None
    return tuple(sorted([*found, *([hired] if hired else [])], key=lambda repair: (repair.lawful, repair.hours)))


def _of_rule(lines: Lines, part: Numbers, conflict: Numbers, loose: Numbers, best: Judged) -> list[Repair]:
    """The repairs that relax one rule: for each of a few agents; where none of them is enough, anywhere near the conflict."""
    agents = dict.fromkeys(lines.all[number].agent for number in sorted(part))
    lots = [frozenset(n for n in part if lines.all[n].agent == agent) for agent in agents]
    alone = [_relaxed(lines, lot, conflict, loose, best) for lot in lots if len(lots) <= ONE_BY_ONE]
    if any(alone):
        return [repair for repair in alone if repair]
    near = lines.about(lines.agents_of(conflict), stretch(lines, conflict))
    rule = lines.all[min(part)].rule
    together = _relaxed(lines, frozenset(n for n in near if lines.all[n].rule is rule), conflict, loose, best)
    return [together] if together else []


def _relaxed(lines: Lines, part: Numbers, conflict: Numbers, loose: Numbers, best: Judged) -> Repair | None:
    """The repair that breaches only lines of a part; None where none was found."""
    dates = weeks_of(*stretch(lines, conflict))
    days = [day for day, when in enumerate(lines.problem.days) if dates[0] <= when <= dates[1]]
    for concerned in dict.fromkeys((lines.agents_of(part), lines.agents_of(conflict))):
        some = sorted(concerned)[:FREE]
        if lines.watch.has_time:
            hard = lines.about(some, dates) - part - (loose - conflict)
            free = {(agent, day) for agent in some for day in days}
            answer = lines.met(hard, part, others=best.draft, free=free)
            if any(answer.breached.values()):
                return _repair(lines, answer)
    return None


def _repair(lines: Lines, answer: Answer) -> Repair:
    breached = {lines.all[number]: amount / MICRO for number, amount in answer.breached.items() if amount}
    rule = next(iter(breached)).rule
    agents = tuple(dict.fromkeys(line.agent for line in breached if line.agent))
    amount = sum(breached.values())
    return Repair(
        kind="relax",
        words=relaxed_words(rule.id, agents, amount, rule.unit, list(dict.fromkeys(line.dates for line in breached))),
        rule=rule.id,
        agents=agents,
        amount=amount,
        unit=rule.unit,
        hours=amount / 60 if "minutes" in rule.unit else SHIFT_HOURS * amount,
        lawful=rule.law is not None or rule.source.startswith("Directive"),
    )


def _hired(lines: Lines, breached: Numbers, best: Judged) -> Repair | None:
    """The smallest contract of somebody new, like an agent concerned, whose best tour ends what is breached between agents."""
    coupled = frozenset(number for number in breached if lines.all[number].agent is None)
    concerned = [best.problem.workforce.by_id[agent] for agent in sorted(lines.agents_of(coupled))]
    if not concerned:
        return None
    like = min(concerned, key=lambda agent: len(agent.skills) + len(agent.roles))
    for share in HIRED:
        problem, agent = _with_another(best.problem, like, share)
        if _ends(problem, agent, lines, coupled, best):
            week = problem.workforce.contract_of(agent.id).week_minutes
            gifts = [*(f"the role {role}" for role in like.roles), *(f"the skill {skill}" for skill in like.skills)]
            return Repair(
                kind="hire",
                words=f"hire {share:g} of an agent ({hours_text(week)} a week) with {' and '.join(gifts) or 'no skill'}",
                rule=lines.all[min(coupled)].rule.id,
                agents=(),
                amount=week / 60,
                unit="hours a week",
                hours=week / 60 * len(problem.days) / 7,
                lawful=False,
            )
    return None


def _with_another(problem: RosterProblem, like: Agent, share: float) -> tuple[RosterProblem, Agent]:
    """The problem with one more agent, who is like another but always available, for a share of a contract."""
    workforce = problem.workforce
    full = workforce.contract_by_name[like.contract]
    contract = full.varied(
        name=f"{share:g}-of-{full.name}",
        week_minutes=round(share * full.week_minutes),
        shifts_week=None if full.shifts_week is None else max(1, round(share * full.shifts_week)),
    )
    agent = Agent(id=f"new-{like.id}", contract=contract.name, skills=like.skills, roles=like.roles)
    more = workforce.varied(contracts=(*workforce.contracts, contract), agents=(*workforce.agents, agent))
    return problem.varied(workforce=more), agent


def _ends(problem: RosterProblem, agent: Agent, lines: Lines, coupled: Numbers, best: Judged) -> bool:
    """Whether the best legal tour of somebody new ends the breaches of some lines, as the audit sees it, and begins none."""
    rules = [rule for rule in best.rules if rule.price is None]
    between = [rule for rule in rules if rule.tour(problem, agent) is None]
    others = Others(problem, {name: tour.duties for name, tour in best.draft.tours.items()}, best.draft.serving())
    worth = DutyWorth(problem)
    gain = np.zeros(worth.shape)
    for rule in {id(lines.all[number].rule): lines.all[number].rule for number in sorted(coupled)}.values():
        pull = rule.pull(problem, others, agent, 1.0)
        if pull is not None and pull.duty is not None:
            gain[:, 1:] += pull.duty
    _, choices = Workshop(problem, rules, Scale.of(rules)).choice(agent).best(gain)
    tour = worth.tour(choices, np.zeros(problem.grid.count))
    roster = Draft(problem, {**best.draft.tours, agent.id: tour}).roster()
    after = [breach for rule in between for breach in rule.breaches(problem, roster)]
    before = [breach for breach in best.forbidden if breach.agent is None]
    return len(after) < len(before) and not any(suspects_of(lines, breach) & coupled for breach in after)
