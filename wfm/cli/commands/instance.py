"""`wfm roster --format` and `wfm check --format`: the roster engine on an instance of the literature."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wfm.cli.commands.rooms import audited, exit_of, tell_solution
from wfm.cli.exits import Exit
from wfm.cli.solving import hand_over, searched
from wfm.cli.talk import say
from wfm.domain import Noun
from wfm.report import read_shifts_csv, shifts_csv
from wfm.schedule import Limits, Solution, solve
from wfm.study import read_instance, read_solution
from wfm.study.folder import apply_overrides
from wfm.study.wording import validated
from wfm.study.yaml_text import Document


class InstanceSheet(Noun):
    """What can be said of an instance beside its file: how it is solved."""

    solve: Limits = Limits()


def roster(
    file: Path,
    form: str,
    changes: Sequence[str],
    start: Path | None,
    target: Path | None,
    *,
    as_json: bool,
) -> Exit:
    """Solve an instance; the roster as ``agent,date,shift`` to stdout or a file, the objective and its bound in short or as JSON."""
    began = time.perf_counter()
    asked = Document("-S", {})
    apply_overrides(asked, changes)
    limits = validated(InstanceSheet, asked).solve
    problem, rules = read_instance(file, form)
    earlier = None if start is None else read_shifts_csv(start, problem)
    solution, interrupted = searched(
        lambda show, stop: solve(problem, rules, limits, start=earlier, on_progress=show, should_stop=stop)
    )
    figures = _figures(solution, time.perf_counter() - began)
    hand_over(shifts_csv(solution.roster), target, figures, as_json=as_json)
    tell_solution(solution)
    say(f"{figures['seconds']} s, {figures['cpu_seconds']} s of one core")
    return exit_of(solution, interrupted=interrupted)


def _figures(solution: Solution, seconds: float) -> dict[str, Any]:
    """The objective as the audit sums it, with the bound where all of it is in one tier."""
    alone = solution.tiers[0] if len(solution.tiers) == 1 else None
    return {
        "objective": round(sum((breach.cost for breach in solution.breaches), start=0.0), 6),
        "bound": None if alone is None else alone.bound,
        "gap": None if alone is None else alone.gap,
        "status": solution.status,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time(), 2),
        "breaches": len(solution.forbidden_breaches),
    }


def check(file: Path, form: str, roster: Path, fail_on: str, *, as_json: bool) -> Exit:
    """Audit a roster of an instance, or the folder of a published solution; exit 1 where ``fail_on`` breaches are found."""
    problem, rules = read_instance(file, form)
    held = read_solution(file, form, roster) if roster.is_dir() else read_shifts_csv(roster, problem)
    return audited(problem, rules, held, fail_on, as_json=as_json, with_costs=True)
