"""`wfm init` and `wfm import`: from outside files to a scenario or to wfm's own history."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from wfm.cli.talk import out, out_json, save, say
from wfm.domain import Fault, InputError, Workforce
from wfm.importers import Imported, read_history, read_staff, write_history
from wfm.study.begin import anonymous, begin_from_history, begin_from_template, missing_skills, refuse_to_overwrite


def init(
    name: Path,
    template: str | None,
    history: Path | None,
    staff: Path | None,
    agents: int | None,
    timezone: str | None,
    columns: Sequence[str],
    *,
    dry_run: bool,
) -> None:
    """Make a scenario folder; tells on stderr what was inferred and assumed, on stdout which files were written."""
    if (template is None) == (history is None):
        came = "neither" if template is None else "both"
        raise InputError([Fault("--template NAME or --history FILE", came, "`wfm init --help` shows both.")])
    refuse_to_overwrite(name)
    if history is None:
        _made([] if dry_run else begin_from_template(name, str(template)))
        return
    imported = read_history(history, zone=timezone, columns=columns_of(columns))
    workforce = _workforce(imported, staff, agents)
    _tell(imported)
    for channel in missing_skills(imported, workforce.agents):
        say(f"Nobody in the staff sheet has the skill of channel {channel}; give it to somebody in agents.csv.")
    _made([] if dry_run else begin_from_history(name, imported, workforce, imported.zone))


def _workforce(imported: Imported, staff: Path | None, agents: int | None) -> Workforce:
    if (staff is None) == (agents is None):
        came = "neither" if staff is None else "both"
        raise InputError([Fault("--staff FILE or --agents N beside --history", came)])
    if staff is None:
        return anonymous(agents or 0, imported)
    workforce, findings = read_staff(staff)
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
    """Roles and headers of texts such as ``time=Start``; None where there are none."""
    faults = [Fault("a column such as time=Start", pair, file="--columns") for pair in pairs if "=" not in pair]
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


def _made(files: list[Path]) -> None:
    for file in files:
        out(str(file))
    if not files:
        say("Dry run: nothing was written.")
