"""Forecast, requirement and what the roster makes of it, interval by interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from wfm.domain import Forecast
from wfm.domain.time import local
from wfm.report.allocation import heads_on_queue
from wfm.report.cells import Cell, csv_bytes
from wfm.report.service import ChannelService, services
from wfm.study import Plan

COLUMNS = (
    "channel",
    "start",
    "forecast",
    "forecast_p05",
    "forecast_p95",
    "aht_seconds",
    "net",
    "gross",
    "rostered",
    "with_skill",
    "predicted_inside",
    "simulated_offered",
    "simulated_inside",
)


class RequirementCsv:
    """``requirement.csv``: one row an interval and channel.

    ``rostered`` heads work on the channel, ``with_skill`` could (an agent of several skills counts for each of its channels);
    ``inside`` is contacts inside target.
    """

    kind: ClassVar[str] = "requirement_csv"
    media_type: ClassVar[str] = "text/csv"

    def render(self, plan: Plan) -> dict[str, bytes]:
        """One file."""
        forecasts = {row.channel: row for row in plan.forecasts}
        rows = (cells for row in services(plan) for cells in _rows(plan, row, forecasts[row.channel.name]))
        return {"requirement.csv": csv_bytes(COLUMNS, rows)}


def band(forecast: Forecast, level: float) -> tuple[float, ...] | None:
    """The quantiles at a level, or None where the forecast has no such band."""
    return forecast.bands[forecast.levels.index(level)] if level in forecast.levels else None


def _rows(plan: Plan, row: ChannelService, forecast: Forecast) -> Iterator[tuple[Cell, ...]]:
    grid, need, seen = plan.scenario.horizon, row.requirement, row.simulated
    skilled = heads_on_queue(plan, row.channel.name)
    low, high = band(forecast, 0.05), band(forecast, 0.95)
    for k in range(grid.count):
        yield (
            row.channel.name,
            local(grid.instant(k), grid.zone).isoformat(timespec="minutes"),
            _number(forecast.mean[k]),
            _number(low[k]) if low else None,
            _number(high[k]) if high else None,
            _number(forecast.aht_seconds[k]),
            need.net[k],
            _number(need.gross[k]),
            _number(float(row.heads[k])),
            _number(float(skilled[k])),
            _number(float(row.inside[k])),
            _number(seen.offered[k]) if seen else None,
            _number(seen.inside[k]) if seen else None,
        )


def _number(value: float) -> str:
    """Six decimals at most: more would be noise."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
