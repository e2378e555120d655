"""The commands with their options; each imports what it needs only when it runs, so that --help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="wfm",
    help="From contact history to a roster that people can live with, and what it does to service.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ScenarioArg = Annotated[Path, typer.Argument(help="A scenario's folder, or its scenario.yaml.")]
Overrides = Annotated[
    list[str] | None, typer.Option("-S", "--set", help="Override a value, such as demand.phone.scale=1.4.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the data as JSON.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of stdout.")]
RosterFile = Annotated[Path, typer.Option("--roster", help="A roster.csv as `wfm roster` and `wfm plan` write it.")]
TrainUntil = Annotated[
    str | None, typer.Option(help="Last date that the forecast may learn from; the horizon starts the day after.")
]
Weeks = Annotated[int | None, typer.Option(help="Weeks to plan.")]


@app.command()
def init(
    name: Annotated[Path, typer.Argument(help="Folder to make; its last part is the scenario's name.")],
    template: Annotated[str | None, typer.Option(help="Copy a shipped scenario, such as helpdesk-24x7.")] = None,
    history: Annotated[Path | None, typer.Option(help="Build the scenario from a raw export.")] = None,
    staff: Annotated[Path | None, typer.Option(help="Staff sheet (CSV or xlsx) for --history.")] = None,
    agents: Annotated[int | None, typer.Option(help="Number of like agents, where there is no staff sheet.")] = None,
    timezone: Annotated[str | None, typer.Option(help="The centre's zone, such as Europe/Madrid.")] = None,
    columns: Annotated[list[str] | None, typer.Option(help="Column of a role, such as time=Start.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read everything, write nothing.")] = False,
) -> None:
    """Make a scenario folder from a template or from a raw export."""
    from wfm.cli.commands.begin import init as command

    command(name, template, history, staff, agents, timezone, columns or [], dry_run=dry_run)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="History export to read.")],
    out: Out = None,
    timezone: Annotated[str | None, typer.Option(help="The centre's zone.")] = None,
    file_timezone: Annotated[str | None, typer.Option(help="Zone of naive times in the file.")] = None,
    step: Annotated[int | None, typer.Option(help="Step of the grid in minutes.")] = None,
    columns: Annotated[list[str] | None, typer.Option(help="Column of a role, such as time=Start.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Read a history export and write it in wfm's own long form."""
    from wfm.cli.commands.begin import import_history as command

    command(file, out, timezone, file_timezone, step, columns or [], dry_run=dry_run, as_json=json)


@app.command()
def forecast(scenario: ScenarioArg, overrides: Overrides = None, json: Json = False) -> None:
    """Forecast contacts and handle time of every channel."""
    from wfm.cli.commands.rooms import forecast as command

    command(scenario, overrides or [], as_json=json)


@app.command()
def staff(scenario: ScenarioArg, overrides: Overrides = None, json: Json = False) -> None:
    """Agents needed in every interval."""
    from wfm.cli.commands.rooms import staff as command

    command(scenario, overrides or [], as_json=json)


@app.command()
def roster(
    scenario: ScenarioArg,
    overrides: Overrides = None,
    out: Out = None,
    seconds: Annotated[float | None, typer.Option(help="Time limit of the solve.")] = None,
    workers: Annotated[int | None, typer.Option(help="Threads of the solve.")] = None,
    json: Json = False,
) -> None:
    """Forecast, staff and roster; print the roster."""
    from wfm.cli.commands.rooms import roster as command

    raise typer.Exit(command(scenario, _limited(overrides, seconds, workers), out, as_json=json))


@app.command()
def simulate(
    scenario: ScenarioArg,
    roster: RosterFile,
    overrides: Overrides = None,
    replications: Annotated[int | None, typer.Option(help="Days drawn at random.")] = None,
    json: Json = False,
) -> None:
    """Simulate the service that a roster gives."""
    from wfm.cli.commands.rooms import simulate as command

    changes = list(overrides or []) + ([] if replications is None else [f"simulate.replications={replications}"])
    command(scenario, changes, roster, as_json=json)


@app.command()
def check(
    scenario: ScenarioArg,
    roster: RosterFile,
    overrides: Overrides = None,
    json: Json = False,
    fail_on: Annotated[str, typer.Option(help="forbidden, any or none: what makes the exit code 1.")] = "forbidden",
) -> None:
    """Audit a roster against all rules of its scenario."""
    from wfm.cli.commands.rooms import check as command

    raise typer.Exit(command(scenario, overrides or [], roster, fail_on, as_json=json))


