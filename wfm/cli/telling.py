"""The commands that tell rather than plan: explanations, the calculator, backtests, schemas, the state of the installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from wfm.cli.options import Json, Out, Overrides, RosterFile, ScenarioArg, Seconds, Weeks, changes_of, writable

telling = typer.Typer()


@telling.command()
def explain(
    topic: Annotated[
        str, typer.Argument(help="A rule, pack or other kind by its word, a rule by its id, or `requirement`.")
    ],
    scenario: Annotated[Path | None, typer.Argument(help="The scenario, for `requirement`.")] = None,
    channel: Annotated[str | None, typer.Option(help="Channel, for `requirement`.")] = None,
    at: Annotated[str | None, typer.Option(help='Local time, such as "2026-12-01 10:00".')] = None,
    xlsx: Annotated[
        Path | None, typer.Option(callback=writable, help="Write the working as a sheet of live formulas.")
    ] = None,
    overrides: Overrides = None,
) -> None:
    """Tell what a rule or kind means, or how the agents needed at one time were computed."""
    from wfm.cli.commands import explain as command

    if topic != "requirement":
        command.explain_kind(topic)
    elif scenario is None or channel is None or at is None:
        raise typer.BadParameter('requirement needs SCENARIO --channel phone --at "2026-12-01 10:00".')
    else:
        command.explain_requirement(scenario, overrides or [], channel, at, xlsx)


@telling.command()
def fairness(
    scenario: ScenarioArg,
    roster: RosterFile,
    overrides: Overrides = None,
    weeks: Weeks = None,
    price: Annotated[
        bool, typer.Option("--price", help="Solve with and without the rules on fairness, and compare.")
    ] = False,
    seconds: Seconds = None,
    export: Annotated[
        Path | None, typer.Option(callback=writable, help="Write the ledger with this period to this CSV.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell what a roster asks of each agent beside a fair share, and why wishes were refused."""
    from wfm.cli.commands.fairness import fairness as command

    command(scenario, changes_of(overrides, None, weeks, seconds), roster, export, price=price, as_json=json)


@telling.command()
def requests(
    scenario: ScenarioArg,
    file: Annotated[Path, typer.Argument(help="Requests for time off: agent,first,last,kind,points.")],
    quota: Annotated[int, typer.Option(min=0, help="How many may be off on one day.")],
    overrides: Overrides = None,
    out: Annotated[
        Path | None, typer.Option(callback=writable, help="Write all time off with the approved to this CSV.")
    ] = None,
    json: Json = False,
) -> None:
    """Approve or refuse requests for time off within a quota, with the reason and other dates."""
    from wfm.cli.commands.requests import requests as command

    command(scenario, overrides or [], file, quota, out, as_json=json)


@telling.command()
def erlang(
    volume: Annotated[float | None, typer.Option(min=0, help="Contacts in the interval.")] = None,
    interval: Annotated[str, typer.Option(help="Length of the interval, such as 30m.")] = "30m",
    aht: Annotated[str | None, typer.Option(help="Handle time, such as 240 or 4m.")] = None,
    target: Annotated[str, typer.Option(help="Service level, such as 80/20 or 80% in 20s.")] = "80/20",
    of: Annotated[
        str, typer.Option(help="Over what: offered, answered, offered_less_short_abandons or answered_or_abandoned.")
    ] = "offered",
    wait: Annotated[str | None, typer.Option(help="Average wait of all contacts at most, such as 15s.")] = None,
    abandon: Annotated[str | None, typer.Option(help="Abandonment at most, such as 5%.")] = None,
    occupancy: Annotated[str | None, typer.Option(help="Occupancy at most, such as 85%.")] = None,
    patience: Annotated[
        str | None, typer.Option(help="Mean patience, such as 180 or 3m; none: nobody abandons.")
    ] = None,
    shrinkage: Annotated[str, typer.Option(help="Share of paid time lost, such as 30%.")] = "0",
    wrap_up: Annotated[str, typer.Option(help="Work after the contact, added to the handle time, such as 30s.")] = "0",
    minimum: Annotated[int, typer.Option(min=0, help="Fewest agents on duty.")] = 0,
    redial: Annotated[str, typer.Option(help="Share of those who abandon that calls again, such as 40%.")] = "0",
    repeat: Annotated[str, typer.Option(help="Share of the answered that calls again, such as 10%.")] = "0",
    table: Annotated[Path | None, typer.Option(help="Compute a CSV table of cases.")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Agents for one interval, with the numbers around the answer."""
    from wfm.cli.commands import erlang as command

    if table is not None:
        command.erlang_file(table, out)
    elif volume is None or aht is None:
        raise typer.BadParameter("erlang needs --volume and --aht, or --table FILE.")
    else:
        asked = command.Question(
            volume=volume,
            interval=interval,
            aht=aht,
            target=target,
            of=of,
            wait=wait,
            abandon=abandon,
            occupancy=occupancy,
            patience=patience,
            shrinkage=shrinkage,
            wrap_up=wrap_up,
            minimum=minimum,
            redial=redial,
            repeat=repeat,
        )
        command.erlang(asked, as_json=json)


@telling.command()
def backtest(
    source: Annotated[Path, typer.Argument(help="A history export, or a scenario's folder.")],
    columns: Annotated[
        list[str] | None, typer.Option(help="Columns, such as time=Start,offered=Calls (A+B adds columns up).")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="The centre's zone; naive times are local to it.")] = None,
    file_timezone: Annotated[str | None, typer.Option(help="Zone of naive times in the file, where another.")] = None,
    step: Annotated[str, typer.Option(help="Interval to score, such as 30m.")] = "30m",
    horizon: Annotated[str, typer.Option(help="How far ahead, such as 8w.")] = "8w",
    origins: Annotated[int, typer.Option(min=1, max=52, help="Rolling origins.")] = 8,
    country: Annotated[
        str | None, typer.Option(help="Holidays of a country, or country-region, such as ES-MD.")
    ] = None,
    method: Annotated[str, typer.Option(help="auto, all, or the word of a method.")] = "auto",
    json: Json = False,
) -> None:
    """How good forecasts of the past would have been, beside the mean of four weeks."""
    from wfm.cli.commands.backtest import backtest as command

    command(source, columns or [], timezone, file_timezone, step, horizon, origins, country, method, as_json=json)


@telling.command()
def schema(
    kind: Annotated[Literal["scenario", "study"], typer.Argument(help="Which file.")] = "scenario",
) -> None:
    """Print the JSON Schema of a file that people write."""
    from wfm.cli.commands.explain import schema as command

    command(kind)


@telling.command()
def doctor(json: Json = False) -> None:
    """Tell whether this installation can work: versions, solver, time zones, a tiny solve."""
    from wfm.cli.commands.doctor import doctor as command

    raise typer.Exit(command(as_json=json))


@telling.command()
def version() -> None:
    """Print the version."""
    import wfm

    typer.echo(wfm.__version__)
