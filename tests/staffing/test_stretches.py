"""Stretches of contacts: whole runs with patience, never beyond midnight without."""

from __future__ import annotations

import numpy as np

from tests.staffing.cases import grid
from wfm.domain import Channel
from wfm.staffing.stretches import stretches

PATIENT = Channel(name="phone", patience_seconds=180)
HOTLINE = Channel(name="phone")


def test_stretches_are_the_runs_of_intervals_with_contacts() -> None:
    volume = np.zeros(96)
    volume[[0, 1, 20, 21, 22, 95]] = 5
    assert list(stretches(grid(2), volume, PATIENT)) == [slice(0, 2), slice(20, 23), slice(95, 96)]
    assert list(stretches(grid(2), 0 * volume, PATIENT)) == []


def test_a_queue_that_nobody_leaves_ends_at_midnight() -> None:
    volume = np.ones(96)
    assert list(stretches(grid(2), volume, PATIENT)) == [slice(0, 96)]
    assert list(stretches(grid(2), volume, HOTLINE)) == [slice(0, 48), slice(48, 96)]
