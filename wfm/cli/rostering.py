"""The commands that make a roster and that audit one, of a scenario or of a published instance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from wfm.cli.changing import Absent, Against, ChangeCost, From
from wfm.cli.options import Json, Out, Overrides, RosterFile, Seconds, TrainUntil, Weeks, Workers, changes_of

rostering = typer.Typer()
Problem = Annotated[
    Path, typer.Argument(help="A scenario's folder, or its scenario.yaml; with --format an instance file.")
]
Format = Annotated[
    str | None, typer.Option("--format", help="The file is a roster instance of the literature, such as curtois.")
]
Start = Annotated[Path | None, typer.Option("--start", help="An earlier roster of the same problem, to go on from.")]


@rostering.command()
def roster(
    scenario: Problem,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    out: Out = None,
    seconds: Seconds = None,
    workers: Workers = None,
    start: Start = None,
    published: From = None,
    change_cost: ChangeCost = None,
    absent: Absent = None,
    form: Format = None,
    json: Json = False,
) -> None:
    """Forecast, staff and roster; print the roster."""
    from wfm.cli.commands import changing, rooms

    changes = changes_of(overrides, train_until, weeks, seconds, workers)
    if published is None and (change_cost is not None or absent):
        raise typer.BadParameter("--change-cost and --absent go with --from.")
    if published is not None and start is not None:
        raise typer.BadParameter("--start and --from: one at a time.")
    if form is not None:
        from wfm.cli.commands.instance import roster as command

        if published is not None or train_until or weeks:
            raise typer.BadParameter(
                "--format goes with --seconds, --workers, -S solve..., --start, --out and --json only."
            )
        raise typer.Exit(command(scenario, form, changes, start, out, as_json=json))
    if published is not None:
        code = changing.replan(scenario, changes, published, change_cost, absent or [], out, as_json=json)
        raise typer.Exit(code)
    raise typer.Exit(rooms.roster(scenario, changes, out, start, as_json=json))


@rostering.command()
def check(
    scenario: Problem,
    roster: RosterFile,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    against: Against = None,
    form: Format = None,
    json: Json = False,
    fail_on: Annotated[
        Literal["forbidden", "any", "none"], typer.Option(help="Breaches that make the exit code 1.")
    ] = "forbidden",
) -> None:
    """Audit a roster against all rules of its scenario."""
    from wfm.cli.commands import rooms

    if form is not None:
        from wfm.cli.commands.instance import check as command

        if against is not None or overrides or train_until or weeks:
            raise typer.BadParameter("--format goes with --roster, --fail-on and --json only.")
        raise typer.Exit(command(scenario, form, roster, fail_on, as_json=json))
    changes = changes_of(overrides, train_until, weeks)
    raise typer.Exit(rooms.check(scenario, changes, roster, against, fail_on, as_json=json))
