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


def test_an_easy_place_is_followed_by_a_larger_one_of_its_kind_and_a_vain_one_by_a_smaller() -> None:
    for easy in (True, False):
        some = places()
        before = [(kind.agents, kind.days) for kind in some.kinds]
        for _ in range(12):
            some.draw(QUIET)
            some.learn(10, easy=easy)
        after = [(kind.agents, kind.days) for kind in some.kinds]
        assert all((new > old) is easy for old, new in zip(before, after, strict=True))


def test_kinds_of_places_share_rounds_evenly_until_one_of_them_finds_more() -> None:
    some = places()
    for _ in range(60):
        some.draw(QUIET)
        some.learn(10, easy=True)
    assert [kind.rounds for kind in some.kinds] == [200, 200, 200]
    for _ in range(60):
        some.draw(QUIET)
        some.learn(10, easy=True, better=some.kind is some.kinds[0])
    assert some.kinds[0].rounds > 600


def test_one_agent_has_places_too() -> None:
    some = Places(1, 2, np.random.default_rng(1))
    for _ in range(9):
        assert some.draw(np.zeros(2)).any()
        some.learn(1, easy=False)
