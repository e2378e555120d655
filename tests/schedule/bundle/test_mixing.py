"""A mix is one of each block; its prices follow from what the rows miss, and what it promises is what known answers tell."""

import numpy as np
import pytest
from scipy.sparse import csr_array, eye_array

from wfm.schedule.bundle.mixing import ROOM, Mixing
from wfm.schedule.columns.relaxation import Relaxation

BLOCKS, ROWS = 4, 6


def relaxation(random: np.random.Generator) -> Relaxation:
    """Rows that ask for some, each of which may be amended at a cost."""
    low, cost, amends = random.uniform(1.0, 8.0, ROWS), random.uniform(1.0, 3.0, ROWS), csr_array(eye_array(ROWS))
    amends.indices, amends.indptr = (
        amends.indices.astype(np.int64),
        amends.indptr.astype(np.int64),
    )  # compiled once for all
    return Relaxation(low, np.full(ROWS, np.inf), amends, low.copy(), cost, {})


def mixed(seed: int, answers: int = 5) -> tuple[Mixing, list[tuple[int, float, np.ndarray]]]:
    random = np.random.default_rng(seed)
    mixing = Mixing(relaxation(random), BLOCKS, ROWS)
    known = [
        (block, float(random.uniform(0.0, 2.0)), random.integers(0, 4, ROWS).astype(np.float64))
        for block in range(BLOCKS)
        for _ in range(answers)
    ]
    for block, cost, adds in known:
        mixing.take(block, cost, adds)
    return mixing, known


@pytest.mark.parametrize("seed", range(8))
def test_prices_follow_what_the_rows_miss_and_are_paid_for_short_rows_only(seed: int) -> None:
    mixing, _ = mixed(seed)
    near, stride = np.random.default_rng(seed).uniform(0.0, 2.0, ROWS), 0.1
    mixing.settle(near, stride)
    assert mixing.share.sum(axis=1) == pytest.approx(np.ones(BLOCKS))
    assert (mixing.share >= 0).all()
    served = mixing.amended.copy()
    for block, place in np.argwhere(mixing.share > 0).tolist():
        width = mixing.number[block, place]
        rows, sizes = mixing.row[block, place, :width], mixing.size[block, place, :width]
        served[rows] += mixing.share[block, place] * sizes
    asked = near + stride * (mixing.relaxation.low - served)
    assert mixing.prices == pytest.approx(np.maximum(0.0, asked), abs=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_promised_is_the_bound_if_no_answer_were_better_than_the_known_ones(seed: int) -> None:
    mixing, known = mixed(seed)
    most, unsettled = mixing.settle(np.ones(ROWS), 0.1)
    best = [max(adds @ mixing.prices - cost for at, cost, adds in known if at == block) for block in range(BLOCKS)]
    assert most == pytest.approx(mixing.relaxation.rest(mixing.prices) - sum(best), rel=1e-5, abs=1e-4)
    assert unsettled >= -1e-6


def test_the_answer_that_is_used_least_makes_room_for_a_new_one() -> None:
    mixing, _ = mixed(0, ROOM)
    mixing.settle(np.ones(ROWS), 0.1)
    least = int(mixing.share[2].argmin())
    assert mixing.take(2, 0.5, np.ones(ROWS)) == least
    assert mixing.share[2].sum() == pytest.approx(1.0)


def test_a_forgotten_answer_leaves_its_share_to_the_others() -> None:
    mixing, _ = mixed(0)
    mixing.settle(np.ones(ROWS), 0.1)
    used = int(mixing.share[1].argmax())
    mixing.forget(1, used)
    assert mixing.share[1, used] == 0
    assert mixing.share[1].sum() == pytest.approx(1.0)
    mixing.settle(np.ones(ROWS), 0.1)
    assert mixing.share[1, used] == 0
