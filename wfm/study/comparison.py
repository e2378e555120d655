"""What is compared between the variants of a study, one row a variant."""

from __future__ import annotations

from wfm.domain import Estimate, Name, Noun, Requirement, Roster, TimeGrid, Workforce
from wfm.study.plan import Plan


class ChannelRow(Noun):
    """One channel in one variant: service level and abandonment (simulated for a roster, by formula for staffing only)."""

    channel: Name
    service_level: Estimate
    abandonment: Estimate | None = None
    contacts: float
    net_hours: float


class Fairness(Noun):
    """Spread (largest less smallest count) of nights and worked weekends among the agents of a roster."""

    nights: int
    weekends: int


class VariantRow(Noun):
    """One variant: what it moved, what it needs, costs and gives. Roster figures are None where only staffing was asked for."""

    variant: str
    levers: tuple[str, ...]
    channels: tuple[ChannelRow, ...]
    required_hours: float
    paid_hours: float | None = None
    cost_cents: int | None = None
    fairness: Fairness | None = None
    status: str = "staffing"
    forbidden_breaches: int | None = None
    plan_digest: str = ""


class StudyResult(Noun):
    """The comparison: one row for each variant, in the order of the study."""

    study: Name
    scenario: Name
    rows: tuple[VariantRow, ...]


def row_of_requirements(variant: str, levers: tuple[str, ...], requirements: tuple[Requirement, ...]) -> VariantRow:
    """The row of a variant that went through forecast and staffing only: service is what exactly the required agents give."""
    return VariantRow(
        variant=variant,
        levers=levers,
        channels=tuple(_at_requirement(row) for row in requirements),
        required_hours=_gross_hours(requirements),
    )


def row_of_plan(variant: str, levers: tuple[str, ...], plan: Plan) -> VariantRow:
    """The row of a variant with a roster; service by simulation where the scenario simulates, else as at the requirement."""
    return VariantRow(
        variant=variant,
        levers=levers,
        channels=tuple(_simulated(row, plan) for row in plan.requirements),
        required_hours=_gross_hours(plan.requirements),
        paid_hours=plan.paid_hours,
        cost_cents=plan.cost_cents,
        fairness=fairness(plan.scenario.workforce, plan.solution.roster),
        status=plan.solution.status,
        forbidden_breaches=len(plan.solution.forbidden_breaches),
        plan_digest=plan.digest(),
    )


def fairness(workforce: Workforce, roster: Roster) -> Fairness:
    """Spread of nights and of worked weekends over all agents; 0 where nobody works any."""
    return Fairness(
        nights=_spread([roster.nights_of(agent.id) for agent in workforce.agents]),
        weekends=_spread([roster.weekends_of(agent.id) for agent in workforce.agents]),
    )


def _spread(counts: list[int]) -> int:
    return max(counts, default=0) - min(counts, default=0)


def _at_requirement(row: Requirement) -> ChannelRow:
    contacts = sum(row.volume)
    inside = sum(served[min(net, len(served) - 1)] for net, served in zip(row.net, row.served, strict=True))
    level = Estimate(mean=inside / contacts if contacts else 1.0)
    return ChannelRow(channel=row.channel, service_level=level, contacts=contacts, net_hours=_hours(row.grid, row.net))


def _simulated(row: Requirement, plan: Plan) -> ChannelRow:
    plain = _at_requirement(row)
    if plan.performance is None:
        return plain
    measured = plan.performance.of(row.channel)
    return plain.varied(service_level=measured.service_level, abandonment=measured.abandonment)


def _gross_hours(requirements: tuple[Requirement, ...]) -> float:
    return sum(_hours(row.grid, row.gross) for row in requirements)


def _hours(grid: TimeGrid, heads: tuple[float, ...] | tuple[int, ...]) -> float:
    return sum(heads) * grid.step_minutes / 60
