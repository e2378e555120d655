"""Begins a scenario: copies a shipped one, or writes a commented folder around what an export taught."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from wfm.domain import Agent, Contract, NotFound, Refused, Workforce
from wfm.importers import Imported, write_agents, write_history
from wfm.study.begin_text import scenario_text
from wfm.study.folder import SCENARIO_FILE, read_scenario

FULL_TIME = Contract(name="full", week_minutes=40 * 60, shifts_week=5)
"""The contract that agents get where no staff sheet tells theirs."""


def templates() -> dict[str, Path]:
    """The shipped scenarios by name: inside an installed package, or beside the source tree."""
    package = Path(str(files("wfm")))
    shipped = package / "scenarios" if (package / "scenarios").is_dir() else package.parent / "scenarios"
    return {file.parent.name: file.parent for file in sorted(shipped.glob(f"*/{SCENARIO_FILE}"))}


def begin_from_template(target: Path, template: str) -> list[Path]:
    """Copy a shipped scenario into a new folder; raises NotFound for an unknown template, Refused where the folder has files."""
    known = templates()
    if template not in known:
        raise NotFound(f"There is no template {template}; there are {', '.join(known)}.")
    refuse_to_overwrite(target)
    with tempfile.TemporaryDirectory(dir=_parent(target)) as draft:
        copy = Path(shutil.copytree(known[template], Path(draft) / target.name))
        return _put(copy, target)


def begin_from_history(target: Path, imported: Imported, workforce: Workforce, zone: str) -> list[Path]:
    """Write a folder that plans the four weeks after a history, with comments that say what was inferred and what was assumed.

    The folder is read back as a scenario before it appears: what is written can be planned.
    """
    refuse_to_overwrite(target)
    with tempfile.TemporaryDirectory(dir=_parent(target)) as parent:
        draft = Path(parent) / target.name
        draft.mkdir()
        write_history(imported.histories, draft / "history.csv")
        write_agents(workforce.agents, draft / "agents.csv")
        text = scenario_text(target.name, imported, workforce, zone)
        (draft / SCENARIO_FILE).write_text(text, encoding="utf-8")
        read_scenario(draft)
        return _put(draft, target)


def anonymous(count: int, imported: Imported) -> Workforce:
    """``count`` full-time agents A01, A02 ... who serve every channel: a stand-in until a staff sheet is there."""
    if count < 1:
        raise Refused(f"A centre needs at least one agent; {count} were asked for.")
    skills = tuple(channel.skill for channel in imported.channels)
    width = max(2, len(str(count)))
    agents = tuple(Agent(id=f"A{k:0{width}d}", contract=FULL_TIME.name, skills=skills) for k in range(1, count + 1))
    return Workforce(contracts=(FULL_TIME,), agents=agents)


def refuse_to_overwrite(target: Path) -> None:
    """Raises Refused where the target exists and is not an empty folder."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} exists already. Choose another name, or remove it first.")


def _parent(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.parent


def _put(draft: Path, target: Path) -> list[Path]:
    """Move a finished folder into place in one step."""
    if target.is_dir():
        target.rmdir()
    draft.rename(target)
    return sorted(target.iterdir())


def missing_skills(imported: Imported, agents: Sequence[Agent]) -> list[str]:
    """Channels that no agent can serve."""
    held = {skill for agent in agents for skill in agent.skills}
    return [channel.name for channel in imported.channels if channel.skill not in held]
