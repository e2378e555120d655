"""`wfm forecast`: what is expected, how a day or an interval of it comes about, and how good frozen forecasts were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from wfm.cli.talk import out_nouns, save, say
from wfm.domain import Fault, Forecast, InputError, NotFound, Refused
from wfm.forecast import LeadAccuracy, Snapshot, accuracy_by_lead
from wfm.study import explained, forecast_all, forecast_course, read_scenario, worth
from wfm.study.wording import halves

DATE_LENGTH = len("2026-12-24")


def forecast(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print the forecast: contacts and handle time a day and channel, or all intervals as JSON; say what changes were worth."""
    scenario = read_scenario(folder, overrides)
    courses = [forecast_course(scenario, history) for history in scenario.histories]
    forecasts = tuple(stages[-1].forecast for stages in courses)
    out_nouns(forecasts, as_json, lambda: _forecast_table(forecasts))
    for row in worth(courses, scenario.histories):
        say(row.words())


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


def freeze(folder: Path, overrides: Sequence[str], target: Path) -> None:
    """Write the forecasts as they are now to a new file, sealed; never over an older one."""
    if target.exists():
        raise Refused(f"There is a file {target.name} already; a frozen forecast is never overwritten. Name a new one.")
    scenario = read_scenario(folder, overrides)
    made = Snapshot.of(scenario.name, scenario.digest(), forecast_all(scenario))
    save(target, made.model_dump_json().encode())
    say(f"{target.name}: {len(made.forecasts)} forecasts, seal {made.seal[:12]}")


def score(folder: Path, overrides: Sequence[str], files: Sequence[Path], *, as_json: bool) -> None:
    """Print how good frozen forecasts were, by days ahead, against the scenario's history."""
    histories = read_scenario(folder, overrides).histories
    rows = accuracy_by_lead((row for file in files for row in _frozen(file).forecasts), histories)
    if not rows:
        expected = "recorded intervals in the days that were forecast"
        raise InputError([Fault(expected, "none", "Score again when the history has reached them.")])
    out_nouns(rows, as_json, lambda: _score_table(rows))


def _frozen(file: Path) -> Snapshot:
    if not file.is_file():
        raise NotFound(f"There is no file {file.name}. `wfm forecast SCENARIO --save FILE` makes one.")
    try:
        return Snapshot.model_validate_json(file.read_bytes())
    except ValidationError as error:
        fix = "Give a file as `wfm forecast --save` wrote it."
        raise InputError([Fault(*halves(error.errors()[0]), fix, file.name)]) from None


def _score_table(rows: Sequence[LeadAccuracy]) -> str:
    lines = [f"{'channel':12} {'days ahead':>10} {'days':>6} {'offered':>10} {'interval':>9} {'day':>9} {'bias':>9}"]
    for row in rows:
        shares = " ".join(
            "        -" if x is None else f"{x:9.1%}" for x in (row.wape_interval, row.wape_day, row.bias)
        )
        lines.append(f"{row.channel:12} {row.lead_days:10d} {row.days:6d} {row.offered:10.1f} {shares}")
    return "\n".join(lines)
