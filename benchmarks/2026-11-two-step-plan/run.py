"""Question: at equal simulated service, how many paid hours does wfm save against a roster that covers the heads of Erlang's formulas?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from math import sqrt
from pathlib import Path

from plans import BATCHES, FINAL, FRESH, Desk, Made, freed

from wfm.schedule import Limits, Rule
from wfm.schedule.rules import Coverage
from wfm.study import Scenario, forecast_all, read_scenario

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
CASES: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("phone-small", (), 2_000),
    ("phone-small", ("demand.phone.scale=0.5",), 2_000),
    ("service-desk", (), 2_000),
    ("helpdesk-24x7", ("horizon.weeks=1", "sessions={}"), 400),
)
"""A shipped scenario, what is set otherwise, and the steps of each of wfm's searches."""
PRICES = 0.1, 10.0
"""Contacts an hour between which wfm's price of a paid hour is looked for ..."""
HALVINGS = 5
"""... by so many halvings on a scale of logarithms, for each question."""
CARE = 3
"""So many times as many steps for the two-step plan, so that it is not its search that costs hours."""
STUDENT = 2.262
"""Of a 95 % confidence interval with nine degrees of freedom."""


def others(scenario: Scenario) -> Iterator[Rule]:
    """All else that has a price comes after service and paid hours; contract hours are an upper bound only."""
    for rule in scenario.rules:
        if not isinstance(rule, Coverage):
            yield freed(rule) if rule.price is None else rule.varied(tier=2)


def halve(desk: Desk, limits: Limits, holds: Callable[[Made], bool], *, above: bool) -> None:
    """Try prices around the one above which (else: below which) wfm's roster ``holds``."""
    low, high = PRICES
    for _ in range(HALVINGS):
        middle = sqrt(low * high)
        low, high = (low, middle) if holds(desk.wfm(middle, limits)) == above else (middle, high)


def compare(desk: Desk, steps: int, model: str) -> Iterator[tuple[str, Made]]:
    """The two-step plan, then wfm's cheapest roster with as much service and its best with as few hours."""
    plan, limits = desk.two_step(model, Limits(steps=CARE * steps)), Limits(steps=steps)
    halve(desk, limits, lambda row: desk.as_good(row, plan), above=False)
    halve(desk, limits, lambda row: row.paid <= plan.paid, above=True)
    rows = desk.tried.values()
    yield plan.name, plan
    equal = [row for row in rows if desk.as_good(row, plan)]
    if equal:
        yield "wfm, equal service", min(equal, key=lambda row: row.paid)
    cheap = [row for row in rows if row.paid <= plan.paid]
    if cheap:
        yield "wfm, equal hours", max(cheap, key=lambda row: row.seen.share)


def report(desk: Desk, steps: int) -> None:
    """All rosters of a scenario on fresh seeds."""
    served = cache(lambda roster: desk.served(roster, FRESH, FINAL))
    chosen = [list(compare(desk, steps, model)) for model in ("erlang_a", "erlang_c")]
    names = [channel.name for channel in desk.scenario.channels]
    print(f"\n| plan | paid hours | inside target | points more | badly | {' | '.join(names)} |")
    print("|---" * (5 + len(names)) + "|")
    for rows in chosen:
        base = rows[0][1]
        for name, row in rows:
            seen, more = served(row.roster), served(row.roster).shares - served(base.roster).shares
            half = STUDENT * more.std(ddof=1) / sqrt(BATCHES)
            parts = " | ".join(f"{share:.1%}" for share in seen.of_channels)
            apart = f"{100 * more.mean():+.2f} ± {100 * half:.2f}" if row is not base else ""
            hours = f"{row.paid:,.1f}" + (f" ({row.paid / base.paid - 1:+.1%})" if row is not base else "")
            print(f"| {name} | {hours} | {seen.share:.1%} | {apart} | {seen.badly:.1%} | {parts} |")


def main(chosen: set[int]) -> None:
    for number, (name, overrides, steps) in enumerate(CASES, start=1):
        if number in chosen or not chosen:
            print(f"\n## {' '.join((name, *overrides))}\n")
            scenario = read_scenario(SCENARIOS / name, overrides)
            report(Desk(scenario, forecast_all(scenario), tuple(others(scenario))), steps)


if __name__ == "__main__":
    main(set(map(int, sys.argv[1:])))
