"""A plan: what the corridor makes of a scenario, noun by noun, with the digest of what it was built on."""

from __future__ import annotations

from pydantic import Field

import wfm
from wfm.domain import Forecast, Name, Noun, Performance, Requirement
from wfm.forecast import Accuracy, ValueAdded
from wfm.schedule import Solution
from wfm.study.fairness import FairnessReport
from wfm.study.scenario import Scenario
from wfm.study.service_certificate import ServiceCertificate
from wfm.study.telling import ForecastStory


class CostLine(Noun):
    """Paid minutes and cost of all agents of one contract over the horizon."""

    contract: Name
    agents: int = Field(ge=0)
    paid_minutes: int = Field(ge=0)
    cost_cents: int = Field(ge=0)


class Plan(Noun):
    """Forecasts, requirements, roster and performance of one scenario, complete with the scenario itself.

    ``scenario_digest`` names exactly what it was built on. ``preflight`` is what could be said before any solve. ``performance`` is
    None where no replications were asked for. ``accuracy`` compares the forecast with what happened, where that is known;
    ``value_added`` tells what each event and override was worth; ``stories`` how each forecast came about. ``certified`` says whether
    every target is kept, where that was asked for: the roster is then the corrected one, and ``performance`` was measured on the
    certificate's seed. ``fairness`` is the ledger of what agents bear, and the wishes with the reason for each one refused.
    """

    scenario: Scenario
    scenario_digest: str
    version: str = wfm.__version__
    forecasts: tuple[Forecast, ...]
    requirements: tuple[Requirement, ...]
    preflight: tuple[str, ...] = ()
    solution: Solution
    cost: tuple[CostLine, ...]
    performance: Performance | None = None
    accuracy: tuple[Accuracy, ...] = ()
    value_added: tuple[ValueAdded, ...] = ()
    stories: tuple[ForecastStory, ...] = ()
    certified: ServiceCertificate | None = None
    fairness: FairnessReport | None = None

    @property
    def cost_cents(self) -> int:
        """Cost of all paid time."""
        return sum(line.cost_cents for line in self.cost)

    @property
    def paid_hours(self) -> float:
        """All paid hours."""
        return sum(line.paid_minutes for line in self.cost) / 60
