"""`wfm plan`, `wfm study` and `wfm report`: the whole corridor, saved in a folder of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from wfm.cli.commands.rooms import exit_of
from wfm.cli.exits import Exit
from wfm.cli.talk import interruptible, out, out_json, progress, save, say
from wfm.domain import Fault, InputError, NotFound
from wfm.report import VIEWS, services, study_csv, study_html, study_text, view_of, write
from wfm.study import Plan, VariantRow, read_scenario, read_study, run_study
from wfm.study import plan as make_plan


def plan(
    folder: Path,
    overrides: Sequence[str],
    train_until: str | None,
    weeks: int | None,
    runs: Path,
    fail_on: str,
    *,
    as_json: bool,
) -> int:
    """Plan a scenario, save every view under ``runs/<id>/``, print the summary and where the report lies."""
    if fail_on not in {"forbidden", "targets", "none"}:
        raise InputError([Fault("forbidden, targets or none", repr(fail_on), file="--fail-on")])
    scenario = read_scenario(folder, [*overrides, *_horizon(train_until, weeks)])
    begun = time.perf_counter()
    with interruptible() as stop, progress() as show:
        made = make_plan(scenario, on_progress=show, should_stop=stop)
        interrupted = stop()
    place = runs / f"{scenario.name}-{made.digest()[:8]}"
    files = write(made, place, [view.kind for view in VIEWS])
    say(f"{time.perf_counter() - begun:.0f} s; {len(files)} files in {place}")
    if as_json:
        out_json({"run": place.name, "folder": str(place), "plan": made})
    else:
        out(next(iter(view_of("summary").render(made).values())).decode())
        out(f"report: {place / 'report.html'}")
    return _judged(made, fail_on) or exit_of(made.solution, interrupted=interrupted)


def _horizon(train_until: str | None, weeks: int | None) -> list[str]:
    """Overrides of the horizon: it begins on the day after the training ends."""
    changes = [] if weeks is None else [f"horizon.weeks={weeks}", "horizon.days=null"]
    if train_until is not None:
        try:
            last = date.fromisoformat(train_until)
        except ValueError:
            raise InputError([Fault("a date such as 2026-11-29", train_until, file="--train-until")]) from None
        changes += [f"forecast.train_until={last}", f"horizon.start={last + timedelta(days=1)}"]
    return changes


def _judged(made: Plan, fail_on: str) -> Exit:
    promises = [promise for row in services(made) for promise in row.promises()]
    missed = [promise for promise in promises if promise.verdict == "missed"]
    for promise in missed:
        say(f"{promise.channel}: {promise.words} is missed with {promise.text}")
    failed = {"forbidden": bool(made.solution.forbidden_breaches), "targets": bool(missed), "none": False}[fail_on]
    return Exit.FINDINGS if failed else Exit.OK


def study(file: Path, overrides: Sequence[str], workers: int, folder: Path | None, *, as_json: bool) -> None:
    """Run a study; the comparison as a table, and as HTML and CSV where a folder is given."""
    if not file.is_file():
        raise NotFound(f"There is no study file {file}.")

    def tell(row: VariantRow) -> None:
        say(f"{row.variant}: {row.status}")

    asked = read_study(file, tuple(overrides))
    result = run_study(asked, workers=max(1, min(workers, os.cpu_count() or 1)), on_variant=tell)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        save(folder / "comparison.html", study_html(result))
        save(folder / "comparison.csv", study_csv(result))
        say(f"comparison: {folder / 'comparison.html'}")
    if as_json:
        out_json(result)
    else:
        out(study_text(result))


def report(saved: Path, kinds: Sequence[str], target: Path | None) -> None:
    """Write views of a saved plan again."""
    file = saved / "plan.json" if saved.is_dir() else saved
    if not file.is_file():
        raise NotFound(f"There is no plan {file}. `wfm plan` makes one.")
    made = Plan.model_validate_json(file.read_bytes())
    for written in write(made, target or file.parent, list(kinds) or [view.kind for view in VIEWS]):
        out(str(written))
