"""Places near a roster lie around days that cost something, and grow where looking was easy."""

from __future__ import annotations

import numpy as np

from wfm.schedule.columns import Places

DAYS = 28
QUIET = np.zeros(DAYS)


def places() -> Places:
    """Places of ten agents."""
    return Places(10, DAYS, np.random.default_rng(1))


def test_a_dear_day_is_open_more_often_than_any_other() -> None:
    some, dear = places(), np.where(np.arange(DAYS) == 20, 300.0, 0.0)
    opened = np.sum([some.draw(dear).any(axis=0) for _ in range(200)], axis=0)
    assert opened.argmax() == 20


def test_every_day_is_open_now_and_then_where_none_or_another_is_dear() -> None:
    for dear in (QUIET, np.where(np.arange(DAYS) == 3, 1.0, 0.0)):
        some = places()
        opened = np.sum([some.draw(dear).any(axis=0) for _ in range(200)], axis=0)
        assert opened.min() > 0


def test_an_easy_place_is_followed_by_a_larger_one_of_its_kind_and_a_hard_one_by_a_smaller() -> None:
    easy, hard = places(), places()
    for some, was_easy in ((easy, True), (hard, False)):
        for _ in range(12):
            some.draw(QUIET)
            some.learn(easy=was_easy)
    assert easy.stretch > 7.0 > hard.stretch
    assert easy.people > 5.0 > hard.people
