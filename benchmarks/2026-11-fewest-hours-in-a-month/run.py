"""Question: how many paid hours of a month does wfm save at equal simulated service, each roster within a minute and near its bound?"""

from __future__ import annotations

import csv
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "2026-11-two-step-plan")]
from bank_month import DATA, as_it_came, write_month  # noqa: E402
from plans import BATCHES, FINAL, FRESH, Desk, Made, Service, freed  # noqa: E402

from wfm.schedule import Limits  # noqa: E402
from wfm.schedule.rules import Coverage  # noqa: E402
from wfm.study import Scenario, forecast_all, read_scenario  # noqa: E402

SCENARIOS = HERE.parents[1] / "scenarios"
MODELS = ("erlang_a", "erlang_c")
PRICES = 0.4, 4.0
"""Contacts an hour between which the price of a paid hour is looked for ..."""
HALVINGS, QUICK_SHARE = 4, 0.25
"""... by so many halvings on a scale of logarithms, with such a share of the time for each."""
DEARER, WHOLE = 1.05, 3
"""Then from the highest price that gave enough on, upwards by this factor as long as it is enough, else downwards; so many rosters with
the whole time."""
STUDENT = 2.262
"""Of a 95 % confidence interval with nine degrees of freedom."""
HEADER = (
    *(
        "case",
        "seed",
        "heads by",
        "plan",
        "paid h",
        "saved",
        "at least h",
        "inside target",
        "of channels",
        "points more",
    ),
    *("price of an hour", "gap of cost", "gap of net worth", "s", "CPU s"),
)
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
Row = tuple[str, ...]


def bank() -> Desk:
    """The real month; it is a scenario folder only as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = read_scenario(write_month(Path(folder) / "bank"))
    known = tuple(as_it_came(row, scenario.channel(row.channel)) for row in scenario.histories)
    return desk(scenario, known)


def helpdesk() -> Desk:
    """The shipped scenario, four weeks with its roles and sessions."""
    scenario = read_scenario(SCENARIOS / "helpdesk-24x7")
    return desk(scenario, forecast_all(scenario))


def desk(scenario: Scenario, forecasts: tuple) -> Desk:
    """Service and paid hours under all forbidden rules; what else has a price is left out of both plans."""
    forbidden = (rule for rule in scenario.rules if rule.price is None and not isinstance(rule, Coverage))
    return Desk(scenario, forecasts, tuple(map(freed, forbidden)))


CASES: dict[str, Callable[[], Desk]] = {"bank month": bank, "helpdesk-24x7": helpdesk}


def cheapest(desk: Desk, plan: Made, limits: Limits) -> Made | None:
    """The cheapest roster of wfm with as much service: quick ones find the price, the whole time is for those near it."""
    low, high = PRICES
    quick, start = limits.varied(seconds=QUICK_SHARE * limits.seconds), None
    for _ in range(HALVINGS):
        middle = sqrt(low * high)
        tried = desk.wfm(middle, quick, start)
        start = tried.roster
        low, high = (middle, high) if desk.as_good(tried, plan) else (low, middle)
    found = [desk.wfm(low, limits)]
    stride = DEARER if desk.as_good(found[0], plan) else 1 / DEARER
    while len(found) < WHOLE and desk.as_good(found[-1], plan) == (stride > 1):
        found.append(desk.wfm(low * stride ** len(found), limits))
    return min((row for row in found if desk.as_good(row, plan)), key=lambda row: row.paid, default=None)


def compared(own: Desk, key: Row, limits: Limits) -> Iterator[Row]:
    """A two-step plan, and wfm's cheapest roster with as much service, both on fresh seeds."""
    print(f"## {', '.join(key)}", flush=True)
    plan = own.two_step(key[-1], limits)
    least = own.least_covering(key[-1], plan, limits.varied(seconds=QUICK_SHARE * limits.seconds))
    found = cheapest(own, plan, limits)
    base = own.served(plan.roster, FRESH, FINAL)
    yield (*key, "two steps", f"{plan.paid:,.1f}", "", f"{least:,.1f}", *service(base), "", *effort(plan))
    if found is None:
        yield (*key, "wfm: no roster as good", *("",) * (len(HEADER) - len(key) - 1))
        return
    seen = own.served(found.roster, FRESH, FINAL)
    more = 100 * (seen.shares - base.shares)
    half = STUDENT * more.std(ddof=1) / sqrt(BATCHES)
    paid = f"{found.paid:,.1f}", f"{1 - found.paid / plan.paid:.1%}", f"{found.least_paid:,.1f}"
    yield (*key, "wfm", *paid, *service(seen), f"{more.mean():+.2f} ± {half:.2f}", *effort(found))


def service(seen: Service) -> Row:
    """Of all contacts, then of each channel."""
    return f"{seen.share:.2%}", ", ".join(f"{share:.1%}" for share in seen.of_channels)


def effort(made: Made) -> Row:
    solved = made.solved
    gaps = f"{solved.gap:.2%}", f"{solved.worth_gap:.2%}"
    return f"{made.paid_hour:.3g}", *gaps, f"{solved.seconds:.0f}", f"{solved.cpu_seconds:.0f}"


def read() -> list[Row]:
    """The rows of earlier runs."""
    path = HERE / "results.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def write(rows: Sequence[Row]) -> None:
    """results.csv, and the table of the page."""
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
    lines = ["| " + " | ".join(row) + " |" for row in (HEADER, *rows)]
    readme = HERE / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    table = "\n".join(["", "", lines[0], "|---" * len(HEADER) + "|", *lines[1:], "", ""])
    readme.write_text(head + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=list(CASES), help=f"of {', '.join(CASES)}")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--seconds", type=float, default=60.0, help="for each roster")
    parser.add_argument("--again", action="store_true", help="also what results.csv has already")
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    asked = parser.parse_args(arguments)
    for name, seed in product(asked.cases, asked.seeds):
        if name == "bank month" and not DATA.exists():
            print(f"The bank's calls are not there: {DATA}")
            continue
        own, limits = CASES[name](), Limits(seconds=asked.seconds, workers=2, seed=seed)
        for model in asked.models:
            key = name, str(seed), model
            kept = [row for row in read() if row[:3] != key]
            if asked.again or len(kept) == len(read()):
                write([*kept, *compared(own, key, limits)])


if __name__ == "__main__":
    main(sys.argv[1:])
