"""Solves planted centres, each in a process of its own, and writes what came of it into results.csv and the README."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from planted import Kind, lawful, planted
from verify import read_tours, verdict

from wfm.report import roster_csv
from wfm.schedule import Limits, Progress, ready, solve
from wfm.study import read_scenario, requirements_of, roster_problem

HERE = Path(__file__).parent
SECONDS = 60.0
KINDS = (
    *(Kind(agents) for agents in (20, 120, 500, 2_000)),
    *(Kind(agents, rules="all") for agents in (20, 120, 500, 2_000)),
    *(Kind(agents, slack=0.05) for agents in (20, 120, 500, 2_000)),
    *(Kind(agents, stretch=1.1) for agents in (20, 120, 500)),
)
COLUMNS = (
    "case",
    "net",
    "heads",
    "spare",
    "breaches",
    "net_bound",
    "first_seconds",
    "seconds",
    "cpu_seconds",
    "megabytes",
)
MARK = "<!-- results -->"


def one(folder: Path, seconds: float) -> dict[str, object]:
    """Solve the scenario of a folder and judge the roster, by the audit and by what shares nothing with the engine."""
    loading = ready()
    scenario = read_scenario(folder)
    problem = roster_problem(scenario, requirements_of(scenario))
    loading.join()
    heard: list[float] = []
    began, cpu = time.monotonic(), time.process_time()

    def hear(news: Progress) -> None:
        if news.roster is not None:
            heard.append(time.monotonic() - began)

    solution = solve(problem, scenario.rules, Limits(seconds=seconds), on_progress=hear)
    took, used = time.monotonic() - began, time.process_time() - cpu
    (folder / "roster.csv").write_bytes(roster_csv(solution.roster))
    judged = verdict(folder, read_tours(folder, folder / "roster.csv"))
    tier, full = solution.tiers[0], float(problem.market.full.sum()) / 1e6
    worth = full - sum(sum(row.net) for row in problem.requirements)
    return {
        "case": scenario.name,
        "net": f"{judged.net:.4%}",
        "heads": f"{judged.heads:.4%}",
        "spare": judged.spare,
        "breaches": len(solution.forbidden_breaches) + len(judged.faults),
        "net_bound": "" if tier.bound is None else f"{min(1.0, (full - tier.bound) / worth):.4%}",
        "first_seconds": f"{heard[0]:.1f}",
        "seconds": f"{took:.1f}",
        "cpu_seconds": f"{used:.1f}",
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def checked(folder: Path, kind: Kind) -> None:
    """Write a centre, and hold it against its digest where one is known."""
    made = lawful(folder, kind) if kind.rules == "all" else planted(kind)
    digest, path = made.write(folder), HERE / "digests.csv"
    known = dict(row for row in csv.reader(path.open(encoding="utf-8"))) if path.exists() else {}
    if known.setdefault(kind.name, digest) != digest:
        raise RuntimeError(f"expected the digest {known[kind.name]} of {kind.name}, came {digest}")
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(sorted(known.items()))


def main(seconds: float, words: list[str]) -> None:
    """Solve all kinds, or those whose name has one of the words in it."""
    rows = {}
    if (HERE / "results.csv").exists():
        with (HERE / "results.csv").open(encoding="utf-8") as file:
            rows = {row["case"]: row for row in csv.DictReader(file)}
    for kind in (kind for kind in KINDS if not words or any(word in kind.name for word in words)):
        with TemporaryDirectory() as home:
            checked(Path(home), kind)
            command = [sys.executable, __file__, "--one", home, str(seconds)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            rows[kind.name] = json.loads(told.splitlines()[-1])
            print(told.splitlines()[-1], flush=True)
            written([rows[known.name] for known in KINDS if known.name in rows])


def written(rows: list[dict[str, object]]) -> None:
    """The rows as results.csv and as the table of the README."""
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    table = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    table += ["| " + " | ".join(str(row[name]) for name in COLUMNS) + " |" for row in rows]
    before, _, after = (HERE / "README.md").read_text(encoding="utf-8").split(MARK)
    text = MARK.join([before, "\n" + "\n".join(table) + "\n", after])
    (HERE / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(Path(sys.argv[2]), float(sys.argv[3]))))
    else:
        main(float(sys.argv[1]) if sys.argv[1:] else SECONDS, sys.argv[2:])
