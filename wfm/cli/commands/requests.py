"""`wfm requests`: requests for time off approved or refused within a quota."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wfm.cli.talk import out_nouns, say
from wfm.domain.quantity import count_text
from wfm.importers import read_requests, write_time_off
from wfm.study import read_scenario
from wfm.study.requests import Decision, decided, granted_rows


def requests(
    folder: Path, overrides: Sequence[str], file: Path, quota: int, target: Path | None, *, as_json: bool
) -> None:
    """Print the decision on each request; ``target`` gets the time off that there would be. Raises InputError with all faults."""
    scenario = read_scenario(folder, overrides)
    asked, begins = read_requests(file, scenario.workforce.by_id), scenario.horizon.dates[0]
    decisions = decided(scenario.workforce, asked, quota, begins)
    if target is not None:
        write_time_off(granted_rows(scenario.workforce, decisions), target)
        say(f"{target}: put it in place of the scenario's time off once you agree")
    out_nouns(decisions, as_json, lambda: "\n".join(map(_line, decisions)) or "no requests")


def _line(row: Decision) -> str:
    asked = row.request
    verdict = "approved" if row.approved else "refused "
    dates = ", ".join(f"{day:%a %Y-%m-%d}" for day in row.instead)
    instead = f"; instead from {dates}" if dates else ""
    return f"{verdict}  {asked.agent} {asked.first} to {asked.last}, {count_text(asked.points, 'point')}: {row.words}{instead}"
