"""A staffing curve for deferred work keeps its deadlines, knows its backlog, and is no larger than its promise asks."""

import numpy as np
import pytest

from tests.staffing.test_deferred import flow, office
from wfm.domain import Backlog, InputError
from wfm.staffing import expect_deferred, serve_deferred, smallest_heads, smoothest_heads


@pytest.mark.parametrize("seed", range(20))
def test_the_smoothest_curve_finishes_all_in_time_with_the_work_there_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    is_open = np.tile([0, 1, 1, 1, 1, 1, 1, 0], 3).astype(float)
    backlog = Backlog(contacts=(4.0, 6.0), age_seconds=(3000.0, 600.0), aht_seconds=500.0)
    work = flow(is_open * rng.gamma(0.8, 8.0, 24), is_open, float(rng.choice([1.5, 2.0, 3.0])), backlog)
    heads = smoothest_heads(work, is_open > 0)
    assert heads[is_open == 0].sum() == 0
    assert heads.sum() * 1800 == pytest.approx(work.come[-1])
    service = serve_deferred(work, heads)
    late_by_rounding = 1e-6 * work.contacts.sum()
    assert service.in_time.sum() >= work.contacts.sum() - work.contacts[is_open > 0][-1] - late_by_rounding
    assert service.backlog_in_time.sum() == pytest.approx(10.0)
    assert service.waiting_seconds[-1] == pytest.approx(0, abs=1e-5)


def test_a_backlog_asks_for_more_at_the_start() -> None:
    is_open, contacts = np.ones(12), np.full(12, 6.0)
    without = smoothest_heads(flow(contacts, is_open, 2.0), is_open > 0)
    behind = smoothest_heads(
        flow(contacts, is_open, 2.0, Backlog(contacts=(12.0,), age_seconds=(5400.0,), aht_seconds=600.0)), is_open > 0
    )
    np.testing.assert_allclose(without, 2.0)
    assert behind[0] == pytest.approx(4.0)  # half an hour is left for two hours of work
    assert behind[1:].max() < 2.5


def test_the_smallest_curve_keeps_its_promise_and_hardly_more() -> None:
    work, chance, opening = office(20, 420, 2, 0.0)
    heads = smallest_heads(work, opening > 0, 0.9, chance)
    smooth = smoothest_heads(work, opening > 0)
    assert 0.9 <= expect_deferred(work, heads.astype(float), chance).share_in_time < 0.95
    assert heads.sum() < np.ceil(smooth).sum()
    assert np.abs(heads - heads.sum() / smooth.sum() * smooth).max() < 1


def test_no_work_needs_nobody_and_what_cannot_be_is_refused() -> None:
    is_open = np.array([1.0, 1.0, 0.0])
    assert smoothest_heads(flow(np.zeros(3), is_open, 1.0), is_open > 0).tolist() == [0, 0, 0]
    with pytest.raises(InputError, match="after the last open step"):
        smoothest_heads(flow(np.array([0, 0, 3.0]), is_open, 1.0), is_open > 0)
    work, chance, opening = office(1, 60, 2, 0.0)
    late = flow(work.contacts * 0, opening, 2.0, Backlog(contacts=(5.0,), age_seconds=(9000.0,), aht_seconds=300.0))
    with pytest.raises(InputError, match="late already"):
        smallest_heads(late, opening > 0, 0.9, chance)
