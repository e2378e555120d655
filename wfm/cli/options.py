"""Options that several commands share, and the overrides that some of them stand for."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

LONGEST_SECONDS, MOST_WORKERS = 86_400, 64


def writable(path: Path | None) -> Path | None:
    """Refuse, before any work, a file that could not be written after it."""
    if path is not None and not path.is_char_device() and not path.is_fifo():
        if path.is_dir():
            raise typer.BadParameter(f"expected a file, came the folder {path}.")
        if not path.parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.parent}; make it first.")
        if not os.access(path.parent, os.W_OK):
            raise typer.BadParameter(f"the folder {path.parent} cannot be written to.")
    return path


def writable_folder(path: Path) -> Path:
    """Refuse, before any work, a folder that could not be made or written to after it."""
    there = next(place for place in (path, *path.absolute().parents) if place.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        raise typer.BadParameter(f"expected a folder that can be written to, came {there}.")
    return path


def _seconds(value: float | None) -> float | None:
    if value is not None and not 0 < value <= LONGEST_SECONDS:
        raise typer.BadParameter(f"expected seconds above 0 and at most {LONGEST_SECONDS:,}, came {value:g}.")
    return value


ScenarioArg = Annotated[Path, typer.Argument(help="A scenario's folder, or its scenario.yaml.")]
Overrides = Annotated[
    list[str] | None, typer.Option("-S", "--set", help="Override a value, such as demand.phone.scale=1.4.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the data as JSON.")]
Out = Annotated[Path | None, typer.Option("--out", callback=writable, help="Write to this file instead of stdout.")]
RosterFile = Annotated[
    Path,
    typer.Option("--roster", help="A roster.csv, roster.xlsx, plan.json or published version, or a run's folder."),
]
TrainUntil = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], help="Last date that the forecast may learn from; the horizon starts the day after."
    ),
]
Weeks = Annotated[int | None, typer.Option(min=1, max=52, help="Weeks to plan.")]
Seconds = Annotated[float | None, typer.Option(callback=_seconds, help="Time limit of the solve.")]
Workers = Annotated[int | None, typer.Option(min=1, max=MOST_WORKERS, help="Threads of the solve.")]
Certify = Annotated[
    bool, typer.Option("--certify", help="Correct the roster until its targets are kept in the simulation.")
]
Runs = Annotated[Path, typer.Option(callback=writable_folder, help="Folder in which the run gets a folder of its own.")]


def changes_of(
    overrides: list[str] | None,
    train_until: datetime | None,
    weeks: int | None,
    seconds: float | None = None,
    workers: int | None = None,
) -> list[str]:
    """Overrides, with those that the options stand for: the horizon begins on the day after the training ends.

    The roster before the horizon that was is then not the one before. Who asks for seconds wants the clock to count, not steps.
    """
    made = [*(overrides or [])]
    if train_until is not None:
        first = train_until.date() + timedelta(days=1)
        made += [f"forecast.train_until={train_until.date()}", f"horizon.start={first}", "before=null"]
    if weeks is not None:
        made += [f"horizon.weeks={weeks}", "horizon.days=null"]
    if seconds is not None:
        made += [f"solve.seconds={seconds}", "solve.steps=null"]
    if workers is not None:
        made += [f"solve.workers={workers}"]
    return made
