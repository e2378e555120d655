"""Question: how many paid hours of a month does wfm save at equal simulated service, each roster within a minute and near its bound?"""

from __future__ import annotations

import csv
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "2026-11-two-step-plan")]
from bank_month import DATA, as_it_came, write_month  # noqa: E402
from plans import BATCHES, FINAL, FRESH, Desk, Made, freed  # noqa: E402

from wfm.schedule import Limits  # noqa: E402
from wfm.schedule.rules import Coverage  # noqa: E402
from wfm.study import Scenario, forecast_all, read_scenario  # noqa: E402

SCENARIOS = HERE.parents[1] / "scenarios"
MODELS = ("erlang_a", "erlang_c")
PRICES = 0.5, 8.0
"""Contacts an hour between which the price of a paid hour is looked for ..."""
HALVINGS, QUICK_SHARE = 4, 0.25
"""... by so many halvings on a scale of logarithms, with such a share of the time for each."""
DEARER = 1.06
"""From the highest price that gives enough, steps up and down by this factor with the whole time."""
STUDENT = 2.262
"""Of a 95 % confidence interval with nine degrees of freedom."""
HEADER = (
    "case",
    "seed",
    "plan",
    "paid h",
    "saved",
    "at least h",
    "inside target",
    "points more",
    "channels",
    "gap of cost",
    "gap of net worth",
    "s",
    "CPU s",
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
    quick = limits.varied(seconds=QUICK_SHARE * limits.seconds)
    for _ in range(HALVINGS):
        middle = sqrt(low * high)
        low, high = (middle, high) if desk.as_good(desk.wfm(middle, quick), plan) else (low, middle)
    first = desk.wfm(low, limits)
    desk.wfm(low * DEARER if desk.as_good(first, plan) else low / DEARER, limits)
    rows = [row for (_, time), row in desk.tried.items() if time == limits and desk.as_good(row, plan)]
    return min(rows, key=lambda row: row.paid, default=None)


def compared(name: str, seed: int, seconds: float) -> Iterator[Row]:
    """The two-step plans of a case, and wfm's cheapest roster with as much service as each, all on fresh seeds."""
    print(f"## {name}, seed {seed}", flush=True)
    own, limits = CASES[name](), Limits(seconds=seconds, workers=2, seed=seed)
    for model in MODELS:
        plan = own.two_step(model, limits)
        found = cheapest(own, plan, limits)
        base = own.served(plan.roster, FRESH, FINAL)
        for title, made in ((plan.name, plan), (f"wfm, as good as {model}", found)):
            if made is None:
                yield name, str(seed), title, *("no roster as good",), *("",) * (len(HEADER) - 4)
                continue
            seen = own.served(made.roster, FRESH, FINAL)
            more = 100 * (seen.shares - base.shares)
            half = STUDENT * more.std(ddof=1) / sqrt(BATCHES)
            ours = made is not plan
            yield (
                name,
                str(seed),
                title,
                f"{made.paid:,.1f}",
                f"{1 - made.paid / plan.paid:.1%}" if ours else "",
                f"{made.least_paid:,.1f}" if ours else "",
                f"{seen.share:.1%}",
                f"{more.mean():+.2f} ± {half:.2f}" if ours else "",
                ", ".join(f"{share:.1%}" for share in seen.of_channels),
                f"{made.solved.gap:.2%}",
                f"{made.solved.worth_gap:.2%}",
                f"{made.solved.seconds:.0f}",
                f"{made.solved.cpu_seconds:.0f}",
            )


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
    asked = parser.parse_args(arguments)
    for name in asked.cases:
        if name == "bank month" and not DATA.exists():
            print(f"The bank's calls are not there: {DATA}")
            continue
        for seed in asked.seeds:
            kept = [row for row in read() if row[:2] != (name, str(seed))]
            if asked.again or len(kept) == len(read()):
                write([*kept, *compared(name, seed, asked.seconds)])


if __name__ == "__main__":
    main(sys.argv[1:])
