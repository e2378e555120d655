"""The command that asks what chance makes of a roster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wfm.cli.options import Json, Overrides, RosterFile, ScenarioArg, TrainUntil, Weeks, changes_of, writable

Replications = Annotated[int | None, typer.Option(min=2, help="How often the horizon is drawn at random.")]
Precision = Annotated[str | None, typer.Option(help="Go on until every service level is known to this, such as 0.5pp.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Seed of the simulation; the scenario's if left out.")]
Threads = Annotated[int, typer.Option(min=1, max=64, help="Replications at a time; they change no figure.")]
Intervals = Annotated[
    Path | None, typer.Option(callback=writable, help="Write every interval of every channel to this CSV.")
]

chances = typer.Typer()


@chances.command()
def simulate(
    scenario: ScenarioArg,
    roster: RosterFile,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    replications: Replications = None,
    precision: Precision = None,
    seed: Seed = None,
    threads: Threads = 1,
    intervals: Intervals = None,
    json: Json = False,
) -> None:
    """Simulate the service that a roster gives."""
    from wfm.cli.commands.simulate import Chance
    from wfm.cli.commands.simulate import simulate as command

    chance = Chance(seed, replications, precision, threads)
    command(scenario, changes_of(overrides, train_until, weeks), roster, chance, intervals, as_json=json)
