"""What every import format promises: to know its files, and to turn one into nouns or say everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from wfm.domain import Channel, ContactHistory, Name, Noun
from wfm.domain.time import StepMinutes, Zone
from wfm.importers.backlog import Waiting
from wfm.importers.layout import Layout


class Imported(Noun):
    """What one history file became.

    ``inferred`` tells in the planner's words what was learned from the data, ``assumed`` what the file does not tell and was
    supposed, ``findings`` what looks odd. ``channels`` and ``histories`` belong together, in the same order, and so do ``waiting``: the
    contacts of each channel that were not done when the file ended, from a file that tells when each was; empty where none does.
    """

    format: Name
    zone: Zone
    channels: tuple[Channel, ...]
    histories: tuple[ContactHistory, ...]
    waiting: tuple[tuple[Waiting, ...], ...] = ()
    inferred: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """How a planner wants a history read: the centre's zone, the zone of times without offset, the grid's step; None where open."""

    zone: Zone | None = None
    file_zone: Zone | None = None
    step_minutes: StepMinutes | None = None


class Importer(Protocol):
    """One format of history files."""

    @property
    def kind(self) -> str:
        """The word for this format in a command or scenario."""
        ...

    def recognises(self, layout: Layout) -> bool:
        """Whether a file with these columns has this format; at most one format recognises a file."""
        ...

    def read(self, layout: Layout, wanted: Wanted) -> Imported:
        """The nouns of a whole file; raises InputError with every fault found, and then nothing is imported."""
        ...
