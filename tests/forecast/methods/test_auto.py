"""The automatic choice explains itself and is not misled by chance."""

import numpy as np

from wfm.forecast.methods.auto import Auto
from wfm.forecast.rehearsal import Rehearsal

ACTUAL = np.full((56, 4), 100.0)


def rehearsed(*misses: float, count: int = 4) -> list[Rehearsal]:
    return [Rehearsal(0, np.stack([ACTUAL + miss for miss in misses]), ACTUAL)] * count


def test_a_single_method_that_is_clearly_better_is_taken_and_said() -> None:
    chosen = Auto().shares(rehearsed(10, 11, 12, 5))
    assert min(chosen.near[3], chosen.far[3]) > 0.99
    assert "mean_of_four 100% in the first week" in chosen.notes[0]
    assert "error in 4 rehearsals: poisson_glm 10.0%, svd_scores 11.0%" in chosen.notes[0]


def test_the_planners_mean_has_a_small_share_until_it_earns_more() -> None:
    none, alike, better = (Auto().shares(said).near[3] for said in ((), rehearsed(9, 9, 9, 9), rehearsed(9, 9, 9, 8.5)))
    assert none == 1 / 13
    assert abs(alike - none) < 1e-9
    assert 0.1 < better < 0.3


def test_few_rehearsals_choose_less() -> None:
    one, many = (Auto().shares(rehearsed(10, 11, 12, 9, count=n)).near[3] for n in (1, 7))
    assert 1 / 13 < one < many
