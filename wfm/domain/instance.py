"""A published roster problem: people, shifts and rules in the words of a scenario, without contacts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from wfm.domain.noun import Name, Noun
from wfm.domain.roster import Assignment
from wfm.domain.shift import ShiftTemplate
from wfm.domain.time import TimeGrid
from wfm.domain.workforce import Workforce

RuleSheet = dict[str, JsonValue]
"""A rule as a scenario file writes it: its ``kind``, its parameters, and its price where it is not forbidden."""


class Instance(Noun):
    """What an instance file of the literature asks for; the objective is the sum of what the priced rules cost.

    ``rules`` are sheets, not rules: a reader of files need not know what a rule is. ``before`` holds shifts of the days before the
    horizon, as far as the file tells of them.
    """

    name: Name
    grid: TimeGrid
    workforce: Workforce
    templates: Annotated[tuple[ShiftTemplate, ...], Field(min_length=1)]
    rules: tuple[RuleSheet, ...]
    before: tuple[Assignment, ...] = ()

    def __hash__(self) -> int:
        """By the digest: sheets of rules are dictionaries."""
        return hash(self.digest())
