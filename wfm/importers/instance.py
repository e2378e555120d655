"""What every format of roster instances promises: a whole problem in nouns, or everything that is wrong with its files."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from wfm.domain import Instance


class InstanceFormat(Protocol):
    """One format in which the literature publishes roster problems."""

    @property
    def kind(self) -> str:
        """The word for this format in a command."""
        ...

    def read(self, path: Path) -> Instance:
        """The instance that a path names; raises InputError with every fault found, and then nothing is imported."""
        ...
