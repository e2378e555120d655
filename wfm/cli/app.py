"""The commands with their options; each imports what it needs only when it runs, so that --help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from wfm.cli.chances import chances
from wfm.cli.changing import changing
from wfm.cli.options import (
    Certify,
    Json,
    Out,
    Overrides,
    Runs,
    ScenarioArg,
    Seconds,
    TrainUntil,
    Weeks,
    Workers,
    changes_of,
    writable,
)
from wfm.cli.rostering import rostering
from wfm.cli.telling import telling

app = typer.Typer(
    name="wfm",
    help="From contact history to a roster that people can live with, and what it does to service.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def init(
    name: Annotated[Path, typer.Argument(help="Folder to make; its last part is the scenario's name.")],
    template: Annotated[str | None, typer.Option(help="Copy a shipped scenario, such as helpdesk-24x7.")] = None,
    history: Annotated[Path | None, typer.Option(help="Build the scenario from a raw export.")] = None,
    staff: Annotated[Path | None, typer.Option(help="Staff sheet (CSV or xlsx) for --history.")] = None,
    agents: Annotated[
        int | None, typer.Option(min=1, help="Number of like agents, where there is no staff sheet.")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="The centre's zone, such as Europe/Madrid.")] = None,
    columns: Annotated[list[str] | None, typer.Option(help="Column of a role, such as start=Begin.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read everything, write nothing.")] = False,
) -> None:
    """Make a scenario folder from a template or from a raw export."""
    from wfm.cli.commands import begin as command

    if not name.name:
        raise typer.BadParameter("NAME is a new folder.")
    if (template is None) == (history is None):
        raise typer.BadParameter("init needs either --template NAME or --history FILE.")
    if history is None:
        command.init_from_template(name, str(template), dry_run=dry_run)
    elif (staff is None) == (agents is None):
        raise typer.BadParameter("--history needs either --staff FILE or --agents N beside it.")
    else:
        command.init_from_history(name, history, staff, agents or 0, timezone, columns or [], dry_run=dry_run)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="History export to read.")],
    out: Out = None,
    timezone: Annotated[str | None, typer.Option(help="The centre's zone.")] = None,
    file_timezone: Annotated[str | None, typer.Option(help="Zone of naive times in the file.")] = None,
    step: Annotated[int | None, typer.Option(help="Step of the grid in minutes.")] = None,
    columns: Annotated[list[str] | None, typer.Option(help="Column of a role, such as start=Begin.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Read a history export and write it in wfm's own long form."""
    from wfm.cli.commands.begin import import_history as command

    command(file, out, timezone, file_timezone, step, columns or [], dry_run=dry_run, as_json=json)


