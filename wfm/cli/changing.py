"""The commands around a published roster: publish it, tell what differs, and who can swap or take a shift."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wfm.cli.options import Json, Overrides, RosterFile, ScenarioArg, TrainUntil, Weeks, changes_of, writable

changing = typer.Typer()
swap = typer.Typer(help="Swaps of shifts between two agents.", no_args_is_help=True)
Against = Annotated[Path | None, typer.Option(help="The roster before the edit: tell what the edit breaks and costs.")]
From = Annotated[
    Path | None, typer.Option("--from", help="Replan this published roster with the fewest changes that pay.")
]
ChangeCost = Annotated[float | None, typer.Option(min=0, help="Contacts that a changed cell has to bring, for --from.")]
Absent = Annotated[
    list[str] | None, typer.Option(help="Who cannot come, such as A07:2026-12-01..2026-12-02, for --from.")
]


@changing.command()
def publish(
    roster: Annotated[Path, typer.Argument(help="A run's folder, its plan.json, or an edited roster.")],
    out: Annotated[
        Path,
        typer.Option("--out", callback=writable, help="New file for the version; an existing one is never changed."),
    ],
    by: Annotated[str, typer.Option("--by", help="Who publishes it.")],
    after: Annotated[Path | None, typer.Option("--after", help="The published version that this one follows.")] = None,
    scenario: Annotated[Path | None, typer.Option("--scenario", help="What the roster is for; a run knows it.")] = None,
    note: Annotated[str, typer.Option("--note", help="What agents are told about it.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Publish it though it breaks forbidden rules.")] = False,
) -> None:
    """Seal a roster as an immutable version; tell what differs from the version that it follows."""
    from wfm.cli.commands.changing import publish as command

    if not by.strip():
        raise typer.BadParameter("--by needs the name of who publishes.")
    command(roster, scenario, after, out, by, note, anyway=anyway)


@changing.command()
def diff(
    before: Annotated[Path, typer.Argument(help="A roster: csv, xlsx, plan.json, a version, or a run's folder.")],
    after: Annotated[Path, typer.Argument(help="The other roster.")],
    scenario: Annotated[
        Path | None, typer.Option("--scenario", help="Whose rosters they are, for csv and xlsx.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell who must be told what; the exit code is 1 where rosters differ."""
    from wfm.cli.commands.changing import diff as command

    raise typer.Exit(command(before, after, scenario, as_json=json))


@changing.command()
def cover(
    scenario: ScenarioArg,
    agent: Annotated[str, typer.Argument(help="Whose shift needs somebody else.")],
    date: Annotated[str, typer.Argument(help="Local date on which it starts, such as 2026-12-03.")],
    roster: RosterFile,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    json: Json = False,
) -> None:
    """Rank who can take a shift, with the reasons of those who cannot."""
    from wfm.cli.commands.changing import cover as command

    command(scenario, changes_of(overrides, train_until, weeks), roster, agent, date, as_json=json)


@swap.command()
def check(
    scenario: ScenarioArg,
    one: Annotated[str, typer.Argument(help="Agent and date, such as A07:2026-12-03.")],
    other: Annotated[str, typer.Argument(help="Agent and date of the other shift.")],
    roster: RosterFile,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    json: Json = False,
) -> None:
    """Tell whether two agents may take each other's shifts, and what that does; the exit code is 1 where they may not."""
    from wfm.cli.commands.changing import swap as command

    code = command(scenario, changes_of(overrides, train_until, weeks), roster, one, other, as_json=json)
    raise typer.Exit(code)


changing.add_typer(swap, name="swap")
