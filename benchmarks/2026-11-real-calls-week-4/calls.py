"""Every call of four weeks as arrays: when it was offered, how long it waited, how it ended, who served it and for how long."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DAY = 86_400
FIRST = date(1999, 2, 1)
TURN_OF_DAY = 4 * 3600
"""A day ends at four in the morning, so that calls and services after midnight stay with the evening's agents."""
LONGEST_MENU = 120
"""Menu times beyond it, and below zero, are slips of the recording."""


@dataclass(frozen=True)
class Calls:
    """Calls that were offered to agents, in the order in which they were; times in seconds since four o'clock of the first day."""

    offered: Floats
    kind: NDArray[np.str_]
    wait: Floats
    abandoned: NDArray[np.bool_]
    service: Floats
    agent: NDArray[np.str_]

    @property
    def day(self) -> NDArray[np.int64]:
        return (self.offered // DAY).astype(np.int64)

    @property
    def begun(self) -> Floats:
        """When it was answered or given up."""
        return self.offered + self.wait

    def take(self, which: NDArray[np.bool_]) -> Calls:
        return Calls(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def read_calls(path: Path) -> Calls:
    """All calls but phantoms and those that hung up in the menu, which no agent could have answered."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if _was_offered(row)]
    came = [
        (datetime.fromisoformat(row["start_local"]) - datetime.combine(FIRST, time.min)) / timedelta(seconds=1)
        + min(max(float(row["vru_s"]), 0), LONGEST_MENU)
        for row in rows
    ]
    order = np.argsort(came, kind="stable")
    return Calls(
        offered=np.array(came)[order] - TURN_OF_DAY,
        kind=np.array([row["type"] for row in rows])[order],
        wait=np.array([float(row["queue_s"]) for row in rows])[order],
        abandoned=np.array([row["outcome"] == "HANG" for row in rows])[order],
        service=np.array([float(row["service_s"]) for row in rows])[order],
        agent=np.array([row["agent"] for row in rows])[order],
    )


def _was_offered(row: dict[str, str]) -> bool:
    return row["outcome"] == "AGENT" or (row["outcome"] == "HANG" and float(row["queue_s"]) > 0)
