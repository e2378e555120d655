"""One room at a time: `wfm staff`, `roster` and `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from wfm.cli.exits import Exit
from wfm.cli.solving import hand_over, searched
from wfm.cli.talk import out, out_json, out_nouns, say
from wfm.domain import Breach, Requirement, Roster, TimeGrid
from wfm.domain.quantity import count_text
from wfm.report import cost_lines, costs_text, read_roster, roster_csv
from wfm.report.change_text import edit_text
from wfm.schedule import Clause, RosterProblem, Rule, Solution, audit, certificate, preflight, ready, solve
from wfm.study import Edit, Weighed, read_scenario, requirements_of, roster_problem


def staff(folder: Path, overrides: Sequence[str], *, as_json: bool) -> None:
    """Print agents needed: net hours and peak a day and channel, or all intervals as JSON."""
    scenario = read_scenario(folder, overrides)
    requirements = requirements_of(scenario)
    out_nouns(requirements, as_json, lambda: _staff_table(requirements))


def _staff_table(requirements: tuple[Requirement, ...]) -> str:
    grid = requirements[0].grid
    lines = [f"{'date':10}  " + "  ".join(f"{row.channel:>10} h net {'peak':>4}" for row in requirements)]
    for day, steps in grid.day_slices():
        cells = (f"{_hours(grid, row.nets()[steps]):16.1f} {row.nets()[steps].max():4d}" for row in requirements)
        lines.append(f"{day}  " + "  ".join(cells))
    return "\n".join(lines)


def _hours(grid: TimeGrid, heads: np.ndarray) -> float:
    return float(heads.sum()) * grid.step_minutes / 60


def roster(folder: Path, overrides: Sequence[str], target: Path | None, start: Path | None, *, as_json: bool) -> int:
    """Solve the roster, from an earlier one where there is; CSV to stdout or a file, or the whole solution as JSON."""
    loading = ready()
    scenario = read_scenario(folder, overrides)
    earlier = None if start is None else read_roster(start, scenario)
    problem = roster_problem(scenario, requirements_of(scenario))
    for line in preflight(problem, scenario.rules):
        say(f"before any roster: {line}")
    loading.join()
    solution, interrupted = searched(
        lambda show, stop: solve(
            problem, scenario.rules, scenario.limits, start=earlier, on_progress=show, should_stop=stop
        )
    )
    hand_over(roster_csv(solution.roster), target, solution, as_json=as_json)
    tell_solution(solution)
    return exit_of(solution, interrupted=interrupted)


def tell_solution(solution: Solution) -> None:
    """Status, cost, bound and gap of each tier, what the solve did without, and the conflict in words if there is one."""
    say(
        f"status {solution.status}, {count_text(len(solution.forbidden_breaches), 'breach', 'breaches')} of forbidden rules"
    )
    for tier in solution.tiers:
        gap = "" if tier.gap is None else f", bound {tier.bound:,.2f}, gap {tier.gap:.1%}"
        say(f"tier {tier.tier}: cost {tier.cost:,.2f}{gap}")
    for note in solution.notes:
        say(f"note: {note}")
    for place, line in enumerate(solution.conflict):
        say(f"  {line}" if place else f"cannot be met: {line}")


def exit_of(solution: Solution, *, interrupted: bool) -> Exit:
    """The exit code of a solve: interrupted, rules that cannot be met, or ok."""
    if interrupted:
        return Exit.INTERRUPTED
    return {"conflict": Exit.CONFLICT, "unfinished": Exit.NO_ROSTER}.get(solution.status, Exit.OK)


def check(
    folder: Path, overrides: Sequence[str], file: Path, against: Path | None, fail_on: str, *, as_json: bool
) -> int:
    """Audit the roster of a file: its breaches, how close it comes to each rule, and what an edit breaks and costs.

    Exit 1 where ``fail_on`` breaches are found.
    """
    scenario = read_scenario(folder, overrides)
    problem = roster_problem(scenario, requirements_of(scenario))
    edited = read_roster(file, scenario)
    before = None if against is None else Weighed(problem, scenario.rules, read_roster(against, scenario))
    edit = None if before is None else before.edited(edited)
    return audited(problem, scenario.rules, edited, fail_on, edit, as_json=as_json)


def audited(
    problem: RosterProblem,
    rules: Sequence[Rule],
    roster: Roster,
    fail_on: str,
    edit: Edit | None = None,
    *,
    as_json: bool,
    with_costs: bool = False,
) -> Exit:
    """Tell what the audit finds in a roster, and what an edit did to it; ``with_costs`` also what each article costs."""
    found = audit(problem, rules, roster)
    clauses = certificate(problem, rules, roster)
    costs = cost_lines(rules, found) if with_costs else []
    if as_json:
        out_json({"breaches": found, "certificate": clauses, "edit": edit} | ({"costs": costs} if costs else {}))
    else:
        told = [] if edit is None else ["", edit_text(edit, problem.grid.zone)]
        told += ["", costs_text(costs)] if costs else []
        out("\n".join([_breach_table(found), *_kept(clauses), *told]))
    forbidden = sum(breach.forbidden for breach in found)
    failed = {"forbidden": forbidden, "any": len(found), "none": 0}[fail_on]
    return Exit.FINDINGS if failed else Exit.OK


def _breach_table(found: Iterable[Breach]) -> str:
    """Forbidden breaches one by one; priced ones summed by rule, those of rules that share an article by what they count."""
    rows = list(found)
    forbidden = [f"forbidden  {row.rule}: {row.words}" for row in rows if row.forbidden]
    sums: dict[tuple[str, str], list[Breach]] = {}
    for row in rows:
        if not row.forbidden:
            sums.setdefault((row.rule, row.unit), []).append(row)
    priced = (
        f"priced     {rule}: {sum(row.amount for row in some):,.2f} {unit}, cost {sum(row.cost for row in some):,.2f}"
        for (rule, unit), some in sums.items()
    )
    return "\n".join([f"{count_text(len(forbidden), 'breach', 'breaches')} of forbidden rules", *forbidden, *priced])


def _kept(clauses: Iterable[Clause]) -> Iterator[str]:
    """The rules that are kept: where that was checked, and the closest call."""
    for clause in clauses:
        if clause.kept:
            closest = f"; closest {clause.tightest.words}" if clause.tightest else ""
            yield f"kept       {clause.rule}: {clause.checked}{closest}"