@app.command()
def forecast(
    scenario: Annotated[
        Path | None,
        typer.Argument(help="A scenario's folder, or its scenario.yaml; not needed to score with --actuals."),
    ] = None,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    explain: Annotated[
        str | None, typer.Option(help='Tell how a day or time comes about: 2026-12-24, or "2026-12-24 10:00".')
    ] = None,
    channel: Annotated[str | None, typer.Option(help="Channel to explain; all where left out.")] = None,
    findings: Annotated[bool, typer.Option("--findings", help="List what looks odd in the history.")] = False,
    events: Annotated[bool, typer.Option("--events", help="Tell what past events really did.")] = False,
    save: Annotated[Path | None, typer.Option(callback=writable, help="Freeze the forecast in this new file.")] = None,
    score: Annotated[
        list[Path] | None, typer.Option(help="Score this frozen forecast by lead time; may repeat.")
    ] = None,
    actuals: Annotated[
        Path | None, typer.Option(help="What came, for --score; the scenario's history if left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Forecast contacts and handle time of every channel; explain, freeze or score forecasts."""
    from wfm.cli.commands import forecast as command

    changes = changes_of(overrides, train_until, weeks)
    if sum(map(bool, (explain, findings, events, save, score))) > 1:
        raise typer.BadParameter("--explain, --findings, --events, --save, --score: one at a time.")
    if channel is not None and explain is None:
        raise typer.BadParameter("--channel goes with --explain.")
    if actuals is not None and score is None:
        raise typer.BadParameter("--actuals goes with --score.")
    if score is not None:
        if scenario is None and actuals is None:
            raise typer.BadParameter("--score needs SCENARIO, or --actuals with what came.")
        command.score(scenario, changes, score, actuals, as_json=json)
    elif scenario is None:
        raise typer.BadParameter("forecast needs SCENARIO.")
    elif save is not None:
        command.freeze(scenario, changes, save)
    elif findings or events:
        tell = command.findings if findings else command.events
        tell(scenario, changes, as_json=json)
    elif explain is not None:
        command.explain(scenario, changes, explain, channel, as_json=json)
    else:
        command.forecast(scenario, changes, as_json=json)


@app.command()
def intraday(
    scenario: ScenarioArg,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    at: Annotated[
        str | None, typer.Option(help='Local time, such as "2026-12-01 12:00"; the end of the actuals if left out.')
    ] = None,
    actuals: Annotated[
        Path | None, typer.Option(help="Counts of the day so far, as the history is written; its own if left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Forecast the rest of a day anew from what has arrived."""
    from wfm.cli.commands.intraday import intraday as command

    command(scenario, changes_of(overrides, train_until, None), actuals, at, as_json=json)


@app.command()
def staff(
    scenario: ScenarioArg,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    json: Json = False,
) -> None:
    """Agents needed in every interval."""
    from wfm.cli.commands.rooms import staff as command

    command(scenario, changes_of(overrides, train_until, weeks), as_json=json)


@app.command()
def groups(
    file: Annotated[Path, typer.Argument(help="YAML file with call types and skill groups.")],
    seed: Annotated[int, typer.Option(help="Seed of the simulated calls.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Threads of the simulation; they change no answer.")] = 2,
    json: Json = False,
) -> None:
    """Agents of every skill group: the cheapest mix found, certified by simulation, beside a bound."""
    from wfm.cli.commands.groups import groups as command

    raise typer.Exit(command(file, seed, workers, as_json=json))


@app.command()
def plan(
    context: typer.Context,
    scenario: ScenarioArg,
    overrides: Overrides = None,
    train_until: TrainUntil = None,
    weeks: Weeks = None,
    seconds: Seconds = None,
    workers: Workers = None,
    runs: Runs = Path("runs"),
    certify: Certify = False,
    json: Json = False,
    fail_on: Annotated[
        Literal["targets", "none"],
        typer.Option(help="targets: the exit code is 1 where one is missed, or not certified."),
    ] = "none",
) -> None:
    """The whole corridor: forecast, staff, roster, simulate, report."""
    from wfm.cli.commands.plan import plan as command

    changes = changes_of(overrides, train_until, weeks, seconds, workers)
    missed_fails = fail_on == "targets"
    code = command(scenario, changes, runs, context.obj, certify=certify, fail_on_missed=missed_fails, as_json=json)
    raise typer.Exit(code)


@app.command()
def study(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A study.yaml beside its scenario.")],
    overrides: Overrides = None,
    workers: Annotated[int, typer.Option(min=1, help="Variants at a time, each in a process of its own.")] = 1,
    runs: Runs = Path("runs"),
    json: Json = False,
) -> None:
    """Run what-ifs and compare them."""
    from wfm.cli.commands.study import study as command

    raise typer.Exit(command(file, overrides or [], workers, runs, context.obj, as_json=json))


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
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")] = 8000,
    store: Annotated[Path, typer.Option(help="SQLite file that keeps plans and jobs.")] = Path("wfm.sqlite"),
) -> None:
    """Serve the HTTP API to this machine."""
    from wfm.cli.commands.serve import serve as command

    command(host, port, store)


app.add_typer(rostering)
app.add_typer(chances)
app.add_typer(telling)
app.add_typer(changing)
