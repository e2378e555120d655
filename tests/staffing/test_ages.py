"""Age profiles: what waits, and how old it is, on the clock of business hours."""

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Backlog, Channel, Turnaround
from wfm.staffing import AgeProfile

MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround(share=0.9, within_seconds=4 * 3600),))


def test_a_backlog_ages_until_somebody_works_on_it() -> None:
    waiting = Backlog(contacts=(6.0, 6.0), age_seconds=(5400.0, 0.0), aht_seconds=600.0)
    nothing_comes = forecast(MAIL, np.zeros(48)).varied(backlog=waiting)
    heads = np.where(np.arange(48) < 4, 0.0, 1.0)
    profile = AgeProfile.of(nothing_comes, MAIL, heads)
    assert profile.waiting_hours[[0, 4, 6, 8]].tolist() == pytest.approx([2.0, 2.0, 1.0, 0.0])
    assert profile.words(0) == "2.0 hours of work wait, 1.0 of them older than 1h, none older than 2h"
    assert (
        profile.words(4)
        == "2.0 hours of work wait, 2.0 of them older than 1h, 1.0 older than 2h, 1.0 older than 3h, none older than 4h"
    )
    assert profile.words(8) == "no work waits"
