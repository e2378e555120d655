"""`wfm simulate`: what service the roster of a file gives, in all, by group of agents and by interval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from wfm.cli.talk import out_nouns, save
from wfm.domain import Fault, InputError
from wfm.report import intervals_csv, performance_text, read_roster
from wfm.study import forecast_all, read_scenario, simulation

MOST_POINTS = 50


class Chance(NamedTuple):
    """How chance is drawn: seed and replications of the scenario where None, a half width to reach, and threads."""

    seed: int | None
    replications: int | None
    precision: str | None
    threads: int


def simulate(
    folder: Path, overrides: Sequence[str], file: Path, chance: Chance, intervals: Path | None, *, as_json: bool
) -> None:
    """Simulate the roster of a file; print what service it gives, and write its course to ``intervals`` where asked for."""
    half = None if chance.precision is None else precision_of(chance.precision)
    scenario = read_scenario(folder, overrides)
    replications = scenario.replications if chance.replications is None else chance.replications
    if replications == 0:
        raise InputError([Fault("at least two replications", "0", "Set simulate.replications.")])
    measured = simulation(
        scenario,
        forecast_all(scenario),
        read_roster(file, scenario),
        scenario.limits.seed if chance.seed is None else chance.seed,
        replications,
        precision=half,
        workers=chance.threads,
    )
    if intervals is not None:
        save(intervals, intervals_csv(measured))
    out_nouns((measured,), as_json, lambda: "\n".join(performance_text(measured)))


def precision_of(text: str) -> float:
    """A half width as a share: ``0.5pp`` and ``0.5%`` are half a point."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:pp|%)\s*", text)
    if match is None or not 0 < float(match[1]) < MOST_POINTS:
        raise InputError(
            [Fault("a half width in points such as 0.5pp, above 0 and below 50", repr(text), file="--precision")]
        )
    return float(match[1]) / 100
