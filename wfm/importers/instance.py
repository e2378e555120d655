"""What every format of roster instances promises: a whole problem in nouns, or everything that is wrong with its files."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from wfm.domain import Instance, Roster


class InstanceFormat(Protocol):
    """One format in which the literature publishes roster problems."""

    @property
    def kind(self) -> str:
        """The word for this format in a command."""
        ...

    def read(self, path: Path) -> Instance:
        """The instance that a path names; raises InputError with every fault found, and then nothing is imported."""
        ...


@runtime_checkable
class SolutionFormat(Protocol):
    """A format in which solutions are published too."""

    def solution(self, instance: Instance, folder: Path) -> Roster:
        """The roster in the files of a folder, which may break rules; raises InputError with every fault found."""
        ...
