"""What a roster costs, and how a forecast fared once the future is known."""

from __future__ import annotations

from wfm.domain import Forecast, Roster, Workforce
from wfm.forecast import Accuracy, accuracy
from wfm.study.plan import CostLine
from wfm.study.scenario import Scenario


def cost(workforce: Workforce, roster: Roster) -> tuple[CostLine, ...]:
    """Paid minutes and cost by contract, cents rounded half up once per contract."""
    return tuple(_cost_line(workforce, roster, contract.name) for contract in workforce.contracts)


def _cost_line(workforce: Workforce, roster: Roster, contract: str) -> CostLine:
    agents = [agent.id for agent in workforce.agents if agent.contract == contract]
    minutes = sum(shift.paid_minutes for agent in agents for shift in roster.shifts_of(agent))
    cents = workforce.contract_by_name[contract].cost_hour_cents
    return CostLine(
        contract=contract, agents=len(agents), paid_minutes=minutes, cost_cents=(2 * minutes * cents + 60) // 120
    )


def hindsight(scenario: Scenario, forecasts: tuple[Forecast, ...]) -> tuple[Accuracy, ...]:
    """Accuracy of each forecast whose channel's history reaches into the horizon; empty where none does."""
    found = []
    for row, history in zip(forecasts, scenario.histories, strict=True):
        begin, end = history.grid.index(scenario.horizon.start), history.grid.index(scenario.horizon.end)
        begin, end = max(0, begin), min(end, history.grid.count)
        if begin < end:
            found.append(accuracy(row, history.part(slice(begin, end))))
    return tuple(found)
