"""`wfm study`: what-ifs side by side, saved in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from wfm.cli.exits import Exit
from wfm.cli.run import close_run, files_of
from wfm.cli.talk import Log, out, out_json, save
from wfm.report import study_csv, study_html, study_text
from wfm.study import Study, StudyResult, VariantRow, read_study, run_study
from wfm.study.folder import SCENARIO_FILE


def study(
    file: Path, overrides: Sequence[str], workers: int, runs: Path, command: Sequence[str], *, as_json: bool
) -> int:
    """Run a study, save and print its comparison; Ctrl-C compares the variants that are finished."""
    log = Log()
    asked = read_study(file, tuple(overrides))
    result, interrupted = _compared(asked, max(1, min(workers, os.cpu_count() or 1)), log)
    if not result.rows:
        log.say("No variant was finished.")
        return Exit.INTERRUPTED
    place = runs / f"{asked.name}-{result.digest()[:8]}"
    files = _saved(result, place)
    log.say(f"{log.seconds:.0f} s; comparison, manifest and log in {place}")
    inputs = [file, *files_of(file.parent / SCENARIO_FILE, overrides)]
    facts = {"study": asked.name, "scenario_digest": asked.scenario.digest(), "interrupted": interrupted}
    close_run(place, log, command, inputs, files, **facts, overrides=list(overrides))
    if as_json:
        out_json(result)
    else:
        out(study_text(result))
        out(f"report: {place / 'comparison.html'}")
    return Exit.INTERRUPTED if interrupted else Exit.OK


def _compared(asked: Study, workers: int, log: Log) -> tuple[StudyResult, bool]:
    """The comparison, and whether it was ended before all variants were through."""
    rows: list[VariantRow] = []

    def tell(row: VariantRow) -> None:
        rows.append(row)
        log.say(f"{len(rows)} of {len(asked.variants)}: {row.variant}, {row.status}")

    try:
        return run_study(asked, workers=workers, on_variant=tell), False
    except KeyboardInterrupt:
        log.say(f"Stopped after {len(rows)} of {len(asked.variants)} variants; these are compared.")
        return StudyResult(study=asked.name, scenario=asked.scenario.name, rows=tuple(rows)), True


def _saved(result: StudyResult, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "comparison.txt": f"{study_text(result)}\n".encode(),
        "comparison.html": study_html(result),
        "comparison.csv": study_csv(result),
        "study.json": result.model_dump_json(indent=2).encode(),
    }
    for name, content in files.items():
        save(folder / name, content)
    return [folder / name for name in files]
