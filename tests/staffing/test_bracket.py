"""The search ends at the least number, wherever it begins and however its gaps run."""

import numpy as np
import pytest

from wfm.staffing.arrays import Floats, Integers
from wfm.staffing.bracket import least_from


@pytest.mark.parametrize("rows", [1, 5, 24, 500])
@pytest.mark.parametrize("power", [0.1, 1.0, 9.0])
def test_straight_and_bent_gaps_lead_to_the_least_number(rows: int, power: float) -> None:
    load = np.geomspace(1, 1e5, rows)
    wanted = np.ceil(load + np.sqrt(load))

    def gap(places: Integers, agents: Floats) -> Floats:
        away = wanted[places] - agents
        return np.sign(away) * np.abs(away) ** power

    for near in (load * 0.5, load, load * 3):
        assert least_from(gap, load, np.floor(load / 4), near).tolist() == wanted.tolist()


def test_no_load_needs_nobody() -> None:
    def never(places: Integers, agents: Floats) -> Floats:
        raise AssertionError(places, agents)

    assert least_from(never, np.zeros(3), np.zeros(3), np.ones(3)).tolist() == [0, 0, 0]
