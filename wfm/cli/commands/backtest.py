"""`wfm backtest`: how good forecasts of the past would have been, beside what planners do."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wfm.cli.commands.begin import columns_of
from wfm.cli.talk import out, out_json, say
from wfm.domain import Channel, ContactHistory, Fault, InputError
from wfm.domain.quantity import parse_minutes
from wfm.forecast import Calendar, Event, EventEffect, Weigh, backtest_rows, total, without_damage
from wfm.importers import name_of, read_history
from wfm.study import effects_of, read_scenario, weigh_of

COUNT_ROLE = "offered"


def backtest(
    source: Path,
    columns: Sequence[str],
    timezone: str | None,
    file_timezone: str | None,
    step: str,
    horizon: str,
    origins: int,
    country: str | None,
    method: str,
    *,
    as_json: bool,
) -> None:
    """Rolling-origin accuracy of a method (or ``all``) and of the default, for one file or for every channel of a scenario."""
    days = _minutes(horizon, "--horizon") // (24 * 60)
    if source.is_dir() or source.suffix in {".yaml", ".yml"}:
        queues = _of_scenario(source)
    else:
        minutes, calendar = _minutes(step, "--step"), Calendar(country=country)
        queues = _of_file(source, columns, timezone, file_timezone, minutes, calendar)
    rows = [
        {"channel": queue.channel.name, **row.model_dump()}
        for queue in queues
        for row in backtest_rows(
            queue.history,
            queue.channel,
            queue.calendar,
            (method,),
            origins,
            days,
            time.perf_counter,
            weigh=queue.weigh,
            events=queue.events,
            effects=queue.effects,
        )
    ]
    if as_json:
        out_json(rows)
    else:
        out(_table(rows))


def _minutes(text: str, option: str) -> int:
    """Minutes of a duration such as 30m, 8w or 56d."""
    weeks = text.strip().removesuffix("w")
    if weeks != text.strip() and weeks.isdigit():
        return int(weeks) * 7 * 24 * 60
    try:
        return int(str(parse_minutes(text)))
    except ValueError:
        raise InputError([Fault("a duration such as 30m, 56d or 8w", repr(text), file=option)]) from None


class Queue(NamedTuple):
    """What is tested: a channel with its past, and what a scenario knows of it."""

    channel: Channel
    history: ContactHistory
    calendar: Calendar
    weigh: Weigh = without_damage()
    events: tuple[Event, ...] = ()
    effects: tuple[EventEffect, ...] = ()


def _of_scenario(folder: Path) -> Iterator[Queue]:
    scenario = read_scenario(folder)
    for history in scenario.histories:
        borrows = history.channel in {row.channel for row in scenario.borrowed}
        if borrows and all(count is None for count in history.offered):
            say(f"{history.channel} has no past to test forecasts on.")
            continue
        channel, measured = scenario.channel(history.channel), effects_of(scenario, history)
        yield Queue(channel, history, scenario.calendar, weigh_of(scenario), scenario.events, measured)


def _of_file(
    file: Path,
    columns: Sequence[str],
    timezone: str | None,
    file_timezone: str | None,
    step: int,
    calendar: Calendar,
) -> Iterator[Queue]:
    """One queue of a file: the counts of the columns named under ``offered=A+B`` together, else of all its channels."""
    roles = {_ROLES.get(role, role): header for role, header in (columns_of(columns) or {}).items()}
    parts = roles.get(COUNT_ROLE, "").split("+") if COUNT_ROLE in roles else []
    if len(parts) == 1:
        parts = []
    else:
        roles.pop(COUNT_ROLE, None)
    imported = read_history(file, zone=timezone, file_zone=file_timezone, step_minutes=step, columns=roles or None)
    chosen = [
        (channel, history)
        for channel, history in zip(imported.channels, imported.histories, strict=True)
        if not parts or channel.name in {name_of(part) for part in parts}
    ]
    channel = chosen[0][0]
    yield Queue(channel, total([history for _, history in chosen], channel.name), calendar)


_ROLES = {"time": "start"}


def _table(rows: Sequence[dict[str, Any]]) -> str:
    head = (
        "channel",
        "method",
        "horizon",
        "wape_interval",
        "wape_day",
        "bias",
        "ratio_to_default",
        "wql",
        "coverage90",
    )
    lines = ["  ".join(f"{name:>16}" for name in head)]
    lines += ["  ".join(f"{_cell(row[name]):>16}" for name in head) for row in rows]
    return "\n".join(lines)


def _cell(value: str | float | None) -> str:
    return "-" if value is None else value if isinstance(value, str) else f"{value:.4f}"