@app.command()
def explain(
    topic: Annotated[str, typer.Argument(help="A rule or any other kind by its word, or `requirement`.")],
    scenario: Annotated[Path | None, typer.Argument(help="The scenario, for `requirement`.")] = None,
    channel: Annotated[str | None, typer.Option(help="Channel, for `requirement`.")] = None,
    at: Annotated[str | None, typer.Option(help='Local time, such as "2026-12-01 10:00".')] = None,
) -> None:
    """Tell what a rule or kind means, or how the agents needed at one time were computed."""
    from wfm.cli.commands.explain import explain as command

    command(topic, scenario, channel, at)


@app.command()
def plan(
    scenario: ScenarioArg,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    seconds: Annotated[float | None, typer.Option(help="Time limit of the solve.")] = None,
    workers: Annotated[int | None, typer.Option(help="Threads of the solve.")] = None,
    runs: Annotated[Path, typer.Option(help="Folder in which the run gets a folder of its own.")] = Path("runs"),
    json: Json = False,
    fail_on: Annotated[str, typer.Option(help="forbidden, targets or none: what makes the exit code 1.")] = "none",
) -> None:
    """The whole corridor: forecast, staff, roster, simulate, report."""
    from wfm.cli.commands.plan import plan as command

    changes = _limited(overrides, seconds, workers)
    raise typer.Exit(command(scenario, changes, train_until, weeks, runs, fail_on, as_json=json))


@app.command()
def study(
    file: Annotated[Path, typer.Argument(help="A study.yaml beside its scenario.")],
    overrides: Overrides = None,
    workers: Annotated[int, typer.Option(help="Variants at a time, each in a process of its own.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for comparison.html and comparison.csv.")] = None,
    json: Json = False,
) -> None:
    """Run what-ifs and compare them."""
    from wfm.cli.commands.plan import study as command

    command(file, overrides or [], workers, out, as_json=json)


@app.command()
def report(
    plan: Annotated[Path, typer.Argument(help="A plan.json, or the run's folder.")],
    view: Annotated[list[str] | None, typer.Option(help="View to write; all where left out.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to; the plan's own where left out.")] = None,
) -> None:
    """Write the views of a saved plan again."""
    from wfm.cli.commands.plan import report as command

    command(plan, view or [], out)


@app.command()
def erlang(
    volume: Annotated[float | None, typer.Option(help="Contacts in the interval.")] = None,
    interval: Annotated[str, typer.Option(help="Length of the interval, such as 30m.")] = "30m",
    aht: Annotated[str | None, typer.Option(help="Handle time, such as 240 or 4m.")] = None,
    target: Annotated[str, typer.Option(help="Service level, such as 80/20 or 80% in 20s.")] = "80/20",
    patience: Annotated[
        str | None, typer.Option(help="Mean patience, such as 180 or 3m; none: nobody abandons.")
    ] = None,
    shrinkage: Annotated[str, typer.Option(help="Share of paid time lost, such as 30%.")] = "0",
    table: Annotated[Path | None, typer.Option(help="Compute a CSV table of cases.")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Agents for one interval, with the numbers around the answer."""
    from wfm.cli.commands.erlang import erlang as command
    from wfm.cli.commands.erlang import erlang_file

    if table is not None:
        erlang_file(table, out)
    else:
        command(volume, interval, aht, target, patience, shrinkage, as_json=json)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    store: Annotated[Path, typer.Option(help="SQLite file that keeps plans and jobs.")] = Path("wfm.db"),
) -> None:
    """Serve the HTTP API and the planner's page."""
    from wfm.cli.commands.serve import serve as command

    command(host, port, store)


@app.command()
def schema(kind: Annotated[str, typer.Argument(help="scenario or study.")] = "scenario") -> None:
    """Print the JSON Schema of a file that people write."""
    from wfm.cli.commands.explain import schema as command

    command(kind)


@app.command()
def doctor(json: Json = False) -> None:
    """Tell whether this installation can work: versions, solver, time zones, a tiny solve."""
    from wfm.cli.commands.doctor import doctor as command

    raise typer.Exit(command(as_json=json))


@app.command()
def version() -> None:
    """Print the version."""
    import wfm

    typer.echo(wfm.__version__)


def _limited(overrides: list[str] | None, seconds: float | None, workers: int | None) -> list[str]:
    """Overrides with the limits of the solve that were given as options."""
    limits = {"solve.seconds": seconds, "solve.workers": workers}
    return [*(overrides or []), *(f"{key}={value}" for key, value in limits.items() if value is not None)]
