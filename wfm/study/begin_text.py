"""The commented scenario file that is written around an import."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from wfm.domain import Channel, Opening, Workforce
from wfm.domain.quantity import DAY_MINUTES, clock_text, count_text, duration_text
from wfm.importers import Imported
from wfm.study.yaml_text import parse_yaml

FULL_SHIFT = 510
"""Eight paid hours and an unpaid half hour."""
ROUND_THE_CLOCK = 20 * 60
"""From this many open minutes a day on, the centre gets early, late and night shifts."""
_BREAKS = "breaks: [{length: 30m, window: 3h-5h}]"


def scenario_text(name: str, imported: Imported, workforce: Workforce, zone: str) -> str:
    """The text of ``scenario.yaml``: what the history taught, what was assumed, and the usual rules."""
    return "\n".join(
        [
            "# Written by `wfm init`. Read what was inferred and assumed, change what you know better, then run `wfm plan`.",
            *_comments("Inferred from the history", imported.inferred),
            *_comments("Assumed, because no file tells", (*imported.assumed, *_assumptions(workforce))),
            "apiVersion: wfm/v1",
            f"name: {_scalar(name)}",
            f"timezone: {zone}",
            "# country: ES-MD                 # public holidays of a country, or country-region",
            f"horizon: {{start: {_start(imported).isoformat()}, weeks: 4, step: {_step(imported)}m}}",
            "",
            "history: history.csv",
            "channels:",
            *(line for channel in imported.channels for line in _channel(channel, imported)),
            "shrinkage: 10%                   # sickness, lateness, unplanned meetings; breaks are in the roster itself",
            "",
            "agents: agents.csv               # id, name, contract, skills, roles, availability",
            "contracts:",
            *(_contract(workforce)),
            *(_roles(workforce)),
            "",
            "shifts:",
            *_shifts([channel.opening for channel in imported.channels]),
            "",
            "# A rule without a price is forbidden to break. A price is in contacts served in time; lower tiers are settled first.",
            "rules:",
            *(f"  - {{{rule}}}" for rule in _rules(workforce)),
            "",
            "simulate: {replications: 20}",
            "solve: {seconds: 60, workers: 2, seed: 1}",
            "",
        ]
    )


def _comments(title: str, lines: Iterable[str]) -> Iterator[str]:
    rows = [_one_line(line) for line in lines]
    if rows:
        yield f"# {title}:"
        yield from (f"#   - {row}" for row in rows)


def _one_line(text: str) -> str:
    """A text without line ends and control characters: words of an export must not leave their comment."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _assumptions(workforce: Workforce) -> Iterator[str]:
    yield "Shrinkage 10 %; targets 80% in 20s (live) and 90% in 8h (deferred); full shifts of 8h30m with half an hour's break."
    if not workforce.roles:
        yield f"{count_text(len(workforce.agents), 'agent')} without roles, serving what agents.csv says; no leave and no wishes."


def _scalar(text: str) -> str:
    """A text as it is written on one line: quoted where it would be read as anything else."""
    return text if text.replace("-", "").isalnum() and parse_yaml(text, "").data == text else json.dumps(text)


def _start(imported: Imported) -> date:
    """The Monday after the last recorded day."""
    last = max(history.grid.dates[-1] for history in imported.histories)
    return last + timedelta(days=7 - last.weekday())


def _step(imported: Imported) -> int:
    return max(30, *(history.grid.step_minutes for history in imported.histories))


def _channel(channel: Channel, imported: Imported) -> Iterator[str]:
    yield f"  {channel.name}:"
    yield f"    kind: {channel.kind}"
    if channel.concurrency > 1:
        yield f"    concurrency: {channel.concurrency}"
    yield f"    open: {_scalar(str(channel.opening))}"
    if channel.patience_seconds is not None:
        yield f"    patience: {duration_text(max(1, round(channel.patience_seconds)))}"
    elif channel.kind != "deferred":
        yield f"    patience: {_TYPICAL_PATIENCE}                 # assumed: the history tells none"
    history = next(row for row in imported.histories if row.channel == channel.name)
    if not any(history.aht_seconds):
        yield f"    aht: {_TYPICAL_AHT[channel.kind]}                      # assumed: the history tells none"
    target = "resolve: 90% in 8h of business" if channel.kind == "deferred" else "answer: 80% in 20s"
    yield f"    target: {{{target}}}"


_TYPICAL_AHT = {"voice": "5m", "chat": "8m", "deferred": "7m"}
_TYPICAL_PATIENCE = "5m"
"""With nobody who ever gives up, a queue that is short of agents for a while never empties, and every prediction is hopeless."""


def _contract(workforce: Workforce) -> Iterator[str]:
    for row in workforce.contracts:
        shifts = f", shifts_week: {row.shifts_week}" if row.shifts_week else ""
        hours, minutes = divmod(row.week_minutes, 60)
        week = f"{hours}h{minutes}m" if minutes else f"{hours}h"
        yield f"  {row.name}: {{week: {week}{shifts}, cost_hour: {row.cost_hour_cents / 100:g}}}"


def _roles(workforce: Workforce) -> Iterator[str]:
    if workforce.roles:
        yield "roles:"
        yield from (f"  {role.name}: {{title: {_scalar(role.title or role.name)}}}" for role in workforce.roles)


def _shifts(openings: list[Opening]) -> Iterator[str]:
    """Full shifts over the hours in which any channel is open, and a short one for part-time contracts."""
    days = [windows for opening in openings for windows in opening.week if windows]
    first = min((windows[0].start for windows in days), default=0)
    last = max((windows[-1].end for windows in days), default=DAY_MINUTES)
    if last - first >= ROUND_THE_CLOCK:
        yield f"  early: {{start: 06:00-09:00 every 30m, length: 8h30m, {_BREAKS}}}"
        yield f"  late: {{start: 12:00-15:30 every 30m, length: 8h30m, {_BREAKS}}}"
        yield f'  night: {{start: "22:00", length: 8h30m, {_BREAKS}}}'
        yield "  short: {start: 08:00-18:00 every 60m, length: 5h}"
        return
    yield f"  full: {{start: {_every(first, max(first, last - FULL_SHIFT), 30)}, length: 8h30m, {_BREAKS}}}"
    yield f"  short: {{start: {_every(first, max(first, last - 300), 60)}, length: 5h}}"


def _every(first: int, last: int, every: int) -> str:
    """Starts from ``first``, rounded down to half an hour, in steps of ``every`` minutes until none is before ``last``."""
    first = first // 30 * 30
    if last <= first:
        return f'"{clock_text(first)}"'
    last = first - (first - last) // every * every
    return f"{clock_text(first)}-{clock_text(last)} every {every}m"


def _rules(workforce: Workforce) -> Iterator[str]:
    yield from ("kind: availability", "kind: time_off", "kind: week_minutes, price: 0.01", "kind: shifts_week")
    yield from ("kind: min_rest, rest: 12h", "kind: max_consecutive_days, days: 6", "kind: weekly_days_off, days: 2")
    yield from (f"kind: role_cover, role: {_scalar(role.name)}, at_least: 1, price: 0.05" for role in workforce.roles)
    yield from ("kind: coverage, tier: 1", "kind: spread, of: nights, allowed: 1, tier: 2, price: 1")
    yield "kind: spread, of: weekends, allowed: 1, tier: 2, price: 1"
