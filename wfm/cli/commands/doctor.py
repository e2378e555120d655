"""`wfm doctor`: whether this installation can work."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from wfm.cli.exits import Exit
from wfm.cli.talk import out, out_json

PACKAGES = ("wfm", "ortools", "numpy", "scipy", "numba", "pydantic", "fastapi", "sqlalchemy", "holidays", "tzdata")


def doctor(*, as_json: bool) -> int:
    """Versions, then checks that really use the solver, the zones, the compiler and the database; exit 1 where one fails."""
    versions = {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}
    checks = {name: _checked(check) for name, check in CHECKS.items()}
    if as_json:
        out_json({"versions": versions, "checks": checks})
    else:
        lines = [f"{name:12} {found}" for name, found in versions.items()]
        lines += [f"{name:12} {fault or 'ok'}" for name, fault in checks.items()]
        out("\n".join(lines))
    return Exit.FINDINGS if any(checks.values()) or "missing" in versions.values() else Exit.OK


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _checked(check: Callable[[], bool]) -> str:
    """An empty text where a check holds, else what went wrong: a doctor reports every failure instead of dying of the first."""
    try:
        return "" if check() else "wrong result"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _zones() -> bool:
    from wfm.domain import Day

    return Day(date=date(2026, 10, 25), zone="Europe/Madrid").minutes == 25 * 60


def _erlang() -> bool:
    from wfm.staffing import erlang_b

    return abs(float(erlang_b(1.0, 1)) - 0.5) < 1e-9


def _solver() -> bool:
    """One agent, one day, one kind of shift, no demand: the whole schedule room in miniature."""
    from wfm.domain import Agent, Contract, ShiftTemplate, TimeGrid, Workforce
    from wfm.schedule import Limits, RosterProblem, solve
    from wfm.schedule.rules import ShiftForm

    problem = RosterProblem(
        grid=TimeGrid.of_days(date(2026, 11, 30), 1, 60, "Europe/Madrid"),
        channels=(),
        requirements=(),
        workforce=Workforce(
            contracts=(Contract(name="full", week_minutes=2_400),), agents=(Agent(id="A1", contract="full"),)
        ),
        templates=(ShiftTemplate(name="day", starts=(540,), minutes=480),),
    )
    return not solve(problem, [ShiftForm()], Limits(steps=1)).forbidden_breaches


def _store() -> bool:
    import sqlite3

    return sqlite3.sqlite_version_info >= (3, 35)


def _platform() -> bool:
    return sys.version_info >= (3, 11)


CHECKS: dict[str, Callable[[], bool]] = {
    "platform": _platform,
    "time zones": _zones,
    "staffing": _erlang,
    "solver": _solver,
    "database": _store,
}
