"""Question: do certified plans keep their targets on fresh contacts, at how many more paid hours, and in what time?"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from wfm.report.certification import KeptRow, robustness_lines, verdict_text
from wfm.study import Scenario, ServiceCertificate, certified_plan, read_scenario

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from bank import DATA, write_bank  # noqa: E402

SCENARIOS = HERE.parents[1] / "scenarios"


def cases(folder: Path) -> Iterator[tuple[str, Scenario]]:
    """Each case by name; those of the bank only where its calls are at hand."""
    yield "helpdesk-24x7", read_scenario(SCENARIOS / "helpdesk-24x7")
    yield "phone-small, 1.4 times the calls", read_scenario(SCENARIOS / "phone-small", ["demand.phone.scale=1.4"])
    if DATA.exists():
        yield "bank, 13 + 8 people", read_scenario(write_bank(folder / "bank", 13, 8, price=1.0, steps=600))
    else:
        print(f"The bank's calls are not there: {DATA}")


def main(chosen: str) -> None:
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, scenario in cases(Path(folder)):
            if chosen in name:
                certify(name, scenario)


def certify(name: str, scenario: Scenario) -> None:
    """Certify one case and tell what came of it."""
    print(f"## {name} (load {os.getloadavg()[0]:.1f})\n")
    wall, busy = perf_counter(), process_time()
    made = certified_plan(
        scenario, workers=2, on_round=lambda line: print(f"- {perf_counter() - wall:.0f} s: {line}", flush=True)
    )
    wall, busy = perf_counter() - wall, process_time() - busy
    if made.certified is None:
        raise SystemExit("no certificate was made")
    tell(made.certified)
    print(f"\n{wall:.0f} s wall clock, {busy:.0f} s of processor; roster {made.solution.status}\n", flush=True)


def tell(certificate: ServiceCertificate) -> None:
    """The certificate as lines of Markdown."""
    before, after = certificate.paid_minutes_before / 60, certificate.paid_minutes / 60
    print(f"\n{verdict_text(certificate)} {certificate.reason}")
    print(f"Paid {before:,.1f} h before, {after:,.1f} h after ({100 * certificate.more_paid:+.2f} %);", end=" ")
    print(f"{certificate.replications} replications with seed {certificate.seed}.\n")
    print("| channel | target | before | after | |\n|---|---|---|---|---|")
    for row in map(KeptRow.of, certificate.kept):
        print(f"| {row.channel} | {row.words} | {row.before} | {row.after} | {row.verdict} |")
    print()
    for line in (*(row.words for row in certificate.missing), *robustness_lines(certificate)):
        print(f"- {line}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
