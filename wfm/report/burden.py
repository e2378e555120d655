"""What the roster asks of each agent: nights, weekends, hours against the contract, and wishes met."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.domain import Agent
from wfm.schedule.burden import granted
from wfm.study import Plan

_WEEK_DAYS = 7


@dataclass(frozen=True)
class Burden:
    """One agent's share of the roster.

    ``contract_minutes`` is the contract's week pro rata to the days employed in the horizon, days of time off not deducted
    (``days_off`` counts them); ``weekends`` counts weekends with a shift that starts on Saturday or Sunday.
    """

    agent: Agent
    shifts: int
    nights: int
    weekends: int
    paid_minutes: int
    contract_minutes: float
    days_off: int
    wishes: int
    wishes_met: int


def burdens(plan: Plan) -> tuple[Burden, ...]:
    """The burden of every agent, in the workforce's order."""
    return tuple(_burden(plan, agent) for agent in plan.scenario.workforce.agents)


def _burden(plan: Plan, agent: Agent) -> Burden:
    scenario, roster = plan.scenario, plan.solution.roster
    workforce, days = scenario.workforce, scenario.horizon.dates
    shifts = roster.shifts_of(agent.id)
    wishes = [wish for wish in workforce.wishes if wish.agent == agent.id and wish.date in days]
    employed = sum(agent.employed_on(day) for day in days)
    return Burden(
        agent=agent,
        shifts=len(shifts),
        nights=roster.nights_of(agent.id),
        weekends=roster.weekends_of(agent.id),
        paid_minutes=sum(shift.paid_minutes for shift in shifts),
        contract_minutes=workforce.contract_of(agent.id).week_minutes * employed / _WEEK_DAYS,
        days_off=sum((agent.id, day) in workforce.days_off for day in days),
        wishes=len(wishes),
        wishes_met=sum(granted(wish, roster) for wish in wishes),
    )
