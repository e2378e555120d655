"""`wfm fairness`: the burden ledger of a roster with its history, wishes with reasons, and what fairness costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wfm.cli.talk import out, out_json, say
from wfm.domain import Burden
from wfm.importers import write_burdens
from wfm.report import read_roster
from wfm.schedule.refusal import Refusal
from wfm.study import read_scenario, requirements_of, roster_problem
from wfm.study.fairness import AgentLedger, FairnessReport, fairness_of
from wfm.study.fairness_price import PriceOfFairness, price_of_fairness

SHOWN = ("nights", "weekends", "holidays")
"""Kinds with a column for this roster, what came before and the fair share; the others have one for all periods."""


def fairness(
    folder: Path, overrides: Sequence[str], file: Path, export: Path | None, *, price: bool, as_json: bool
) -> None:
    """Print the ledger of the roster in a file; ``export`` writes it with the new period, ``price`` solves twice more."""
    scenario = read_scenario(folder, overrides)
    requirements = requirements_of(scenario)
    problem = roster_problem(scenario, requirements)
    report = fairness_of(scenario, problem, read_roster(file, scenario))
    cost = price_of_fairness(problem, scenario.rules, scenario.limits) if price else None
    if export is not None:
        write_burdens((*scenario.workforce.burdens, *report.burdens), export)
        say(f"{export}: the ledger with the period {report.burdens[0].period}, for the next plan")
    if as_json:
        out_json({"fairness": report, "price": cost})
    else:
        out("\n".join([*_table(report), "", *_wishes(report), *(_price(cost) if cost else ())]))


def _table(report: FairnessReport) -> Iterator[str]:
    heads = [f"{kind + ' now':>13} {'before':>6} {'fair':>5}" for kind in SHOWN]
    rest = [kind for kind in Burden.KINDS if kind not in SHOWN]
    yield f"{'agent':12} {'share':>5} {' '.join(heads)}  {'  '.join(kind.replace('_', ' ') for kind in rest)}"
    for row in report.agents:
        cells = [_cell(row, kind) for kind in SHOWN]
        others = [f"{row.of(kind).total:{len(kind)}.0f}" for kind in rest]
        yield f"{row.agent:12} {row.share:5.2f} {' '.join(cells)}  {'  '.join(others)}"
    for row in report.agents:
        yield from (f"{row.agent}: {words}" for words in row.words)


def _cell(row: AgentLedger, kind: str) -> str:
    borne = row.of(kind)
    fair = "-" if borne.fair is None else f"{borne.fair:.1f}"
    return f"{borne.now:13.0f} {borne.before:6.0f} {fair:>5}"


def _wishes(report: FairnessReport) -> Iterator[str]:
    share = f"{report.granted_share:.0%}"
    yield f"wishes: {report.points_granted} of {report.points} points granted, {share}; {len(report.refused)} refused"
    yield from (_refused(row) for row in report.refused)


def _refused(row: Refusal) -> str:
    wish = row.wish
    dates = ", ".join(f"{other.date:%a %d %b} ({other.cost:g})" for other in row.alternatives)
    instead = f"; instead at this cost: {dates}" if dates else ""
    return f"{wish.agent} {wish.date:%a %d %b}, {wish.words}, {wish.points} points: {row.words}{instead}"


def _price(price: PriceOfFairness) -> Iterator[str]:
    yield ""
    yield (
        f"price of fairness: {price.contacts:+.1f} contacts not served in time, {price.hours:+.1f} paid hours, cost "
        f"{price.cents / 100:+,.2f}; two searches of {price.seconds:g} s each"
    )
    yield (
        f"largest nights, weekends and holidays of a full-time period: {price.fair.largest:.2f} with the rules on fairness, "
        f"{price.unfair.largest:.2f} without"
    )
