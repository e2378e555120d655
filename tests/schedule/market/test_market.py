"""The market of heads: its greedy is exact, and more heads never lower the worth."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wfm.schedule.market import Margins, Market, tight_sets
from wfm.schedule.rules.coverage import _best_shares, _Step

STEP = 30
Interval = tuple[Market, list[frozenset[int]], list[NDArray[np.int64]], NDArray[np.int64]]
GROUPS = st.lists(st.frozensets(st.integers(0, 3), min_size=1), min_size=1, max_size=5, unique=True)
SLOPES = st.lists(st.integers(1, 50), max_size=4).map(lambda row: np.array(sorted(row, reverse=True), dtype=np.int64))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    groups = draw(GROUPS)
    slopes = [draw(SLOPES) for _ in range(4)]
    minutes = np.array([[draw(st.integers(0, 70))] for _ in groups], dtype=np.int64)
    return Market.of([[row] for row in slopes], groups, STEP), groups, slopes, minutes


@given(intervals())
@settings(max_examples=150, deadline=None)
def test_the_greedy_is_as_good_as_a_linear_programme(case: Interval) -> None:
    market, groups, slopes, minutes = case
    lots = tuple((c, STEP, slope) for c, row in enumerate(slopes) for slope in row.tolist())
    step = _Step(tuple(minutes[:, 0].tolist()), lots)
    best = _best_shares([step], groups, 4)[step]
    assert market.full[0] - market.worth(minutes)[0] == step.lost(best)
    assert step.lost(market.shares(minutes)[:, 0].tolist()) == step.lost(best)


@given(intervals())
@settings(max_examples=50, deadline=None)
def test_one_more_head_is_never_worth_less_than_nothing_nor_more_the_more_there_are(case: Interval) -> None:
    market, groups, _, minutes = case
    for group in range(len(groups)):
        first, before = market.head(minutes, group), market.worth(minutes)
        minutes[group] += STEP
        assert market.worth(minutes) - before == first
        assert 0 <= market.head(minutes, group) <= first


@given(intervals())
@settings(max_examples=100, deadline=None)
def test_what_a_head_adds_is_remembered_as_it_is(case: Interval) -> None:
    market, groups, _, minutes = case
    margins, heads = Margins(market), STEP * (minutes // STEP)
    for group in [*range(len(groups))] * 2:
        for known in (minutes, heads):
            assert margins.of(known, group) == market.head(known, group)
        heads[group] += STEP


def test_channels_that_share_no_group_need_no_common_limit() -> None:
    sets = tight_sets(3, [frozenset({0}), frozenset({0, 1}), frozenset({2})])
    assert {frozenset(channels) for channels, _ in sets} == {frozenset({1}), frozenset({2}), frozenset({0, 1})}


def test_nobody_serves_nothing() -> None:
    market = Market.of([[np.array([5, 3], dtype=np.int64)]], [], STEP)
    assert market.worth(np.zeros((0, 1), dtype=np.int64)).tolist() == [0]
    assert market.full.tolist() == [8 * STEP]


def test_without_channels_nothing_is_sold() -> None:
    market = Market.of([], [], STEP, 3)
    assert market.full.tolist() == market.worth(np.zeros((0, 3), dtype=np.int64)).tolist() == [0, 0, 0]
    assert market.shares(np.zeros((0, 3), dtype=np.int64)).shape == (0, 3)
