"""`wfm forecast`: what is expected, and how a day or an interval of it comes about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wfm.cli.talk import out_nouns
from wfm.domain import Fault, Forecast, InputError
from wfm.study import explained, forecast_all, read_scenario

DATE_LENGTH = len("2026-12-24")


def forecast(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print the forecast: contacts and handle time a day and channel, or all intervals as JSON."""
    forecasts = forecast_all(read_scenario(folder, overrides))
    out_nouns(forecasts, as_json, lambda: _forecast_table(forecasts))


def _forecast_table(forecasts: tuple[Forecast, ...]) -> str:
    lines = [f"{'date':10}  " + "  ".join(f"{row.channel:>12} {'AHT s':>6}" for row in forecasts)]
    for day, steps in forecasts[0].grid.day_slices():
        cells = []
        for row in forecasts:
            volume, handle = row.means()[steps], row.handle_times()[steps]
            aht = float((volume * handle).sum() / volume.sum()) if volume.sum() else 0.0
            cells.append(f"{volume.sum():12.1f} {aht:6.0f}")
        lines.append(f"{day}  " + "  ".join(cells))
    return "\n".join(lines)


def explain(folder: Path, overrides: Sequence[str], when: str, channel: str | None, *, as_json: bool) -> None:
    """Print how the forecast of a local date, or of a time of it, comes about, for one channel or for each."""
    try:
        wall = datetime.fromisoformat(when.strip())
    except ValueError:
        raise InputError([Fault('a date such as 2026-12-24, or "2026-12-24 10:00"', when, file="--explain")]) from None
    minute = 60 * wall.hour + wall.minute if len(when.strip()) > DATE_LENGTH else None
    found = explained(read_scenario(folder, overrides), channel, wall.date(), minute)
    out_nouns(found, as_json, lambda: "\n\n".join("\n".join(row.lines()) for row in found))
