"""`wfm explain` and `wfm schema`: what a kind means, how a number came about, how a file is written."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from wfm.cli.talk import out, out_json
from wfm.domain import Fault, InputError, NotFound, Noun
from wfm.domain.time import instant
from wfm.report.catalogue import Kind, catalogue
from wfm.staffing import explain as working
from wfm.study import Scenario, ScenarioSheet, StudySheet, forecast_all, read_scenario, require_all


def explain(topic: str, folder: Path | None, channel: str | None, at: str | None) -> None:
    """A kind by its word, a rule by the id that reports use, or the requirement of one channel at one time."""
    if topic == "requirement":
        _requirement(folder, channel, at)
        return
    out("\n\n".join(_text(kind) for kind in _found(topic)))


def _found(topic: str) -> list[Kind]:
    kinds = catalogue()
    word = topic.partition(":")[0].lower()
    found = [kind for kind in kinds if kind.kind == word]
    if not found:
        likely = get_close_matches(word, [kind.kind for kind in kinds], n=3)
        hint = f"Did you mean {' or '.join(likely)}?" if likely else f"There are {', '.join(k.kind for k in kinds)}."
        raise NotFound(f"There is no rule or other kind {topic!r}. {hint}")
    return found


def _text(kind: Kind) -> str:
    lines = [f"{kind.kind} ({kind.family})", kind.documentation]
    if kind.source:
        lines.append(f"source: {kind.source}")
    for name, row in (kind.parameters or {}).get("properties", {}).items():
        if name != "kind":
            default = f", default {row['default']}" if row.get("default") is not None else ""
            lines.append(f"  {name}: {row.get('description') or row.get('type') or 'see wfm schema'}{default}")
    return "\n".join(lines)


def _requirement(folder: Path | None, channel: str | None, at: str | None) -> None:
    if folder is None or channel is None or at is None:
        raise InputError(
            [Fault("SCENARIO, --channel and --at", "fewer", 'As in --channel phone --at "2026-12-01 10:00".')]
        )
    scenario = read_scenario(folder)
    if channel not in {row.name for row in scenario.channels}:
        raise NotFound(f"There is no channel {channel}; there are {', '.join(row.name for row in scenario.channels)}.")
    requirement = next(row for row in require_all(scenario, forecast_all(scenario)) if row.channel == channel)
    out("\n".join(working(requirement, scenario.channel(channel), _step(scenario, at))))


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
    if kind not in sheets:
        raise NotFound(f"There is no schema {kind}; there are {', '.join(sheets)}.")
    out_json(sheets[kind].model_json_schema(by_alias=True))
