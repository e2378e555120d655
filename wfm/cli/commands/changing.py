"""`wfm publish`, `diff`, `cover`, `swap check`: what happens to a roster after it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from wfm.cli.commands.rooms import exit_of, tell_solution
from wfm.cli.exits import Exit
from wfm.cli.solving import hand_over, searched
from wfm.cli.talk import out, out_json, save, say
from wfm.domain import Fault, InputError, Refused, Roster, TimeOff
from wfm.domain.quantity import count_text
from wfm.report import read_roster, roster_csv, scenario_of
from wfm.report.change_text import changes_text, cover_text, edit_text
from wfm.schedule import Replanned, RosterProblem, audit
from wfm.schedule import replan as replanned
from wfm.study import (
    Published,
    Scenario,
    differences,
    read_scenario,
    replanning,
    requirements_of,
    roster_problem,
    swapped,
)
from wfm.study import cover as ranked
from wfm.study.published import read_published, refuse_broken


def publish(
    file: Path, folder: Path | None, before: Path | None, target: Path, by: str, note: str, *, anyway: bool
) -> None:
    """Write the next version of a roster to a new file; one that breaks forbidden rules only where that is wanted ``anyway``."""
    scenario = scenario_of(file) if folder is None else read_scenario(folder)
    if scenario is None:
        fault = Fault("the scenario that the roster is for", "none", "Add --scenario FOLDER.", file.name)
        raise InputError([fault])
    if target.exists():
        raise Refused(f"{target} is there already, and a version never changes. Choose another name.")
    last = None if before is None else read_published(before)
    roster, now = read_roster(file, scenario), datetime.now(UTC).replace(microsecond=0)
    if not anyway:
        refuse_broken(audit(_problem(scenario), scenario.rules, roster))
    version = Published.of(scenario.name, scenario.digest(), roster, now, by, note, last)
    save(target, version.model_dump_json().encode())
    if last is not None:
        out(changes_text(differences(last.roster, roster)))
    say(
        f"version {version.number} of {scenario.name}, {count_text(len(roster.assignments), 'shift')}, {version.seal[:12]}"
    )


def diff(before: Path, after: Path, folder: Path | None, *, as_json: bool) -> Exit:
    """Print every changed cell of two rosters."""
    scenario = scenario_of(before) or scenario_of(after) if folder is None else read_scenario(folder)
    changes = differences(read_roster(before, scenario), read_roster(after, scenario))
    if as_json:
        out_json(changes)
    else:
        out(changes_text(changes))
    return Exit.FINDINGS if changes else Exit.OK


def cover(folder: Path, overrides: Sequence[str], file: Path, agent: str, day: str, *, as_json: bool) -> None:
    """Print who can take a shift, the best first, then who cannot and why."""
    scenario, problem, roster = _opened(folder, overrides, file)
    found = ranked(problem, scenario.rules, roster, agent, _date(day, "DATE"))
    if as_json:
        out_json(found)
    else:
        out(cover_text(found, scenario.horizon.zone))


def swap(folder: Path, overrides: Sequence[str], file: Path, one: str, other: str, *, as_json: bool) -> Exit:
    """Print what a swap breaks and costs."""
    scenario, problem, roster = _opened(folder, overrides, file)
    made = swapped(problem, scenario.rules, roster, _cell(one), _cell(other))
    if as_json:
        out_json(made)
    else:
        out("the swap is allowed" if made.legal else "the swap is not allowed")
        out(edit_text(made, scenario.horizon.zone))
    return Exit.OK if made.legal else Exit.FINDINGS


def replan(
    folder: Path,
    overrides: Sequence[str],
    published: Path,
    change_cost: float | None,
    absent: Sequence[str],
    target: Path | None,
    *,
    as_json: bool,
) -> Exit:
    """Replan a published roster; CSV to stdout or a file, and who must be told what."""
    scenario = read_scenario(folder, overrides)
    told = read_roster(published, scenario)
    scenario = replanning(scenario, told, [_absence(text) for text in absent], change_cost)
    problem = _problem(scenario)
    made, interrupted = searched(
        lambda show, stop: replanned(problem, scenario.rules, scenario.limits, on_progress=show, should_stop=stop)
    )
    hand_over(roster_csv(made.solution.roster), target, made, as_json=as_json)
    tell_solution(made.solution)
    say(changes_text(differences(told, made.solution.roster)))
    say(f"{count_text(made.changed, 'cell')} changed; {_proof(made)}")
    return exit_of(made.solution, interrupted=interrupted)


def _proof(made: Replanned) -> str:
    if made.solution.forbidden_breaches:
        return "no roster that keeps the forbidden rules was found"
    if made.proved:
        return "proved: no roster that costs as little otherwise changes fewer"
    return f"a roster that costs as little otherwise changes at least {made.least_changed}"


def _absence(text: str) -> TimeOff:
    agent, _, days = text.partition(":")
    first, _, last = days.partition("..")
    begin = _date(first, "--absent AGENT:FIRST..LAST")
    end = _date(last, "--absent AGENT:FIRST..LAST") if last else begin
    if end < begin:
        raise InputError([Fault(f"a last day on or after {begin}", last, file="--absent")])
    return TimeOff(agent=agent, first=begin, last=end, kind="absent")


def _opened(folder: Path, overrides: Sequence[str], file: Path) -> tuple[Scenario, RosterProblem, Roster]:
    scenario = read_scenario(folder, overrides)
    return scenario, _problem(scenario), read_roster(file, scenario)


def _problem(scenario: Scenario) -> RosterProblem:
    return roster_problem(scenario, requirements_of(scenario))


def _cell(text: str) -> tuple[str, date]:
    agent, _, day = text.rpartition(":")
    return agent, _date(day if agent else text, "AGENT:DATE")


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError([Fault("a date such as 2026-12-03", repr(text), file=where)]) from None
