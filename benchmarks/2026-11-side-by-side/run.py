"""Question: on pyworkforce's class of problem, how do wfm, CP-SAT by hand, pyworkforce and Timefold compare in one run?

`run.py [--peers PYTHON] [--seconds 30] [--seeds 1] [--sizes 30 55 100]`: PYTHON is an interpreter that has pyworkforce and timefold;
what it lacks is skipped, and so is what results.csv has already.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from shutil import which
from time import perf_counter, process_time

from instance import Instance, cells_of

from wfm.schedule import Limits, solve

HERE = Path(__file__).resolve().parent
WEEKS = {30: 1, 55: 2, 100: 4}
"""By the number of agents."""
SLACK_SECONDS = 120
"""What a peer may take beyond its time, to start and to build its model."""
WORKERS = 2
PEERS = {"CP-SAT by hand": "ortools", "pyworkforce": "pyworkforce", "Timefold": "timefold"}
FILES = {"CP-SAT by hand": "peer_cpsat.py", "pyworkforce": "peer_pyworkforce.py", "Timefold": "peer_timefold.py"}
HEADER = ("solver", "agents", "weeks", "seed", "cost", "bound", "status", "faults", "wall_seconds", "cpu_seconds")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a solver gave: its cost by the lists of the instance, and what the roster breaks of them."""

    status: str
    cost: int
    faults: int
    bound: float | None
    seconds: float
    cpu_seconds: float


def of_wfm(instance: Instance, seconds: float) -> Answer:
    """wfm, from reading the lists to the audited roster."""
    wall, cpu = perf_counter(), process_time()
    found = solve(instance.problem(), instance.rules(), Limits(seconds=seconds, workers=WORKERS))
    took, used = perf_counter() - wall, process_time() - cpu
    cells, bound = cells_of(found.roster, instance.grid.dates[0]), found.tiers[0].bound
    least = None if bound is None else bound - instance.wished
    return Answer(found.status, instance.cost(cells), len(list(instance.faults(cells))), least, took, used)


def of_peer(name: str, python: str, instance: Instance, seconds: float) -> Answer:
    """A peer in a process of its own, which gets the lists and gives a roster."""
    command = [python, str(HERE / FILES[name]), str(seconds)]
    sheet, most = json.dumps(instance.sheet), seconds + SLACK_SECONDS
    done = subprocess.run(command, input=sheet, capture_output=True, text=True, check=False, timeout=most)
    if done.returncode:
        raise SystemExit(f"{name} ended with {done.stderr[-500:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    cells = [tuple(cell) for cell in told["roster"]]
    faults = len(list(instance.faults(cells)))
    return Answer(told["status"], instance.cost(cells), faults, told["bound"], told["seconds"], told["cpu_seconds"])


def missing(name: str, python: str) -> str | None:
    """Why a peer cannot be run, or None."""
    if name == "Timefold" and which("java") is None:
        return "there is no Java runtime"
    package = PEERS[name]
    found = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False)
    return None if found.returncode == 0 else f"{package} is not installed for {python}"


def solvers(python: str) -> Iterator[str]:
    """wfm, and the peers that can be run."""
    yield "wfm"
    for name in PEERS:
        why = missing(name, python)
        print(f"{name}: {'skipped, ' + why if why else 'runs'}", flush=True)
        if why is None:
            yield name


def answer(name: str, python: str, instance: Instance, seconds: float) -> Answer:
    return of_wfm(instance, seconds) if name == "wfm" else of_peer(name, python, instance, seconds)


def row_of(key: Row, told: Answer) -> Row:
    """A row of the table."""
    bound = "" if told.bound is None else f"{told.bound:.6g}"
    return (
        *key,
        f"{told.cost}",
        bound,
        told.status,
        f"{told.faults}",
        f"{told.seconds:.2f}",
        f"{told.cpu_seconds:.2f}",
    )


def read() -> list[Row]:
    """The rows of earlier runs."""
    path = HERE / "results.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def write(found: Sequence[Row]) -> None:
    """results.csv, and the table of the page."""
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *found])
    lines = ["| " + " | ".join(HEADER) + " |", "|---" * len(HEADER) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in found]
    readme = HERE / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    readme.write_text("\n".join([head + BEGIN, "", *lines, "", END + rest.partition(END)[2]]), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(WEEKS), choices=list(WEEKS))
    asked = parser.parse_args(arguments)
    names = list(solvers(asked.peers))
    of_wfm(Instance.drawn(8, 1, 1), 2.0)  # compiles what is compiled once
    for agents, seed, name in product(asked.sizes, asked.seeds, names):
        key = name, str(agents), str(WEEKS[agents]), str(seed)
        found = read()
        if key not in {row[: len(key)] for row in found}:
            told = answer(name, asked.peers, Instance.drawn(agents, WEEKS[agents], seed), asked.seconds)
            write([*found, row_of(key, told)])
            print(*read()[-1], flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
