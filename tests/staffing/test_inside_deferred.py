"""Deferred contacts inside their turnaround, told where the requirement has them done: from nobody to more than enough."""

import numpy as np
import pytest

from tests.staffing.cases import forecast
from wfm.domain import Channel, Turnaround
from wfm.staffing import inside_deferred, require

MAIL = Channel(name="mail", kind="deferred", targets=(Turnaround.from_text("90% in 4h"),))
COMING = np.where((np.arange(48) >= 16) & (np.arange(48) < 32), 12.0, 0.0)


def test_nobody_finishes_nothing_and_plenty_finish_all() -> None:
    expected = forecast(MAIL, COMING)
    needed = require(expected, MAIL)
    assert inside_deferred(expected, MAIL, needed, np.zeros(48)).sum() == pytest.approx(0, abs=1e-6)
    done = inside_deferred(expected, MAIL, needed, np.full(48, 40.0))
    np.testing.assert_allclose(done, needed.volume, atol=0.02 * COMING.max())
    assert done.sum() == pytest.approx(COMING.sum(), rel=0.01)


def test_more_heads_never_finish_less_and_never_more_than_there_is() -> None:
    expected = forecast(MAIL, COMING)
    needed = require(expected, MAIL)
    totals = [
        inside_deferred(expected, MAIL, needed, scale * needed.nets().astype(np.float64))
        for scale in (0.5, 0.8, 1.0, 1.5)
    ]
    sums = [row.sum() for row in totals]
    assert sums == sorted(sums)
    assert sums[0] < 0.8 * COMING.sum() < sums[-1]
    for row in totals:
        assert (row >= 0).all()
        assert (row <= np.array(needed.volume) + 1e-6).all()


def test_a_day_without_contacts_has_none_inside() -> None:
    expected = forecast(MAIL, np.zeros(48))
    assert not inside_deferred(expected, MAIL, require(expected, MAIL), np.ones(48)).any()
