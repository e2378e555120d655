"""Better rosters of a long horizon: in each window of days the best mix of tours there, all else as it stands, windows after windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from threading import Lock

import numpy as np

from wfm.schedule.columns import Stretch, Stretches
from wfm.schedule.draft import Draft
from wfm.schedule.search.search import Heat, Search
from wfm.schedule.tours import Choices

FIRST, LONGER, APART = 14, 7, 7
"""Days of the first windows, by how many those of the next pass are longer, and how many lie between two that are open at once. On 50
agents of a year two weeks take 2 CPU s, four 12 and seven 80."""
LEAST = 5
"""Days of the shortest window at either end of the horizon."""
LONG = 0.02
"""Windows become no longer where one takes more than such a share of the time."""


class Windows:
    """Windows of all agents in passes over the horizon, each pass from another day on and with longer windows.

    Several threads may open windows at once: the days of two meet only where no others are left, what is then no better is taken back,
    and only one thread at a time may change how much of their sums agents use.
    """

    def __init__(self, search: Search, seed: int) -> None:
        self.search = search
        self.stretches = Stretches(search.problem, search.rules, search.choices, search.scale)
        self.random = np.random.default_rng(seed)
        self.length = FIRST
        self._slowest: float | None = None
        self._ahead: list[range] = []
        self._open: list[range] = []
        self._lock, self._purse = Lock(), Lock()

    def run(self, heat: Heat, on_better: Callable[[float, Draft], None]) -> None:
        """Windows until the heat is over."""
        while (before := heat()) is not None:
            days = self.next_window()
            thrifty = not self._purse.acquire(blocking=False)
            with self._lock:
                stretch = Stretch(self.search.draft, days, thrifty)
            try:
                found = self.stretches.better(stretch, lambda: heat() is not None)
                if found is not None:
                    self._take(days, found, on_better)
            finally:
                self.close(days, before - (heat() or 0.0))
                if not thrifty:
                    self._purse.release()

    def _take(self, days: range, found: Mapping[str, Choices], on_better: Callable[[float, Draft], None]) -> None:
        """Let agents do on some days what was found, where the roster is better for it."""
        with self._lock:
            before, kept = self.search.standing(), self.search.draft
            for agent, choices in found.items():
                now = kept.tours[agent].choices
                whole = (*now[: days.start], *choices, *now[days.stop :])
                self.search.put(agent, self.search.worth.plain(whole))
            if (standing := self.search.standing()) < before:
                on_better(standing[1], self.search.draft)
                return
            for agent, tour in kept.tours.items():
                self.search.put(agent, tour)

    def next_window(self) -> range:
        """The next window that meets no open one; of another pass where there is none."""
        with self._lock:
            free = [days for days in self._ahead if not any(_near(days, other) for other in self._open)]
            if not free:
                self._ahead = self._pass()
                free = [days for days in self._ahead if not any(_near(days, other) for other in self._open)]
            days = (free or self._ahead)[0]
            self._ahead.remove(days)
            self._open.append(days)
            return days

    def _pass(self) -> list[range]:
        """Windows from a random day on that are the whole horizon together, in random order; longer ones if the last were quick."""
        days = len(self.search.problem.days)
        if self._slowest is not None:
            self.length = min(days, self.length + LONGER * (self._slowest <= LONG))
        self._slowest = 0.0
        edges = [0, *range(int(self.random.integers(LEAST, 1 + self.length)), days - LEAST, self.length), days]
        windows = [range(first, last) for first, last in pairwise(edges)]
        return [windows[place] for place in self.random.permutation(len(windows)).tolist()]

    def close(self, days: range, took: float) -> None:
        """Close a window that took such a share of the time."""
        with self._lock:
            self._open.remove(days)
            self._slowest = max(self._slowest or 0.0, took)


def _near(one: range, other: range) -> bool:
    return one.start < other.stop + APART and other.start < one.stop + APART
