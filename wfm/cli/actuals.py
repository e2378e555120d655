"""Reads what came from a file of counts: the day so far, or the days that a frozen forecast was about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wfm.domain import ContactHistory, TimeGrid
from wfm.importers import read_history


def read_counts(file: Path, grid: TimeGrid, channels: Sequence[str]) -> tuple[ContactHistory, ...]:
    """The histories in a file, on a grid's zone and step; a file of one channel, whatever its name, is that of the only one asked for."""
    found = read_history(file, zone=grid.zone, step_minutes=grid.step_minutes).histories
    if len(found) == len(channels) == 1:
        return (found[0].model_copy(update={"channel": channels[0]}),)
    return found
