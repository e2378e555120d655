"""What a comparison of variants measures: each figure, how it is written, and its difference to the first variant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.domain import Estimate
from wfm.report.wording import UNKNOWN
from wfm.study import StudyResult, VariantRow

MINUS = "−"


@dataclass(frozen=True)
class Measure:
    """One figure of a variant; ``value`` is None where the study did not go that far. ``scale`` and ``form`` write it."""

    name: str
    key: str
    value: Callable[[VariantRow], float | None]
    form: str
    scale: float = 1.0

    def text(self, row: VariantRow) -> str:
        """The figure as people read it."""
        value = self.value(row)
        return UNKNOWN if value is None else f"{value * self.scale:{self.form}}"

    def difference(self, row: VariantRow, first: VariantRow) -> float | None:
        """The figure less that of the first variant."""
        own, other = self.value(row), self.value(first)
        return None if own is None or other is None else own - other

    def difference_text(self, row: VariantRow, first: VariantRow) -> str:
        """The difference with its sign; empty for the first variant itself and where it is unknown, ``=`` for none."""
        change = self.difference(row, first)
        if row is first or change is None:
            return ""
        text = f"{change * self.scale:+{self.form}}"
        return "=" if not text.strip("+-0.,") else text.replace("-", MINUS)


def measures(result: StudyResult) -> tuple[Measure, ...]:
    """Service level of each channel in percent, hours required and paid, cost, and spread of nights and weekends."""
    channels = [channel.channel for channel in result.rows[0].channels]
    return (
        *(Measure(f"{name} %", f"service_level_{name}", _service(name), ".1f", 100) for name in channels),
        Measure("required h", "required_hours", lambda row: row.required_hours, ",.1f"),
        Measure("paid h", "paid_hours", lambda row: row.paid_hours, ",.1f"),
        Measure("cost", "cost_cents", lambda row: row.cost_cents, ",.2f", 0.01),
        Measure("nights ±", "nights_spread", lambda row: row.fairness.nights if row.fairness else None, ".0f"),
        Measure("weekends ±", "weekends_spread", lambda row: row.fairness.weekends if row.fairness else None, ".0f"),
    )


def known_measures(result: StudyResult) -> tuple[Measure, ...]:
    """Those measures that any variant has: a study of staffing alone has neither cost nor fairness."""
    return tuple(measure for measure in measures(result) if any(measure.value(row) is not None for row in result.rows))


def service_level(row: VariantRow, channel: str) -> Estimate:
    """The service level of a channel in a variant."""
    return next(found.service_level for found in row.channels if found.channel == channel)


def status_text(row: VariantRow) -> str:
    """The roster's status, with the number of forbidden breaches where there are any."""
    return f"{row.status}, {row.forbidden_breaches} forbidden" if row.forbidden_breaches else row.status


def _service(channel: str) -> Callable[[VariantRow], float | None]:
    return lambda row: service_level(row, channel).mean
