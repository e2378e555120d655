"""Voice without abandonment: Erlang's own recursion agrees."""

import numpy as np
import pytest

from wfm.domain import Channel
from wfm.domain.target import LIVE_DEFAULT
from wfm.staffing import Demand
from wfm.staffing.models import ErlangC


def least_by_recursion(load: float) -> int:
    """Return the least number for 80 % in 20 s and a handle time of 300 s, by Erlang's recursion."""
    blocked, lines = 1.0, 0
    while True:
        lines += 1
        blocked = load * blocked / (lines + load * blocked)
        wait = blocked / (1 - load / lines * (1 - blocked)) if lines > load else 1.0
        if lines > load and 1 - wait * np.exp(-(lines - load) * 20 / 300) >= 0.8:
            return lines


@pytest.mark.parametrize("load", [0.05, 0.5, 1.0, 5.0, 17.3, 50.0, 100.0, 500.0, 1000.0])
def test_the_least_number_is_that_of_erlangs_recursion(load: float) -> None:
    work = Demand(np.array([load * 6.0]), np.array([300.0]), 1800.0)
    assert ErlangC(Channel(name="hotline")).smallest(work, (LIVE_DEFAULT,)) == least_by_recursion(load)


def test_up_to_the_load_nobody_counts_as_inside_target() -> None:
    work = Demand(np.full(3, 60.0), np.full(3, 300.0), 1800.0)
    share = ErlangC(Channel(name="hotline")).share_in_target(work, np.array([9.0, 10.0, 11.0]))
    assert share.tolist()[:2] == [0, 0]
    assert share[2] > 0
