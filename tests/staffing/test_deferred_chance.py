"""Chance costs service: what is known for certain is served best (the comparison with a simulation is in test_deferred)."""

from dataclasses import replace

import numpy as np

from tests.staffing.test_deferred import flow, office
from wfm.staffing import Chance, expect_deferred


def test_more_variable_contacts_are_served_worse() -> None:
    work, chance, is_open = office(20, 600, 2, 0.0)
    calm, lively = (expect_deferred(work, 8 * is_open, replace(chance, handle_cv=cv)) for cv in (0.3, 2.0))
    assert lively.share_in_time < calm.share_in_time
    busy_days = expect_deferred(work, 8 * is_open, replace(chance, dispersion=np.full(is_open.size, 0.1)))
    assert busy_days.share_in_time < expect_deferred(work, 8 * is_open, chance).share_in_time


def test_no_work_is_in_time_and_nobody_serves_none() -> None:
    work, none = flow(np.zeros(6), np.ones(6), 1.0), Chance(1.2, np.zeros(6), np.zeros(6, dtype=np.int64))
    assert expect_deferred(work, np.ones(6), none).share_in_time == 1
    some = flow(np.full(6, 2.0), np.ones(6), 1.0)
    alone = expect_deferred(some, np.zeros(6), none)
    assert alone.share_in_time == 0
    np.testing.assert_allclose(
        alone.waiting_seconds, some.come, rtol=5e-3
    )  # what lies beyond the lattice counts as its end
