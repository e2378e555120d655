"""`wfm intraday`: the rest of the day forecast anew from what has arrived, channel by channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wfm.cli.actuals import read_counts
from wfm.cli.talk import out_nouns, say
from wfm.domain import Fault, InputError
from wfm.domain.time import instant
from wfm.study import intraday as rest_of_today
from wfm.study import read_scenario


def intraday(folder: Path, overrides: Sequence[str], actuals: Path | None, when: str | None, *, as_json: bool) -> None:
    """Print what is left of a day for each channel, before and after the update, in sentences or as data."""
    scenario = read_scenario(folder, overrides)
    at = None if when is None else _moment(when, scenario.horizon.zone)
    names = [row.channel for row in scenario.histories]
    came = scenario.histories if actuals is None else read_counts(actuals, scenario.horizon, names)
    rows, left_out = rest_of_today(scenario, came, at)
    for words in left_out:
        say(words)
    out_nouns(rows, as_json, lambda: "\n".join(row.words() for row in rows))


def _moment(text: str, zone: str) -> datetime:
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError([Fault('a local time such as "2026-12-01 12:00"', text, file="--at")]) from None
    if wall.tzinfo is None and len(text.strip()) <= len("2026-12-01"):
        raise InputError([Fault('a time with its hour, such as "2026-12-01 12:00"', text, file="--at")])
    return wall if wall.tzinfo else instant(wall.date(), 60 * wall.hour + wall.minute, zone)
