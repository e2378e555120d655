"""`wfm explain` and `wfm schema`: what a kind means, how a number came about, how a file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wfm.cli.talk import out, out_json, save
from wfm.domain import Fault, InputError, NotFound, Noun
from wfm.domain.quantity import duration_text
from wfm.domain.time import instant
from wfm.report.catalogue import Kind, catalogue
from wfm.report.working_xlsx import working_xlsx
from wfm.staffing import explain as working
from wfm.study import Scenario, ScenarioSheet, StudySheet, forecast_all, read_scenario, require_all
from wfm.study.levels import background
from wfm.study.second_opinion import second_opinions

MINUTES = "_minutes"
_WRITTEN = {"legal pack": "pack"}
"""What a scenario writes for any kind of a family, as in ``{kind: pack, name: es-et}``."""


def explain_kind(topic: str) -> None:
    """A kind of any family by its word, or a rule by the id that reports use."""
    out("\n\n".join(_text(kind) for kind in _found(topic)))


def _found(topic: str) -> list[Kind]:
    kinds = catalogue()
    word = topic.partition(":")[0].lower()
    found = [kind for kind in kinds if word in {kind.kind.lower(), _WRITTEN.get(kind.family)}]
    if not found:
        known = {kind.kind.lower(): kind.kind for kind in kinds}
        likely = [known[close] for close in get_close_matches(word, known, n=3)]
        hint = (
            f"Did you mean {' or '.join(likely)}?"
            if likely
            else f"There are {', '.join(dict.fromkeys(k.kind for k in kinds))}."
        )
        raise NotFound(f"There is no rule or other kind {topic!r}. {hint}")
    return found


def _text(kind: Kind) -> str:
    source = [f"Source: {kind.source}"] if kind.source else []
    parameters = list(_parameters(kind.parameters or {}))
    return "\n".join(
        [f"{kind.kind} ({kind.family})", "", kind.documentation, *source, *([""] if parameters else []), *parameters]
    )


def _parameters(schema: Mapping[str, Any]) -> Iterator[str]:
    """A line for each parameter as a scenario writes it: ``rest`` with its unit rather than ``rest_minutes``."""
    rows = schema.get("properties", {})
    for name, row in rows.items():
        short = name.removesuffix(MINUTES)
        if name == "kind" or f"{name}{MINUTES}" in rows:
            continue
        told = rows.get(short, row)
        default = row.get("default")
        if name in schema.get("required", ()):
            state = "required"
        elif default is None:
            state = "may be left out"
        else:
            state = f"default {duration_text(60 * default) if name.endswith(MINUTES) else default}"
        yield f"  {short}: {told.get('description') or _kind_of_value(told)}; {state}"


def _kind_of_value(row: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in row:
        return " or ".join(map(str, row["enum"]))
    options = [_WORDS[part["type"]] for part in row.get("anyOf", [row]) if part.get("type") in _WORDS]
    return " or ".join(options) or "see wfm schema"


_WORDS = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
}


def explain_requirement(
    folder: Path, overrides: Sequence[str], channel: str, at: str, xlsx: Path | None = None
) -> None:
    """The working behind the agents of one channel at one time, and what other models and a simulation say; as live formulas too."""
    scenario = read_scenario(folder, overrides)
    one = scenario.channel(channel)
    step, forecasts = _step(scenario, at), forecast_all(scenario)
    requirement = next(row for row in require_all(scenario, forecasts) if row.channel == channel)
    forecast = next(row for row in forecasts if row.channel == channel)
    if xlsx is not None:
        save(xlsx, working_xlsx(requirement, one, step))
    head, *lines = working(requirement, one, step)
    others = second_opinions(forecast, requirement, one, step, scenario.limits.seed)
    out("\n".join([head, *background(scenario, forecasts, requirement, step), *lines, *others]))


def _step(scenario: Scenario, at: str) -> int:
    grid = scenario.horizon
    try:
        wall = datetime.fromisoformat(at)
    except ValueError:
        raise InputError([Fault('a local time such as "2026-12-01 10:00"', at, file="--at")]) from None
    moment = wall if wall.tzinfo else instant(wall.date(), 60 * wall.hour + wall.minute, grid.zone)
    if moment not in grid:
        days = f"{grid.dates[0]} to {grid.dates[-1]}"
        raise InputError([Fault(f"a time in the horizon {days}", at, file="--at")])
    return grid.index(moment)


def schema(kind: str) -> None:
    """The JSON Schema of scenario.yaml or of a study's file."""
    sheets: dict[str, type[Noun]] = {"scenario": ScenarioSheet, "study": StudySheet}
    out_json(sheets[kind].model_json_schema(by_alias=True))
