"""Means of recent days, slot by slot."""

import numpy as np

from wfm.forecast.recent import recent_mean

COUNTS = np.array([[1.0], [100.0], [2.0], [np.nan], [4.0]])
TYPES = ("a", "b", "a", "a", "a")


def test_the_newest_values_of_the_type_count_and_gaps_take_no_part() -> None:
    newest_two = recent_mean(COUNTS, TYPES, ("a", "b"), lambda rank: (rank < 2).astype(float))
    assert newest_two.tolist() == [[3.0], [100.0]]


def test_weights_are_by_rank_among_recorded_values() -> None:
    halved = recent_mean(COUNTS, TYPES, ("a",), lambda rank: 0.5**rank)
    assert halved[0, 0] == (4 + 2 / 2 + 1 / 4) / 1.75


def test_a_count_not_believed_gives_its_place_to_the_one_before() -> None:
    weights = np.array([[1.0], [1.0], [1.0], [1.0], [0.0]])
    newest = recent_mean(COUNTS, TYPES, ("a",), lambda rank: (rank < 1).astype(float), weights)
    assert newest[0, 0] == 2.0


def test_a_type_never_seen_tells_nothing() -> None:
    assert np.isnan(recent_mean(COUNTS, TYPES, ("c",), np.ones_like)).all()
