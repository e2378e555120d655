"""A published roster instance as a problem and rules that the roster engine solves like any other."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from wfm.domain import Fault, InputError, Instance, NotFound, Roster
from wfm.importers import INSTANCE_FORMATS, InstanceFormat, SolutionFormat
from wfm.schedule import RosterProblem, Rule
from wfm.study.scenario import AnyRule
from wfm.study.wording import halves, split

_RULES: TypeAdapter[tuple[Rule, ...]] = TypeAdapter(tuple[AnyRule, ...])


def read_instance(path: Path, form: str) -> tuple[RosterProblem, tuple[Rule, ...]]:
    """The problem and the rules of an instance file in a format such as ``curtois``.

    Raises InputError with every fault of the file, NotFound where there is no such format.
    """
    instance = _format(form).read(path)
    try:
        return instance_problem(instance), instance_rules(instance)
    except ValidationError as error:
        rows = ((*halves(row), ".".join(map(str, row["loc"][1:]))) for row in error.errors())
        raise InputError(
            [Fault(expected, came, file=path.name, column=place) for expected, came, place in rows]
        ) from error
    except ValueError as error:
        raise InputError([Fault(*split(str(error), ""), file=path.name)]) from error


def read_solution(path: Path, form: str, folder: Path) -> Roster:
    """The roster of a published solution of an instance, in the files of a folder as the format has them.

    Raises InputError with every fault, and where the format has no such files; NotFound where there is no such format.
    """
    reader = _format(form)
    if not isinstance(reader, SolutionFormat):
        raise InputError(
            [Fault("a file of agent, date and shift as a roster of this format", "a folder", file=folder.name)]
        )
    return reader.solution(reader.read(path), folder)


def _format(form: str) -> InstanceFormat:
    formats = {one.kind: one for one in INSTANCE_FORMATS}
    if form not in formats:
        raise NotFound(f"No format of roster instances is called {form}; there are {', '.join(formats)}.")
    return formats[form]


def instance_problem(instance: Instance) -> RosterProblem:
    """People and shifts without channels: nobody serves contacts, so that the rules alone say what a roster is worth."""
    return RosterProblem(
        grid=instance.grid,
        channels=(),
        requirements=(),
        workforce=instance.workforce,
        templates=instance.templates,
        before=instance.before,
    )


def instance_rules(instance: Instance) -> tuple[Rule, ...]:
    """The rules of an instance's sheets; raises ValueError where one asks for what there is not."""
    rules = _RULES.validate_python(instance.rules)
    for rule in rules:
        rule.check(instance.workforce, instance.templates)
    return rules
