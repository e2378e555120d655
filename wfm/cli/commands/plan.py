"""`wfm plan` and `wfm report`: the whole corridor, saved in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from wfm.cli.commands.rooms import exit_of
from wfm.cli.exits import Exit
from wfm.cli.run import close_run, files_of
from wfm.cli.solving import searched
from wfm.cli.talk import Log, out, out_json
from wfm.domain import Fault, InputError, NotFound
from wfm.report import VIEWS, services, view_of, write
from wfm.study import Plan, certified_plan, read_scenario
from wfm.study import plan as make_plan

ALL_VIEWS = [view.kind for view in VIEWS]


def plan(
    folder: Path,
    overrides: Sequence[str],
    runs: Path,
    command: Sequence[str],
    *,
    certify: bool = False,
    fail_on_missed: bool,
    as_json: bool,
) -> int:
    """Plan a scenario, save every view under ``runs/<id>/``, print the summary and where the report lies."""
    log = Log()
    scenario = read_scenario(folder, overrides)
    make = partial(certified_plan, on_round=log.say) if certify else make_plan
    made, interrupted = searched(lambda show, stop: make(scenario, on_progress=show, should_stop=stop), log)
    place = runs / f"{scenario.name}-{made.digest()[:8]}"
    files = write(made, place, ALL_VIEWS)
    missed = _missed(made)
    for line in missed:
        log.say(line)
    failed = fail_on_missed and (missed or (made.certified and not made.certified.certified))
    code = exit_of(made.solution, interrupted=interrupted) or (Exit.FINDINGS if failed else Exit.OK)
    log.say(f"{log.seconds:.0f} s; {len(files)} files, manifest and log in {place}")
    facts = {
        "scenario": scenario.name,
        "scenario_digest": made.scenario_digest,
        "seed": scenario.limits.seed,
        "overrides": list(overrides),
        "status": made.solution.status,
        "interrupted": interrupted,
        "exit": int(code),
    }
    close_run(place, log, command, files_of(folder, overrides), files, **facts)
    if as_json:
        out_json({"run": place.name, "folder": str(place), "plan": made})
    else:
        out(next(iter(view_of("summary").render(made).values())).decode())
        out(f"report: {place / 'report.html'}")
    return code


def _missed(made: Plan) -> list[str]:
    """Each promise that the roster does not keep, in words."""
    promises = [promise for row in services(made) for promise in row.promises() if promise.verdict == "missed"]
    return [f"{promise.channel}: {promise.words} is missed with {promise.text}" for promise in promises]


def report(saved: Path, kinds: Sequence[str], target: Path | None) -> None:
    """Write views of a saved plan again."""
    file = saved / "plan.json" if saved.is_dir() else saved
    if not file.is_file():
        raise NotFound(f"There is no plan {file}. `wfm plan` makes one.")
    for written in write(_read(file), target or file.parent, list(kinds) or ALL_VIEWS):
        out(str(written))


def _read(file: Path) -> Plan:
    try:
        return Plan.model_validate_json(file.read_bytes())
    except ValidationError as error:
        row = error.errors()[0]
        came = f"{row['msg']} at {'.'.join(map(str, row['loc'])) or 'its start'}"
        raise InputError([Fault("a plan as `wfm plan` saves it", came, "Plan again.", str(file))]) from None
