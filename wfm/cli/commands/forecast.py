"""`wfm forecast`: what is expected, how a day or an interval of it comes about, and how good frozen forecasts were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from wfm.cli.actuals import read_counts
from wfm.cli.talk import out, out_json, out_nouns, save, say
from wfm.domain import ContactHistory, Fault, Forecast, InputError, NotFound, Refused
from wfm.domain.quantity import count_text
from wfm.domain.time import local
from wfm.forecast import LeadAccuracy, Snapshot, accuracy_by_lead
from wfm.study import ForecastStory, effects_of, ends, explained, forecast_course, frozen, read_scenario, stories, worth
from wfm.study.wording import halves

VERDICTS = ("confirm", "overrule")
DATE_LENGTH = len("2026-12-24")


def forecast(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print the forecast: contacts and handle time a day and channel, or all intervals as JSON; say how, and what changes were worth."""
    scenario = read_scenario(folder, overrides)
    courses = [forecast_course(scenario, history) for history in scenario.histories]
    forecasts = ends(scenario, courses)
    out_nouns(forecasts, as_json, lambda: _forecast_table(forecasts))
    for made in forecasts:
        for note in made.notes:
            say(f"{made.channel}: {note}")
    for row in worth(courses, scenario.histories):
        say(row.words())


def findings(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print what looks odd in each channel's history, and how to confirm or overrule it."""
    scenario = read_scenario(folder, overrides)
    rows = stories(scenario)
    if as_json:
        out_json([row.model_dump(mode="json", include={"channel", "findings", "unmet"}) for row in rows])
        return
    out("\n".join(line for row in rows for line in _finding_lines(row, scenario.horizon.zone)))
    if any(not found.ruled for row in rows for found in row.findings):
        say(
            f"To {' or '.join(VERDICTS)} one, give it a line under `findings:` in scenario.yaml with your name and reason."
        )


def _finding_lines(row: ForecastStory, zone: str) -> Iterator[str]:
    yield f"{row.channel}: {count_text(len(row.findings), 'finding') if row.findings else 'no findings'} in the history"
    for found in row.findings:
        first, last = (local(moment, zone) for moment in (found.span.start, found.span.end - timedelta(minutes=1)))
        until = "" if last.date() == first.date() else f", until: {last.date()}"
        yield f"  {found.words}"
        if not found.ruled:
            where = f"channel: {row.channel}, kind: {found.kind}, on: {first.date()}{until}"
            yield f"    - {{{where}, verdict: overruled, author: , reason: }}"
    for ruling in row.unmet:
        yield f"  {ruling.unmet_words(zone)}"


def events(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print what each past event did to each channel, against the forecast of its eve without it."""
    scenario = read_scenario(folder, overrides)
    rows = tuple(effect for history in scenario.histories for effect in effects_of(scenario, history))
    nothing = "No event of the scenario lies in its history, with two weeks or more before it."
    out_nouns(rows, as_json, lambda: "\n".join(row.words() for row in rows) or nothing)


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
    made = frozen(scenario)
    save(target, made.model_dump_json().encode())
    say(f"{target.name}: {count_text(len(made.forecasts), 'forecast')}, seal {made.seal[:12]}")


def score(
    folder: Path | None, overrides: Sequence[str], files: Sequence[Path], actuals: Path | None, *, as_json: bool
) -> None:
    """Print how good frozen forecasts were, by days ahead, and what each change of them was worth, against what came."""
    frozen = [_frozen(file) for file in files]
    made = [row for one in frozen for row in one.forecasts]
    histories = _came(folder, overrides, made, actuals)
    rows = accuracy_by_lead(made, histories)
    if not rows:
        known = ", ".join(sorted({row.channel for row in histories})) or "no channel"
        expected = (
            f"recorded intervals of {', '.join(sorted({row.channel for row in made}))} in the days that were forecast"
        )
        raise InputError([Fault(expected, f"none in a history of {known}", "Score again when it has reached them.")])
    changes = [row for one in frozen for row in one.worth(histories)]
    if as_json:
        out_json({"accuracy_by_lead": rows, "value_added": changes})
    else:
        out("\n".join([_score_table(rows), *(row.words() for row in changes)]))


def _came(
    folder: Path | None, overrides: Sequence[str], made: Sequence[Forecast], actuals: Path | None
) -> tuple[ContactHistory, ...]:
    """What came: from a file on the forecasts' grid, else the scenario's history."""
    if actuals is not None:
        return read_counts(actuals, made[0].grid, sorted({row.channel for row in made}))
    return read_scenario(folder, overrides).histories if folder is not None else ()


def _frozen(file: Path) -> Snapshot:
    if not file.is_file():
        raise NotFound(f"There is no file {file.name}. `wfm forecast SCENARIO --save FILE` makes one.")
    try:
        return Snapshot.model_validate_json(file.read_bytes())
    except ValidationError as error:
        fix = "Give a file as `wfm forecast --save` wrote it."
        first = error.errors()[0]
        told = ("a frozen forecast", "something else") if first["type"] == "json_invalid" else halves(first)
        raise InputError([Fault(*told, fix, file.name)]) from None


def _score_table(rows: Sequence[LeadAccuracy]) -> str:
    lines = [f"{'channel':12} {'days ahead':>10} {'days':>6} {'offered':>10} {'interval':>9} {'day':>9} {'bias':>9}"]
    for row in rows:
        shares = " ".join(
            "        -" if x is None else f"{x:9.1%}" for x in (row.wape_interval, row.wape_day, row.bias)
        )
        lines.append(f"{row.channel:12} {row.lead_days:10d} {row.days:6d} {row.offered:10.1f} {shares}")
    return "\n".join(lines)
