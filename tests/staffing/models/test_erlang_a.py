"""Voice with abandonment: patience matters as it should."""

import numpy as np

from wfm.domain import Channel
from wfm.domain.target import LIVE_DEFAULT
from wfm.staffing import Demand
from wfm.staffing.models import ErlangA, ErlangC

WORK = Demand(np.linspace(1, 900, 60), np.full(60, 300.0), 1800.0)


def test_callers_without_end_of_patience_are_those_of_erlang_c() -> None:
    patient = ErlangA(Channel(name="phone", patience_seconds=1e11)).smallest(WORK, (LIVE_DEFAULT,))
    np.testing.assert_array_equal(patient, ErlangC(Channel(name="phone")).smallest(WORK, (LIVE_DEFAULT,)))


def test_impatient_callers_never_need_more_agents() -> None:
    need = [
        ErlangA(Channel(name="phone", patience_seconds=seconds)).smallest(WORK, (LIVE_DEFAULT,))
        for seconds in (30, 120, 600)
    ]
    assert (need[0] <= need[1]).all()
    assert (need[1] <= need[2]).all()
