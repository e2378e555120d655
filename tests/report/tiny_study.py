"""A comparison of three variants: as it is, busier, and cheaper but illegal."""

from wfm.domain import Estimate
from wfm.study import StudyResult, VariantRow
from wfm.study.comparison import ChannelRow, Fairness


def _row(variant: str, lever: str, level: float, paid: float, breaches: int) -> VariantRow:
    channels = (
        ChannelRow(channel="phone", service_level=Estimate(mean=level, half_width=0.01), contacts=500, net_hours=90),
        ChannelRow(channel="mail", service_level=Estimate(mean=0.95), contacts=100, net_hours=30),
    )
    return VariantRow(
        variant=variant,
        levers=(lever,) if lever else (),
        channels=channels,
        required_hours=120,
        paid_hours=paid,
        cost_cents=round(paid * 1_850),
        fairness=Fairness(nights=2, weekends=1),
        status="conflict" if breaches else "feasible",
        forbidden_breaches=breaches,
        plan_digest="0" * 64,
    )


def tiny_study() -> StudyResult:
    rows = (
        _row("as it is", "", 0.82, 140.0, 0),
        _row('=busier "<b>"', "phone volume +20%", 0.714, 140.0, 0),
        _row("fewer", "agents -1", 0.75, 100.0, 2),
    )
    return StudyResult(study="what-if", scenario="tiny", rows=rows)


def staffing_study() -> StudyResult:
    rows = tuple(
        row.varied(paid_hours=None, cost_cents=None, fairness=None, status="staffing", forbidden_breaches=None)
        for row in tiny_study().rows
    )
    return StudyResult(study="what-if", scenario="tiny", rows=rows)
