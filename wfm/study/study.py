"""A study: one scenario under several settings of the levers, compared side by side."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, Union

from pydantic import Field, ValidationError, model_validator

from wfm.domain import Fault, InputError, Name, NotFound, Noun, Refused
from wfm.study.comparison import StudyResult, VariantRow, row_of_plan, row_of_requirements
from wfm.study.folder import SCENARIO_FILE, read_scenario
from wfm.study.lever import Lever
from wfm.study.levers import LEVERS
from wfm.study.pipeline import forecast_all, plan, require_all
from wfm.study.scenario import Scenario
from wfm.study.wording import faults, validated
from wfm.study.yaml_text import Document, read_yaml

if TYPE_CHECKING:
    AnyLever = Lever
else:
    AnyLever = Annotated[Union[LEVERS], Field(discriminator="kind")]  # noqa: UP007 - built from the tuple of kinds

Depth = Literal["staffing", "roster"]
"""staffing: forecast and requirement only; roster: the whole corridor with roster and simulation."""


class Variant(Noun):
    """One setting of the levers, moved in order; none moved is the base."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    levers: tuple[AnyLever, ...] = ()

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario with all levers of the variant moved."""
        for lever in self.levers:
            scenario = lever.apply(scenario)
        return scenario


class StudySheet(Noun):
    """The whole file of a study; its scenario is the folder it lies in."""

    api_version: Literal["wfm/v1"] = Field(alias="apiVersion")
    name: Name
    depth: Depth = "roster"
    variants: Annotated[tuple[Variant, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [variant.name for variant in self.variants]
        if len(set(names)) < len(names):
            raise ValueError(f"expected every variant under its own name, came {', '.join(names)}")
        return self


class Study(Noun):
    """A scenario and the variants to compare."""

    name: Name
    scenario: Scenario
    depth: Depth = "roster"
    variants: Annotated[tuple[Variant, ...], Field(min_length=1, max_length=200)]


OnVariant = Callable[[VariantRow], None]


def read_study(file: Path, overrides: tuple[str, ...] = ()) -> Study:
    """The study in a file, with the scenario of its folder; raises NotFound without a file, InputError with all faults.

    Every lever is moved once, so that a variant that cannot be is told now and not after the others have run.
    """
    if not file.is_file():
        raise NotFound(f"There is no study {file}. A study is a YAML file beside {SCENARIO_FILE}.")
    document = read_yaml(file)
    sheet = validated(StudySheet, document)
    scenario = read_scenario(file.parent / SCENARIO_FILE, overrides)
    found = [fault for k, row in enumerate(sheet.variants) for fault in _faults_of(row, scenario, document, k)]
    if found:
        raise InputError(found)
    return Study(name=sheet.name, scenario=scenario, depth=sheet.depth, variants=sheet.variants)


def _faults_of(variant: Variant, scenario: Scenario, document: Document, position: int) -> Iterator[Fault]:
    path = "variants", position
    try:
        variant.of(scenario)
    except (NotFound, Refused) as error:
        yield document.fault(path, "levers that the scenario can follow", str(error).rstrip("."))
    except ValidationError as error:
        yield from faults(Scenario, error, document, path)


def run_study(study: Study, *, workers: int = 1, on_variant: OnVariant | None = None) -> StudyResult:
    """Run every variant, ``workers`` at a time in processes of their own; rows keep the study's order whatever finishes first."""
    rows: list[VariantRow] = []
    for row in _rows(study, min(workers, len(study.variants))):
        rows.append(row)
        if on_variant:
            on_variant(row)
    return StudyResult(study=study.name, scenario=study.scenario.name, rows=tuple(rows))


def run_variant(scenario: Scenario, variant: Variant, depth: Depth) -> VariantRow:
    """One variant through staffing only or through roster and simulation."""
    moved, words = variant.of(scenario), tuple(lever.words for lever in variant.levers)
    if depth == "staffing":
        return row_of_requirements(variant.name, words, require_all(moved, forecast_all(moved)))
    return row_of_plan(variant.name, words, plan(moved))


def _rows(study: Study, workers: int) -> Iterator[VariantRow]:
    count = len(study.variants)
    arguments = ([study.scenario] * count, study.variants, [study.depth] * count)
    if workers <= 1:
        yield from map(run_variant, *arguments)
        return
    # Spawned, not forked: a fork copies the solver's threads in an unknown state.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_leave_ctrl_c_to_the_parent) as pool:
        yield from pool.map(run_variant, *arguments)


def _leave_ctrl_c_to_the_parent() -> None:
    """A terminal sends Ctrl-C to all processes at once; the one that shows the comparison decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
