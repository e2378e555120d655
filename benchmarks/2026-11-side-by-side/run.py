"""Question: on pyworkforce's class of problem, how do wfm, CP-SAT by hand, pyworkforce and Timefold compare in one run?

`run.py [--seconds 60] [--peers PYTHON]`: PYTHON is an interpreter that has pyworkforce and timefold; what it lacks is skipped.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from time import perf_counter, process_time

from instance import Instance, cells_of

from wfm.schedule import Limits, solve

HERE = Path(__file__).resolve().parent
SIZES, SEEDS = ((30, 1), (55, 2), (100, 4)), (1, 2)
"""Agents and weeks."""
WORKERS = 2
PEERS = {"CP-SAT by hand": "ortools", "pyworkforce": "pyworkforce", "Timefold": "timefold"}
FILES = {"CP-SAT by hand": "peer_cpsat.py", "pyworkforce": "peer_pyworkforce.py", "Timefold": "peer_timefold.py"}
HEADER = ("solver", "agents", "weeks", "seed", "cost", "bound", "status", "faults", "wall_seconds", "cpu_seconds")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


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


def of_peer(file: str, python: str, instance: Instance, seconds: float) -> Answer:
    """A peer in a process of its own, which gets the lists and gives a roster."""
    command = [python, str(HERE / file), str(seconds)]
    done = subprocess.run(command, input=json.dumps(instance.sheet), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{file} ended with {done.stderr[-500:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    cells = [tuple(cell) for cell in told["roster"]]
    return Answer(
        told["status"],
        instance.cost(cells),
        len(list(instance.faults(cells))),
        told["bound"],
        told["seconds"],
        told["cpu_seconds"],
    )


def missing(name: str, python: str) -> str | None:
    """Why a peer cannot be run, or None."""
    if name == "Timefold" and which("java") is None:
        return "there is no Java runtime"
    package = PEERS[name]
    found = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False)
    return None if found.returncode == 0 else f"{package} is not installed for {python}"


def rows(seconds: float, python: str) -> Iterator[tuple[object, ...]]:
    """Every solver on every instance, in turn."""
    here = {}
    for name in PEERS:
        why = missing(name, python)
        print(f"{name}: {'skipped, ' + why if why else 'runs'}", flush=True)
        if why is None:
            here[name] = FILES[name]
    of_wfm(Instance.drawn(8, 1, 1), 2.0)  # compiles what is compiled once
    for agents, weeks in SIZES:
        for seed in SEEDS:
            instance = Instance.drawn(agents, weeks, seed)
            answers = {"wfm": of_wfm(instance, seconds)}
            answers |= {name: of_peer(file, python, instance, seconds) for name, file in here.items()}
            for name, told in answers.items():
                figures = (
                    told.cost,
                    told.bound,
                    told.status,
                    told.faults,
                    round(told.seconds, 2),
                    round(told.cpu_seconds, 2),
                )
                row = name, agents, weeks, seed, *figures
                print(*row, flush=True)
                yield row


def write(found: Sequence[tuple[object, ...]]) -> None:
    """results.csv, and the table of the page."""
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(["" if value is None else value for value in row] for row in found)
    lines = ["| " + " | ".join(HEADER) + " |", "|---" * len(HEADER) + "|"]
    lines += ["| " + " | ".join("" if value is None else str(value) for value in row) + " |" for row in found]
    readme = HERE / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    readme.write_text("\n".join([head + BEGIN, "", *lines, "", END + rest.partition(END)[2]]), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--peers", default=sys.executable)
    asked = parser.parse_args(arguments)
    write(list(rows(asked.seconds, asked.peers)))


if __name__ == "__main__":
    main(sys.argv[1:])
