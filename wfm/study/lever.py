"""What a lever is: one thing a manager can move in a scenario; the scenario itself stays as it was."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from wfm.domain import Noun
from wfm.study.scenario import Scenario

_CHANGE = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*%\s*")


def _change(text: object) -> object:
    """A relative change written ``+20%`` or ``-10%`` as 0.2 or -0.1; numbers pass through as shares."""
    if not isinstance(text, str):
        return text
    match = _CHANGE.fullmatch(text)
    if not match:
        raise ValueError(f"expected a change such as +20% or -10%, came {text!r}")
    return float(match[1]) / 100


Change = Annotated[float, Field(ge=-1), BeforeValidator(_change, json_schema_input_type=float | str)]
"""A change as a share, written ``+20%``; 0 changes nothing, nothing falls by more than all of it."""


class Lever(Noun):
    """One thing that a what-if moves. ``apply`` is pure; the neutral lever gives an equal scenario."""

    kind: str

    @abstractmethod
    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the lever moved; raises NotFound where it names a channel that the scenario has not."""

    @classmethod
    @abstractmethod
    def neutral(cls, scenario: Scenario) -> Self:
        """The lever's setting that changes nothing in a scenario."""

    @property
    @abstractmethod
    def words(self) -> str:
        """The lever as a table shows it, such as ``phone volume +20%``."""
