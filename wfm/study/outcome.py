"""What a roster costs, and how a forecast fared once the future is known."""

from __future__ import annotations

from wfm.domain import ContactHistory, Forecast, Roster, Workforce
from wfm.forecast import Accuracy, on_grid, score
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
    """Accuracy of each forecast whose channel's history knows what came in the horizon; empty where none does."""
    pairs = zip(forecasts, scenario.histories, strict=False)  # the forecasts of levels come last, and have no history
    scored = (score(row, on_grid(history, scenario.horizon)) for row, history in pairs if _reaches(history, scenario))
    return tuple(row for row in scored if row is not None)


def _reaches(history: ContactHistory, scenario: Scenario) -> bool:
    return history.grid.start < scenario.horizon.end and scenario.horizon.start < history.grid.end
