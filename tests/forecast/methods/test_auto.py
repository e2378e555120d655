"""The automatic choice explains itself and is not misled by chance."""

import numpy as np

from wfm.forecast.methods.auto import Auto
from wfm.forecast.rehearsal import Rehearsal

ACTUAL = np.full((56, 4), 100.0)


def rehearsed(*misses: float, count: int = 4) -> list[Rehearsal]:
    return [Rehearsal(0, np.stack([ACTUAL + miss for miss in misses]), ACTUAL)] * count


def test_a_single_method_that_is_clearly_better_is_taken() -> None:
    chosen = Auto().shares(rehearsed(10, 11, 12, 5))
    assert chosen.near.tolist() == chosen.far.tolist() == [0, 0, 0, 1]
    assert chosen.notes[0].startswith("Chosen for this queue: mean_of_four (error in 4 rehearsals: ensemble ")
    assert "svd_scores 11.0%" in chosen.notes[0]


def test_a_slightly_better_one_is_not() -> None:
    chosen = Auto().shares(rehearsed(10, 11, 12, 9.9))
    assert chosen.near[3] == 0
    assert "the ensemble" in chosen.notes[0]


def test_few_rehearsals_choose_nothing() -> None:
    chosen = Auto().shares(rehearsed(10, 11, 12, 1, count=2))
    assert chosen.near[3] == 0
    assert "too few" in chosen.notes[0]
