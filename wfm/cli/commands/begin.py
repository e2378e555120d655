"""`wfm init` and `wfm import`: from outside files to a scenario or to wfm's own history."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from wfm.cli.talk import out, out_json, save, say
from wfm.domain import Fault, InputError, Workforce
from wfm.importers import Imported, read_history, read_staff, write_history
from wfm.study.begin import anonymous, begin_from_history, begin_from_template, missing_skills, refuse_to_overwrite
from wfm.study.folder import SCENARIO_FILE


def init_from_template(name: Path, template: str, *, dry_run: bool) -> None:
    """Copy a shipped scenario; the files written go to stdout."""
    refuse_to_overwrite(name)
    _begin(name, lambda target: begin_from_template(target, template), dry_run=dry_run)


def init_from_history(
    name: Path,
    history: Path,
    staff: Path | None,
    agents: int,
    timezone: str | None,
    columns: Sequence[str],
    *,
    dry_run: bool,
) -> None:
    """Make a scenario of an export; tells on stderr what was inferred and assumed, on stdout which files were written."""
    refuse_to_overwrite(name)
    imported = read_history(history, zone=timezone, columns=columns_of(columns))
    workforce = anonymous(agents, imported) if staff is None else _staff(staff)
    _tell(imported)
    for channel in missing_skills(imported, workforce.agents):
        say(f"Nobody in the staff sheet has the skill of channel {channel}; give it to somebody in agents.csv.")
    _begin(name, lambda target: begin_from_history(target, imported, workforce, imported.zone), dry_run=dry_run)


def _begin(name: Path, begin: Callable[[Path], list[Path]], *, dry_run: bool) -> None:
    """Write a folder and list its files; a dry run writes it where it does not stay, so that every fault is found."""
    if dry_run:
        with tempfile.TemporaryDirectory() as folder:
            begin(Path(folder) / name.name)
        say("Dry run: nothing was written.")
        return
    for file in begin(name):
        out(str(file))
    say(f"Look into {name / SCENARIO_FILE}, then: wfm plan {name}")


def _staff(file: Path) -> Workforce:
    workforce, findings = read_staff(file)
    for finding in findings:
        say(finding)
    return workforce


def import_history(
    file: Path,
    target: Path | None,
    timezone: str | None,
    file_timezone: str | None,
    step: int | None,
    columns: Sequence[str],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read an export; write its history in wfm's long form, or as JSON with all that was learned."""
    imported = read_history(
        file, zone=timezone, file_zone=file_timezone, step_minutes=step, columns=columns_of(columns)
    )
    _tell(imported)
    if as_json:
        out_json(imported)
    elif not dry_run:
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "history.csv"
            write_history(imported.histories, draft)
            out(draft.read_text(encoding="utf-8")) if target is None else save(target, draft.read_bytes())


def columns_of(pairs: Sequence[str]) -> dict[str, str] | None:
    """Roles and headers of texts such as ``start=Begin``; None where there are none."""
    faults = [Fault("a column such as start=Begin", pair, file="--columns") for pair in pairs if "=" not in pair]
    if faults:
        raise InputError(faults)
    return dict(pair.split("=", 1) for text in pairs for pair in text.split(",")) or None


def _tell(imported: Imported) -> None:
    for title, lines in (
        ("Inferred", imported.inferred),
        ("Assumed", imported.assumed),
        ("Look at this", imported.findings),
    ):
        for line in lines:
            say(f"{title}: {line}")
